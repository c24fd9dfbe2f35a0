"""Temperatures in the names of files."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.common.temperature_series import temperature_of_name


@pytest.mark.parametrize(
    ("tag", "degc"),
    [
        ("25C", 25.0),
        ("-20 degC", -20.0),
        ("−20°C", -20.0),
        ("298.15K", 25.0),
        ("60,5C", 60.5),
        ("40", 40.0),
        ("cold", None),
    ],
)
def test_a_temperature_is_read_in_either_scale(tag: str, degc: float | None) -> None:
    measurement = Measurement(technique="impedance", columns={"x": np.zeros(1)}, meta={"tags": {"temperature": tag}})
    assert temperature_of_name(measurement) == (None if degc is None else pytest.approx(degc))

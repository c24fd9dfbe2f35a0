"""Thicknesses in the names of files."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.conductivity.thickness_series import thickness_of_name


@pytest.mark.parametrize(
    ("tag", "um"), [("500um", 500.0), ("0.5 mm", 500.0), ("0,75mm", 750.0), ("480", 480.0), ("thick", None)]
)
def test_a_thickness_is_read_in_either_unit(tag: str, um: float | None) -> None:
    measurement = Measurement(technique="conductivity", columns={"x": np.zeros(1)}, meta={"tags": {"thickness": tag}})
    assert thickness_of_name(measurement) == (None if um is None else pytest.approx(um))

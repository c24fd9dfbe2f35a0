"""The knee of an isotherm: C of BET isotherms from the equation itself."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques import sorption

PRESSURE = np.concatenate([np.geomspace(1e-3, 0.05, 15), np.linspace(0.07, 0.35, 15)])


def _codes(loading: np.ndarray) -> dict[str, str]:
    columns = {"relative_pressure": PRESSURE, "loading_cm3_stp_per_gram": loading}
    measured = Measurement(
        technique="sorption", columns=columns, meta={"adsorptive": "N2", "temperature_kelvin": 77.35}
    )
    result = sorption.TECHNIQUE.analyse(measured, dataclasses.replace(sorption.TECHNIQUE.settings()))
    return {note.code: note.text for note in result.notes if note.level == "doubt"}


def _bet(c: float) -> np.ndarray:
    return np.asarray(10.0 * c * PRESSURE / ((1.0 - PRESSURE) * (1.0 + (c - 1.0) * PRESSURE)))


@pytest.mark.parametrize("c", [60.0, 120.0, 400.0])
def test_a_sharp_knee_is_not_doubted(c: float) -> None:
    assert "no_knee" not in _codes(_bet(c))


def test_a_rounded_knee_is_doubted() -> None:
    assert "overlap" in _codes(_bet(25.0))["no_knee"]


def test_a_straight_line_through_the_origin_has_no_knee() -> None:
    assert "no knee" in _codes(20.0 * PRESSURE)["no_knee"]

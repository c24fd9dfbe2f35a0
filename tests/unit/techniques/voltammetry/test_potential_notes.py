"""Holds at the turns of a voltammogram, and the correction for a series resistance."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.maths.sweeps import find_sweeps
from halfcell.techniques.voltammetry.potential_notes import corrected, holds


def _triangle(hold_s: float) -> tuple[np.ndarray, np.ndarray]:
    """From 3 to 4 V and back at 1 mV/s, with a hold at 4 V; one record per second."""
    knots = np.array([0.0, 1000.0, 1000.0 + hold_s, 2000.0 + hold_s])
    time = np.arange(0.0, knots[-1] + 1.0)
    return time, np.interp(time, knots, [3.0, 4.0, 4.0, 3.0])


@pytest.mark.parametrize(("hold_s", "told"), [(0.0, False), (300.0, True)])
def test_a_hold_at_a_turn_is_told(hold_s: float, told: bool) -> None:
    time, potential = _triangle(hold_s)
    assert bool(holds(time, potential, find_sweeps(potential))) is told


def test_a_correction_is_told_with_its_size() -> None:
    """10 ohm at 2 mA are 20 mV."""
    (note,) = corrected(np.array([1e-3, -2e-3]), 10.0)
    assert "20 mV" in note.text


@pytest.mark.parametrize("ohm", [None, 0.0])
def test_without_a_resistance_nothing_is_said(ohm: float | None) -> None:
    assert corrected(np.ones(2), ohm) == ()


def test_a_negative_resistance_is_an_error() -> None:
    with pytest.raises(InputError, match="series_resistance_ohm"):
        corrected(np.ones(2), -1.0)

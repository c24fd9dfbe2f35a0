"""Forward and backward branches of a sweep that differ, and those that differ by noise alone."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.conductivity import Settings
from halfcell.techniques.conductivity.branch_difference import branch_difference
from halfcell.techniques.conductivity.ohmic_range import ohmic_sweep

UP = np.linspace(-0.1, 0.1, 61)
LOOP = np.concatenate([UP, UP[-2::-1]])
BACK = np.arange(121) >= 61


def _difference(more: float) -> float:
    current = LOOP / 1000.0 * np.where(BACK, 1.0 + more, 1.0)
    current = current + np.random.default_rng(0).normal(0.0, 1e-8, len(LOOP))
    measurement = Measurement(technique="conductivity", columns={"voltage_volt": LOOP, "current_ampere": current})
    return branch_difference(ohmic_sweep(measurement, Settings())).slope


def test_equal_branches_do_not_differ() -> None:
    assert abs(_difference(0.0)) < 1e-3


def test_half_the_difference_of_the_slopes_is_told() -> None:
    assert abs(_difference(0.04)) == pytest.approx(0.02, rel=0.1)

"""A continuum as a detector shows it, and smooth curves over the energy."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.x_ray_continuum import broadened, spline_basis
from halfcell.maths.x_ray_lines import Detector

ENERGY = np.arange(0.3, 10.0, 0.01)  # keV


def test_a_straight_continuum_stays_straight() -> None:
    middle = (ENERGY > 1.0) & (ENERGY < 9.0)
    found = broadened(ENERGY, 500.0 - 20.0 * ENERGY, Detector())
    assert found[middle] == pytest.approx((500.0 - 20.0 * ENERGY)[middle], abs=0.1)


def test_an_absorption_edge_is_as_wide_as_the_detector() -> None:
    """A step becomes an error function: 15.9 % of it is left one standard deviation above the edge."""
    detector = Detector()
    found = broadened(ENERGY, np.where(ENERGY < 5.0, 100.0, 0.0), detector)
    sigma = float(detector.sigma(5.0))
    assert np.interp(5.0 + sigma, ENERGY + 0.005, found) == pytest.approx(15.87, abs=0.7)


def test_splines_sum_to_one_everywhere() -> None:
    basis = spline_basis(ENERGY, (0.5, 1.0, 2.0, 4.0, 8.0))
    assert basis.shape == (len(ENERGY), 7)
    assert basis.sum(axis=1) == pytest.approx(np.ones(len(ENERGY)))


def test_splines_are_constant_beyond_the_knots() -> None:
    basis = spline_basis(ENERGY, (0.5, 1.0, 2.0, 4.0, 8.0))
    assert np.ptp(basis[ENERGY > 8.01], axis=0) == pytest.approx(np.zeros(7))

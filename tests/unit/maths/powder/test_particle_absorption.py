"""Brindley's absorption factors, and shares that they correct."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.particle_absorption import brindley, corrected_volumes


@pytest.mark.parametrize("x", [-0.1, -0.02, 0.02, 0.1])
def test_a_little_contrast_acts_over_one_and_a_half_radii(x: float) -> None:
    """From a point within a sphere the mean way out is 3 R / 4, in and out 3 R / 2: tau = 1 - 1.5 (mu - mean mu) R."""
    assert brindley(x / 10e-4, 20.0) == pytest.approx(1.0 - 1.5 * x, abs=1.5 * x**2)


def test_the_mean_square_of_the_way_bends_the_factor_upwards() -> None:
    assert brindley(-100.0, 20.0) + brindley(100.0, 20.0) > 2.0


def test_grains_that_absorb_like_the_mixture_need_no_correction() -> None:
    assert brindley(0.0, 50.0) == pytest.approx(1.0)


def test_shares_that_were_measured_too_small_come_back() -> None:
    absorption, diameters = np.array([150.0, 900.0]), np.array([5.0, 5.0])
    truth = np.array([0.6, 0.4])
    mean = float(truth @ absorption)
    factors = np.array([brindley(mu - mean, d) for mu, d in zip(absorption, diameters, strict=True)])
    assert corrected_volumes(truth * factors, absorption, diameters) == pytest.approx(truth, abs=1e-4)


def test_fine_grains_are_not_corrected() -> None:
    shares = corrected_volumes(np.array([3.0, 1.0]), np.array([150.0, 900.0]), np.array([1e-3, 1e-3]))
    assert shares == pytest.approx([0.75, 0.25], abs=1e-3)

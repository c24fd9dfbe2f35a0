"""Size models of crystallites: equal mean column lengths, derivatives, and the width of the profiles of spheres."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.powder import size_models

LENGTH = np.linspace(0.0, 400.0, 200001)


def sphere(length: np.ndarray, diameter: float) -> np.ndarray:
    """A(L) = 1 - 3/2 u + 1/2 u^3 of one sphere, u = L/D up to 1 (Stokes and Wilson 1942)."""
    u = np.minimum(length / diameter, 1.0)
    return 1.0 - 1.5 * u + 0.5 * u**3


@pytest.mark.parametrize("sigma", [0.05, 0.3, 0.7])
@pytest.mark.parametrize("mean", [4.0, 12.0])
def test_all_size_models_have_the_same_mean_column_length(mean: float, sigma: float) -> None:
    for value in (
        size_models.lognormal_spheres(LENGTH, mean, sigma)[0],
        size_models.gamma_spheres(LENGTH, mean, sigma)[0],
        size_models.lorentzian(LENGTH, mean)[0],
        sphere(LENGTH, 4 / 3 * mean),
    ):
        assert value[0] == pytest.approx(1.0)
        assert 2 * np.trapezoid(value, LENGTH) == pytest.approx(mean, rel=1e-4)


@given(mean=st.floats(2.0, 60.0), sigma=st.floats(0.05, 0.9))
def test_derivatives_are_those_of_the_column_lengths(mean: float, sigma: float) -> None:
    length, e = np.linspace(0.0, 4 * mean, 200), 1e-5
    value, by_mean, by_sigma = size_models.lognormal_spheres(length, mean, sigma)
    up, down = (size_models.lognormal_spheres(length, mean * np.exp(s * e), sigma)[0] for s in (1, -1))
    assert by_mean == pytest.approx((up - down) / 2 / e, abs=1e-6)
    up, down = (size_models.lognormal_spheres(length, mean, sigma + s * e)[0] for s in (1, -1))
    assert by_sigma == pytest.approx((up - down) / 2 / e, abs=1e-6)
    assert (np.diff(value) <= 1e-9).all()


@pytest.mark.parametrize(("sigma", "factor"), [(0.02, 0.83), (0.2, 0.80), (0.3, 0.78), (0.5, 0.70)])
def test_width_of_sphere_profiles(sigma: float, factor: float) -> None:
    """FWHM over integral breadth of lognormal spheres; Langford and Wilson (1978) have 0.8290 for one sphere."""
    assert size_models.scherrer_factor(12.0, sigma) == pytest.approx(factor, abs=0.005)

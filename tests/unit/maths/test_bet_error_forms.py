"""Errors of a BET line against closed forms: misfits orthogonal to the line, derivatives by finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import bet, bet_errors


def _with_misfit(pattern: list[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pressures, loadings and the misfit of the ordinate p/(n(1-p)): one that a straight line cannot take up."""
    x = 0.05 * np.arange(1.0, len(pattern) + 1)
    line = 0.001 + 0.08 * x
    y = line + 1e-5 * np.array(pattern)
    return x, x / (y * (1 - x)), y - line


@pytest.mark.parametrize("pattern", [[1.0, -2.0, 1.0], [1.0, -1.0, -1.0, 1.0], [2.0, -1.0, -2.0, -1.0, 2.0]])
def test_a_misfit_is_reduced_chi_squared(pattern: list[float]) -> None:
    """sqrt(sum (dy n/(sigma y))^2/(N - 2)): three points have one degree of freedom, four two."""
    x, loading, misfit = _with_misfit(pattern)
    y = x / (loading * (1 - x))
    by_hand = np.sqrt(np.sum((misfit * loading / (0.01 * y)) ** 2) / (len(x) - 2))
    assert bet_errors.misfit_over_noise(x, loading, 0.01) == pytest.approx(by_hand, rel=1e-6)


def test_two_points_have_no_misfit() -> None:
    x, loading, _ = _with_misfit([1.0, -1.0])
    assert bet_errors.misfit_over_noise(x, loading, 0.01) == pytest.approx(0.0, abs=1e-6)


def _c(x: np.ndarray, loading: np.ndarray) -> float:
    slope, intercept = np.polyfit(x, x / (loading * (1 - x)), 1)
    return float(slope / intercept + 1.0)


@pytest.mark.parametrize("noise", [0.5, 1e-6])
def test_the_error_of_c_is_that_of_independent_loadings(noise: float) -> None:
    """From the noise, or from the misfits of the points, N/(N - 2) times their squares: the greater one."""
    x, loading, _ = _with_misfit([2.0, -1.0, -2.0, -1.0, 2.0])
    steps = 1e-5 * np.diag(loading)
    gradient = np.array([(_c(x, loading + s) - _c(x, loading - s)) / (2 * s.max()) for s in steps])
    y = x / (loading * (1 - x))
    slope, intercept = np.polyfit(x, y, 1)
    left = (y - slope * x - intercept) * loading / y * np.sqrt(5 / 3)
    by_hand = max(noise * np.linalg.norm(gradient), np.linalg.norm(gradient * left))
    assert bet_errors.c_error(x, loading, noise) == pytest.approx(by_hand, rel=1e-4)
    assert (noise * np.linalg.norm(gradient) >= by_hand) == (noise == 0.5)


def test_noise_is_looked_at_between_two_pressures_and_beyond_it_is_not() -> None:
    """A smooth isotherm with scattered loadings below 0.02 and above 0.45 has no noise."""
    pressure = np.concatenate([np.geomspace(1e-4, 0.01, 8), np.linspace(0.021, 0.449, 30), np.linspace(0.47, 0.9, 12)])
    loading = 10.0 + 2.0 * np.log(pressure) ** 3 / 100.0
    outside = (pressure < 0.015) | (pressure > 0.5)
    rough = loading + np.where(outside, 0.5 * (-1.0) ** np.arange(len(pressure)), 0.0)
    assert bet_errors.loading_noise(pressure, rough) < 1e-6
    assert bet_errors.loading_noise(pressure, rough, low=0.02, high=1.0) < 1e-6, "the median bears twelve of forty"
    assert bet_errors.loading_noise(pressure, rough, low=0.46, high=1.0) > 0.1


def test_noise_of_loadings_is_found_exactly_for_one_outlier_pattern() -> None:
    """A cubic in ln p plus an alternating 0.1, of which the cubic of four neighbours takes its part."""
    pressure = np.exp(np.linspace(np.log(0.03), np.log(0.4), 25))
    x = np.log(pressure)
    loading = 10.0 + x + 0.3 * x**2 + 0.02 * x**3 + 0.1 * (-1.0) ** np.arange(25)
    weights = np.array([-1.0, 4.0, 4.0, -1.0]) / 6.0  # Lagrange's, for equal steps
    apart = 0.1 * abs(1.0 - np.dot(weights, [1.0, -1.0, -1.0, 1.0]))
    assert bet_errors.loading_noise(pressure, loading) == pytest.approx(1.4826 * apart / np.sqrt(1 + weights @ weights))


def test_criterion_four_is_a_fifth_unless_it_is_set() -> None:
    """Loadings beyond the window of another solid: the monolayer is read far from 1/(sqrt(C) + 1)."""
    pressure = np.linspace(0.02, 0.4, 39)
    c = 90.0
    loading = 12.5 * c * pressure / ((1 - pressure) * (1 - pressure + c * pressure))
    shifted = loading * np.where(pressure > 0.08, 1.1, 1.0)
    default, wide = bet.scan(pressure, shifted, fewest=3), bet.scan(pressure, shifted, fewest=3, largest_error=1.2)
    fifth = bet.scan(pressure, shifted, fewest=3, largest_error=0.2)
    assert np.array_equal(default.criteria[3], fifth.criteria[3])
    assert not np.array_equal(default.criteria[3], wide.criteria[3])

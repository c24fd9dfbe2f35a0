"""Errors of a BET window: they are those of repeated measurements."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths import bet_errors

P = np.linspace(0.02, 0.4, 39)


MONOLAYER, C = 12.5, 90.0


def _textbook(pressure: np.ndarray, monolayer: float = MONOLAYER, c: float = C) -> np.ndarray:
    """n = n_m C x / ((1 - x)(1 - x + C x))."""
    return monolayer * c * pressure / ((1 - pressure) * (1 - pressure + c * pressure))


def test_the_noise_of_loadings_is_that_put_in() -> None:
    rng = np.random.default_rng(3)
    pressure = np.geomspace(0.02, 0.45, 400)
    loading = _textbook(pressure)
    assert bet_errors.loading_noise(pressure, loading) < 1e-4
    found = bet_errors.loading_noise(pressure, loading + 0.03 * rng.normal(size=len(pressure)))
    assert found == pytest.approx(0.03, rel=0.15)


def test_noise_counts_points_between_the_pressures_only() -> None:
    rng = np.random.default_rng(4)
    pressure = np.geomspace(0.001, 0.9, 600)
    noisy = (pressure < 0.02) | (pressure > 0.45)
    loading = _textbook(pressure) + np.where(noisy, 0.5, 0.0) * rng.normal(size=len(pressure))
    assert bet_errors.loading_noise(pressure, loading) < 0.01
    assert bet_errors.loading_noise(pressure, loading, low=0.001, high=0.02) > 0.3
    assert bet_errors.loading_noise(P[:8], _textbook(P[:8]) + 0.1 * rng.normal(size=8)) == 0.0  # four have neighbours
    assert bet_errors.loading_noise(P[:9], _textbook(P[:9]) + 0.1 * rng.normal(size=9)) > 0.0


def test_errors_of_the_monolayer_are_those_of_repeated_measurements() -> None:
    rng = np.random.default_rng(5)
    x = np.linspace(0.05, 0.3, 12)
    loading, noise = _textbook(x), 0.02
    repeated = loading + noise * rng.normal(size=(4000, len(x)))
    monolayers = [1 / np.polyval(np.polyfit(x, x / (one * (1 - x)), 1), 1.0) for one in repeated]
    assert bet_errors.noise_error(x, loading, noise) == pytest.approx(np.std(monolayers) / MONOLAYER, rel=0.05)


def test_a_shift_of_the_loadings_shifts_the_monolayer() -> None:
    x = np.linspace(0.05, 0.3, 12)
    loading = _textbook(x)
    assert bet_errors.shift(x, loading, 1e-4 * loading) == pytest.approx(1e-4, rel=1e-6)  # another mass
    error = 1e-4 * np.cos(9 * x)
    wanted = 1 / np.polyval(np.polyfit(x, x / ((loading + error) * (1 - x)), 1), 1.0) / MONOLAYER - 1
    assert bet_errors.shift(x, loading, error) == pytest.approx(wanted, rel=1e-3)


def test_the_misfit_of_a_line_is_one_noise() -> None:
    rng = np.random.default_rng(6)
    x = np.linspace(0.05, 0.3, 400)
    loading = _textbook(x) + 0.02 * rng.normal(size=len(x))
    assert bet_errors.misfit_over_noise(x, loading, 0.02) == pytest.approx(1.0, rel=0.1)
    assert bet_errors.misfit_over_noise(x, loading, 0.01) == pytest.approx(2.0, rel=0.1)


def test_c_and_its_error_are_those_of_repeated_measurements() -> None:
    rng = np.random.default_rng(7)
    x = np.linspace(0.05, 0.3, 14)
    loading = _textbook(x)
    assert bet_errors.c_constant(x, loading) == pytest.approx(C, rel=1e-9)
    ordinate = x / (loading * (1 - x)) + 2e-6 * rng.normal(size=(3000, len(x)))  # as the straight line assumes
    repeated = x / (ordinate * (1 - x))
    constants = [bet_errors.c_constant(x, one) for one in repeated]
    errors = [bet_errors.c_error(x, one, 0.0) for one in repeated[:300]]
    assert np.median(errors) == pytest.approx(np.std(constants), rel=0.15)
    assert bet_errors.c_error(x[:4], loading[:4], 0.0) == 0.0
    assert bet_errors.c_error(x[:5], repeated[0, :5], 0.0) > 0.0
    noisy = loading + 2e-3 * loading[0] * rng.normal(size=(3000, len(x)))  # one noise of all loadings
    constants = [bet_errors.c_constant(x, one) for one in noisy]
    errors = [bet_errors.c_error(x, one, 2e-3 * loading[0]) for one in noisy[:300]]
    assert np.median(errors) == pytest.approx(np.std(constants), rel=0.1)

"""Differential capacity: charge is kept, a known derivative is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.differential_capacity import charge_below, dq_dv, dv_dq, noise_window


def test_the_slope_of_a_parabola_is_twice_its_voltage() -> None:
    volts = np.linspace(0.0, 1.0, 2001)
    grid, slope = dq_dv(volts, volts**2, 0.02, 0.005)
    inside = (grid > 0.01) & (grid < 0.99)
    np.testing.assert_allclose(slope[inside], 2.0 * grid[inside], atol=1e-4)


@given(window=st.floats(0.005, 0.1), seed=st.integers(0, 100))
def test_the_area_is_the_charge_whatever_window_and_noise(window: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    volts = np.sort(rng.uniform(0.0, 1.0, 200)) + 0.01 * rng.standard_normal(200)
    charge = np.cumsum(rng.uniform(0.0, 1.0, 200))
    grid, slope = dq_dv(volts, charge, window, 0.001)
    area = float(np.trapezoid(slope, grid))
    assert (grid[0], grid[-1]) == (volts.min(), volts.max())
    np.testing.assert_allclose(area, charge[-1] - charge[0], rtol=2e-3)


def test_the_ends_are_not_halved_and_nothing_lies_beyond_them() -> None:
    volts = np.linspace(0.0499, 1.0, 3001)
    grid, slope = dq_dv(volts[::-1], 3.0 * (1.0 - volts[::-1]), 0.02, 0.005)
    assert (grid[0], grid[-1]) == (0.0499, 1.0)
    np.testing.assert_allclose(slope, 3.0, rtol=1e-3)
    assert (np.diff(grid) > 0).all()


def test_a_window_wider_than_the_range_keeps_the_charge() -> None:
    volts = np.linspace(0.100, 0.104, 41)
    grid, slope = dq_dv(volts, np.linspace(0.0, 2.0, 41), 0.02, 0.0005)
    np.testing.assert_allclose(np.trapezoid(slope, grid), 2.0, rtol=1e-3)
    assert dq_dv(np.full(5, 0.1), np.arange(5.0), 0.02, 0.005)[0].size == 0


def test_back_and_forth_loses_nothing() -> None:
    volts, charge = np.array([0.0, 0.5, 0.4, 1.0]), np.array([0.0, 1.0, 2.0, 3.0])
    np.testing.assert_allclose(
        charge_below(volts, charge, np.array([-0.1, 0.45, 1.1])), [0.0, 0.9 + 0.5 + 0.05 / 0.6, 3.0]
    )


def test_the_charge_of_a_plateau_counts_at_its_voltage() -> None:
    volts, charge = np.array([0.1, 0.1, 0.2]), np.array([0.0, 5.0, 6.0])
    assert np.isclose(charge_below(volts, charge, np.array([0.11]))[0], 5.1, atol=1e-6)


def test_dv_dq_of_a_parabola() -> None:
    charge = np.linspace(0.0, 2.0, 501)
    grid, slope = dv_dq(charge**2, charge, 0.02, 0.01)
    np.testing.assert_allclose(slope, 2.0 * grid, atol=1e-3)


def test_too_little_is_nothing() -> None:
    assert dq_dv(np.array([1.0]), np.array([0.0]), 0.01, 0.01)[0].size == 0
    assert dv_dq(np.array([1.0, 2.0]), np.array([0.0, 0.1]), 0.2, 0.01)[0].size == 0


def _staged(rng: np.random.Generator, noise: float, digit: float) -> tuple[np.ndarray, np.ndarray]:
    """Graphite-like: three peaks of 8 mV full width between 0.05 and 0.3 V; voltage and charge (0 to 1)."""
    fine = np.linspace(0.03, 0.4, 40001)
    peaks = [np.exp(-0.5 * ((fine - volt) / 3.4e-3) ** 2) for volt in (0.1, 0.14, 0.22)]
    density = 0.5 + 23.5 * np.sum(peaks, axis=0)
    total = np.append(0.0, np.cumsum(0.5 * (density[1:] + density[:-1]) * np.diff(fine)))
    charge = np.linspace(0.0, 1.0, 4000)
    voltage = np.interp(charge, total / total[-1], fine) + rng.normal(0.0, noise, 4000)
    return (np.round(voltage / digit) * digit if digit else voltage), charge


def test_the_window_keeps_narrow_peaks_where_the_noise_allows_it() -> None:
    """A window of 20 mV erases two thirds of a peak of 8 mV; the one from the noise keeps most of it."""
    voltage, charge = _staged(np.random.default_rng(1), 5e-5, 1e-4)
    wide = noise_window(voltage)
    assert wide == pytest.approx(4e-3)
    exact = dq_dv(*_staged(np.random.default_rng(1), 0.0, 0.0), 1e-3, 5e-4)[1].max()
    assert dq_dv(voltage, charge, wide, wide / 4)[1].max() > 0.88 * exact
    assert dq_dv(voltage, charge, 20e-3, 5e-3)[1].max() < 0.5 * exact


@pytest.mark.parametrize(
    ("noise", "digit", "low", "high"), [(2e-3, 0.0, 6e-3, 10e-3), (0.0, 1e-2, 9e-3, 20e-3), (1e-2, 0.0, 0.02, 0.02)]
)
def test_the_window_grows_with_noise_and_digit(noise: float, digit: float, low: float, high: float) -> None:
    assert low <= noise_window(_staged(np.random.default_rng(2), noise, digit)[0]) <= high

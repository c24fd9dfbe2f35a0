"""Fits of the first shell: one path's parameters come back, and the number of independent points limits them."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.exafs_transform import STEP
from halfcell.maths.first_shell import ScatteringPath, chi_of_path, fit_shell

GRID = np.linspace(0.0, 20.0, 81)
PATH = ScatteringPath(  # a smooth amplitude and phase; 2.48 angstrom is Fe-Fe in bcc iron
    k=tuple(GRID), amplitude=tuple(0.6 * np.exp(-((GRID - 6.0) ** 2) / 60.0)), phase=tuple(-2.0 + 0.3 * GRID),
    free_path=tuple(6.0 + 0.8 * GRID), momentum=tuple(GRID), half_length=2.48, degeneracy=8.0,
)  # fmt: skip
K = STEP * np.arange(401)
VALUES = np.array([6.4, 2.0, 0.012, 0.0051])  # N S0^2, eV, angstrom, angstrom^2


def test_without_spread_or_shift_the_amplitude_is_that_of_the_path() -> None:
    """chi = A F exp(-2 R / lambda) / (k R^2) sin(2 k R + phi) with p = k + i / lambda."""
    k = np.array([4.0, 7.5, 11.0])
    path = PATH
    amplitude, phase, free = (np.interp(k, GRID, values) for values in (path.amplitude, path.phase, path.free_path))
    expected = amplitude * np.exp(-2 * 2.48 / free) / (k * 2.48**2) * np.sin(2 * k * 2.48 + phase)
    assert chi_of_path(k, path, np.array([1.0, 0.0, 0.0, 0.0])) == pytest.approx(expected, rel=0.02, abs=1e-5)


def test_a_spread_damps_the_wave_as_a_debye_waller_factor() -> None:
    """exp(-2 k^2 s2), where the wave without spread has a maximum."""
    k = np.linspace(9.0, 11.0, 2001)
    still, moving = (np.abs(chi_of_path(k, PATH, np.array([1.0, 0.0, 0.0, s2]))) for s2 in (0.0, 0.005))
    top = np.argmax(still)
    assert moving[top] / still[top] == pytest.approx(np.exp(-2 * k[top] ** 2 * 0.005), rel=0.02)


def test_the_parameters_of_a_noisy_wave_come_back_within_their_errors() -> None:
    chi = np.nan_to_num(chi_of_path(K, PATH, VALUES)) + np.random.default_rng(0).normal(0.0, 2e-4, len(K))
    found = fit_shell(chi, PATH, (2,), (3.0, 13.0), 1.0, (1.2, 3.0))
    expected = [VALUES[0], VALUES[1], 2.48 + VALUES[2], VALUES[3]]
    assert found.converged
    for value, std, truth in zip(found.values, found.stds, expected, strict=True):
        assert abs(value - truth) < 4 * std


def test_the_number_of_independent_points_is_that_of_stern() -> None:
    """N = 2 dk dR / pi + 1 (E. A. Stern, Phys. Rev. B 48 (1993) 9825 counts 2 dk dR / pi + 2)."""
    chi = np.nan_to_num(chi_of_path(K, PATH, VALUES))
    found = fit_shell(chi, PATH, (2,), (3.0, 13.0), 1.0, (1.2, 3.0))
    assert found.independent == pytest.approx(2 * 10.0 * 1.8 / np.pi + 1.0)


def test_ranges_that_hold_four_points_or_fewer_are_refused() -> None:
    with pytest.raises(ValueError, match="independent"):
        fit_shell(np.nan_to_num(chi_of_path(K, PATH, VALUES)), PATH, (2,), (3.0, 6.0), 1.0, (1.5, 2.5))

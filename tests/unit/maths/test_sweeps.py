"""Sweeps of a voltammogram: turns, rate, peaks."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.sweeps import Sweep, find_sweeps, on_grid, scan_rate

TRIANGLE = np.concatenate((np.linspace(2.5, 0.0, 251), np.linspace(0.0, 2.0, 201)[1:], np.linspace(2.0, 0.0, 201)[1:]))


def test_turns_are_found_in_noise() -> None:
    noisy = TRIANGLE + 0.004 * np.random.default_rng(0).standard_normal(len(TRIANGLE))
    sweeps = find_sweeps(noisy)
    assert [sweep.direction for sweep in sweeps] == [-1, 1, -1]
    assert abs(sweeps[0].last - 250) <= 2
    assert abs(sweeps[1].last - 450) <= 2


def test_a_constant_potential_does_not_sweep() -> None:
    assert find_sweeps(np.full(100, 1.0)) == ()


def test_scan_rate_of_a_straight_sweep() -> None:
    time = np.arange(251) * 10.0 / 3.0
    rate, bend = scan_rate(time, TRIANGLE[:251], Sweep(first=0, last=250, direction=-1))
    assert rate == pytest.approx(0.003)
    assert bend < 1e-12


def test_empty_bins_are_interpolated() -> None:
    grid, mean = on_grid(np.array([0.0, 0.31]), np.array([1.0, 4.0]), 0.1)
    np.testing.assert_allclose(mean, [1.0, 2.0, 3.0, 4.0])
    np.testing.assert_allclose(grid, [0.0, 0.31 / 3, 0.62 / 3, 0.31])

"""Spectra whose points are not independent."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.raman.silicon_bands import smoothed

X = np.arange(0.0, 400.0, 1.0)


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_independent(seed: int) -> None:
    level = 500.0 + 800.0 * np.exp(-(((X - 200.0) / 40.0) ** 2))
    assert not smoothed(np.random.default_rng(seed).poisson(level).astype(float))


def test_an_interpolated_spectrum_is_not() -> None:
    coarse = np.random.default_rng(0).poisson(500.0, 41).astype(float)
    from scipy.interpolate import CubicSpline

    assert smoothed(CubicSpline(np.arange(0.0, 401.0, 10.0), coarse)(X))

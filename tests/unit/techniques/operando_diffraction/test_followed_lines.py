"""A line that is followed over the scans: its noise, area and centre."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.operando_diffraction.followed_lines import follow, noise_factor

ANGLE = np.arange(26.0, 30.0, 0.02)


def _scans(heights: np.ndarray, centres: np.ndarray, seed: int | None = 0) -> np.ndarray:
    lines = heights[:, None] * np.exp(-0.5 * ((ANGLE[None, :] - centres[:, None]) / 0.1) ** 2)
    level = 150.0 - 3.0 * (ANGLE[None, :] - 28.0) + lines
    return level if seed is None else np.random.default_rng(seed).poisson(level).astype(float)


@pytest.mark.parametrize("per_second", [1.0, 5.0])
def test_the_variance_of_rates_is_that_of_counts_over_the_time(per_second: float) -> None:
    counts = _scans(np.full(20, 500.0), np.full(20, 28.0)) / per_second
    assert noise_factor(counts) == pytest.approx(1.0 / per_second, rel=0.15)


def test_area_and_centre_of_a_moving_line_come_back() -> None:
    """The area of a Gaussian is sqrt(2 pi) sigma times its height."""
    heights, centres = np.linspace(800.0, 200.0, 15), np.linspace(28.2, 27.8, 15)
    line, _ = follow(ANGLE, _scans(heights, centres, None), (27.2, 28.8), 1.0)
    assert line.area == pytest.approx(np.sqrt(2 * np.pi) * 0.1 * heights, rel=0.02)
    assert line.centre == pytest.approx(centres, abs=0.01)

"""A straight line whose residuals have memory."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.correlated_line import correlated_line


@pytest.mark.slow
@pytest.mark.parametrize(("count", "memory"), [(20, 0.0), (20, 0.6), (60, 0.3), (100, 0.9), (200, 0.6), (200, 0.9)])
def test_errors_of_the_fade_hold_with_correlated_deviations(count: int, memory: float) -> None:
    """Residuals with memory, as from temperature and drift: 68 and 95 % intervals hold what they say."""
    rng, inside = np.random.default_rng(7), np.zeros(2)
    for _ in range(300):
        left = np.zeros(count)
        left[0] = rng.normal() / np.sqrt(1.0 - memory**2)
        for place in range(1, count):
            left[place] = memory * left[place - 1] + rng.normal()
        cycle = np.arange(1.0, count + 1)
        line = correlated_line(cycle, 100.0 - 0.05 * cycle + 0.3 * left)
        away = abs(line.slope + 0.05) / line.std
        inside += (away < 1.0, away < 2.0)
    assert 0.60 <= inside[0] / 300 <= 0.78
    assert 0.88 <= inside[1] / 300 <= 0.985

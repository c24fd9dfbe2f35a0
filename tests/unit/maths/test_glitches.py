"""Glitches: found where they are, not in noise or in a fine structure."""

from __future__ import annotations

import numpy as np

from halfcell.maths.glitches import places, stand_out

K = np.cumsum(np.random.default_rng(1).uniform(0.03, 0.07, 250)) + 2.5
STRUCTURE = 0.05 * np.sin(2 * K * 2.5) + 0.02 * np.sin(2 * K * 4.5)


def test_noise_and_structure_do_not_stand_out() -> None:
    rng = np.random.default_rng(2)
    highest = [stand_out(K, STRUCTURE + rng.normal(0, 3e-4, len(K))).max() for _ in range(200)]
    assert max(highest) < 8.0


def test_a_step_of_one_point_is_found_where_it_is() -> None:
    rng = np.random.default_rng(3)
    y = STRUCTURE + rng.normal(0, 3e-4, len(K))
    y[[60, 180]] += 0.01
    found = places(K, stand_out(K, y), 8.0, 0.3)
    assert np.allclose(found, K[[60, 180]])


def test_too_few_points_are_left_alone() -> None:
    assert stand_out(K[:10], STRUCTURE[:10]).max() == 0.0
    assert places(K, np.zeros(len(K)), 8.0, 0.3) == []

"""Territories of maxima: where they meet, when two are one, and what seeds do."""

from __future__ import annotations

import numpy as np

from halfcell.maths.ascent_basins import basins

ROWS, COLUMNS = np.mgrid[0:21, 0:41].astype(float)


def _hills(*columns: float, width: float = 4.0) -> np.ndarray:
    """Round hills of height 1 in the middle row."""
    return np.sum([np.exp(-((ROWS - 10) ** 2 + (COLUMNS - c) ** 2) / (2 * width**2)) for c in columns], axis=0)


def test_two_hills_meet_in_the_middle_between_them() -> None:
    surface = _hills(10, 30)
    found = basins(surface, np.ones_like(surface, dtype=bool), 0.95)
    assert found.max() == 2
    assert len(set(found[:, :20].ravel())) == 1
    assert len(set(found[:, 21:].ravel())) == 1


def test_a_pass_above_the_saddles_part_of_the_lower_hill_joins_them() -> None:
    """Two Gaussians of width 4 at a distance of 20 have a pass of 2 exp(-10^2 / 32), 9 % of their height."""
    surface = _hills(10, 30)
    everywhere = np.ones_like(surface, dtype=bool)
    assert basins(surface, everywhere, 0.08).max() == 1
    assert basins(surface, everywhere, 0.10).max() == 2


def test_only_pixels_of_the_mask_have_a_label() -> None:
    surface = _hills(10, 30)
    mask = surface > 0.2
    assert np.array_equal(basins(surface, mask, 0.95) > 0, mask)


def test_maxima_without_a_seed_go_to_the_seed_over_the_highest_pass() -> None:
    surface = _hills(5, 14, 35, width=3.0)  # the middle hill is nearer to the left one
    seeds = np.zeros(surface.shape, dtype=np.int64)
    seeds[10, 5], seeds[10, 35] = 1, 2
    found = basins(surface, np.ones_like(surface, dtype=bool), 0.0, seeds=seeds)
    assert [found[10, 5], found[10, 14], found[10, 35]] == [1, 1, 2]

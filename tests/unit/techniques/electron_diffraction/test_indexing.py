"""Rings and the phases that explain them."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.electron_diffraction.indexing import margin_over_chance, matched, ring_lines, scales, tied

SCALE = 0.02  # 1/nm per px
PLANES = np.sqrt([3.0, 8.0, 11.0, 16.0, 19.0]) / 0.54311  # 111, 220, 311, 400, 331 of silicon, 1/nm
RADII, ERRORS = PLANES / SCALE, np.full(5, 0.2)
NAMES = ("Si", "beta-Sn", "CoSi2", "NiSi2", "graphite")


def test_lines_of_silicon_are_those_that_its_lattice_allows() -> None:
    """111, 220, 311, 400: diamond forbids 200 and 222."""
    found = ring_lines("Si", 8.0)
    assert found.inverse[:4] == pytest.approx(PLANES[:4], rel=1e-3)


def test_the_phase_of_the_rings_comes_first() -> None:
    best = matched(NAMES, RADII, ERRORS, SCALE, 0.03)[0]
    assert best.phase == "Si"
    assert best.scale == pytest.approx(SCALE, rel=5e-3)
    assert best.explained == 5


def test_a_wrong_nominal_scale_within_its_error_is_corrected() -> None:
    best = next(one for one in matched(NAMES, RADII, ERRORS, 1.03 * SCALE, 0.03) if one.phase == "Si")
    assert best.scale == pytest.approx(SCALE, rel=5e-3)


def test_the_true_scale_is_among_those_of_its_phase() -> None:
    assert min(abs(one / SCALE - 1.0) for one in scales("Si", RADII, ERRORS, None, 0.03)) < 5e-3


def test_rings_of_a_phase_are_better_than_chance_and_random_ones_are_not() -> None:
    assert margin_over_chance(matched(NAMES, RADII, ERRORS, SCALE, 0.03), RADII) > 0.0
    rng = np.random.default_rng(3)
    worse = [np.sort(rng.uniform(150.0, 420.0, 5)) for _ in range(10)]
    margins = [margin_over_chance(matched(NAMES, r, ERRORS, SCALE, 0.03), r) for r in worse]
    assert np.median(margins) < margin_over_chance(matched(NAMES, RADII, ERRORS, SCALE, 0.03), RADII)


def test_the_best_is_among_those_that_cannot_be_told_from_it() -> None:
    found = matched(NAMES, RADII, ERRORS, SCALE, 0.03)
    assert found[0] in tied(found)

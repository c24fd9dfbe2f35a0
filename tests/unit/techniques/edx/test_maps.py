"""Maps: the part that was scanned, blocks, inhomogeneity beyond counting, correlation, and profiles."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.edx.maps import blocks_of, correlation, inhomogeneity, profile, scanned


def test_edges_without_counts_were_not_scanned() -> None:
    cube = np.zeros((10, 12, 3))
    cube[2:9, 1:11] = 1.0
    assert scanned(cube) == (slice(2, 9), slice(1, 11))
    assert scanned(np.zeros((4, 4, 3))) == (slice(0, 0), slice(0, 0))


def test_blocks_sum_their_pixels_and_leave_the_rest_out() -> None:
    assert blocks_of(np.ones((7, 9)), 3).tolist() == [[9.0, 9.0, 9.0], [9.0, 9.0, 9.0]]


def test_counting_alone_is_no_inhomogeneity() -> None:
    counts = np.random.default_rng(0).poisson(20.0, (64, 64)).astype(float)
    found = inhomogeneity(counts, np.full((64, 64), 20.0), 8)
    assert found is not None
    assert found[0] < 2 * found[1]


def test_a_variation_of_a_fifth_comes_back_within_its_error() -> None:
    rng = np.random.default_rng(0)
    level = np.kron(20.0 * (1.0 + 0.2 * rng.normal(size=(16, 16))), np.ones((8, 8)))
    found = inhomogeneity(rng.poisson(np.maximum(level, 0.0)).astype(float), level, 8)
    assert found is not None
    assert abs(found[0] - 0.2) < 3 * found[1]


def test_five_blocks_tell_nothing() -> None:
    assert inhomogeneity(np.ones((8, 40)), np.ones((8, 40)), 8) is None


def test_elements_of_one_phase_are_correlated_and_those_of_two_are_not() -> None:
    level = np.kron(np.random.default_rng(0).uniform(10.0, 30.0, (8, 8)), np.ones((4, 4)))
    assert correlation(level, 3.0 * level, 4) == pytest.approx(1.0)
    assert correlation(level, 40.0 - level, 4) == pytest.approx(-1.0)
    assert correlation(level, np.ones((32, 32)), 4) is None


def test_a_profile_along_a_ramp_is_the_ramp() -> None:
    ramp = np.tile(np.arange(50.0), (20, 1))
    distance, values = profile({"Fe": ramp}, (5.0, 10.0, 35.0, 10.0, 3.0), (2.0, 2.0))
    assert distance[-1] == pytest.approx(60.0)
    assert (values["Fe"][0], values["Fe"][-1]) == pytest.approx((5.0, 35.0))

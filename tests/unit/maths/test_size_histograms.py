"""Histograms of sizes: from number to volume and back, in other channels, and mixed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.maths.size_histograms import mix, number_share, rebin, volume_share

EDGES = np.geomspace(0.1, 100.0, 31)
SHARES = st.lists(st.floats(0.01, 1.0), min_size=30, max_size=30).map(np.array)


@given(SHARES)
def test_number_and_volume_are_there_and_back(share: np.ndarray) -> None:
    assert volume_share(EDGES, number_share(EDGES, share)) == pytest.approx(share / share.sum())


def test_a_thousand_small_grains_weigh_as_much_as_one_ten_times_as_large() -> None:
    """Volume goes with the cube of the size: 10^3."""
    edges = np.array([0.9, 1.1, 9.0, 11.0])
    number = np.array([1000.0, 0.0, 1.0])
    small, _, large = volume_share(edges, number)
    assert small == pytest.approx(large, rel=0.01)


@given(SHARES)
def test_shares_onto_their_own_channels_stay(share: np.ndarray) -> None:
    assert rebin(EDGES, share, EDGES) == pytest.approx(share / share.sum())


@given(SHARES)
def test_joined_channels_have_the_sum_of_their_shares(share: np.ndarray) -> None:
    assert rebin(EDGES, share, EDGES[::2]) == pytest.approx((share / share.sum()).reshape(-1, 2).sum(axis=1))


def test_what_lies_outside_the_new_channels_goes_to_the_end_ones() -> None:
    found = rebin(EDGES, np.ones(30), np.geomspace(1.0, 10.0, 11))
    assert found.sum() == pytest.approx(1.0)
    assert (found[0], found[-1]) == pytest.approx((11 / 30, 11 / 30))


def test_a_mixture_has_the_weighted_sum_of_its_parts() -> None:
    parts = np.array([[0.5, 0.5, 0.0], [0.0, 0.25, 0.75]])
    assert mix(parts, np.array([0.8, 0.2])) == pytest.approx([0.4, 0.45, 0.15])
    assert mix(parts, np.array([8.0, 2.0])) == pytest.approx([0.4, 0.45, 0.15])

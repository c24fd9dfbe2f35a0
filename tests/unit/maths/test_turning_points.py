"""Turning points of a charge, and pulses within a half cycle."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.turning_points import turning_points, without_pulses


@pytest.mark.parametrize(
    ("charge", "bounds"),
    [
        ([5.0, 5.0, -5.0, -5.0], [0, 2, 4]),
        ([-5.0, 5.0, -5.0], [0, 1, 2, 3]),
        ([5.0, -0.5, 5.0, -9.5], [0, 3, 4]),  # a reversal of half an ampere hour is below the threshold of one
        ([5.0, -1.0, 5.0], [0, 3]),  # as large as the threshold: does not exceed it
        ([5.0, -1.1, 5.0], [0, 1, 2, 3]),
        ([5.0, -0.6, -0.6, 5.0], [0, 1, 3, 4]),  # two that exceed it together
        ([0.5, -0.5, 0.5, -0.5], [0, 4]),
        ([0.0, 0.0, 5.0, -5.0], [0, 3, 4]),
        ([-0.3, 5.0, -5.0], [0, 1, 2, 3]),  # what came before the first rise is a stretch of its own
        ([5.0], [0, 1]),
    ],
)
def test_a_reversal_counts_once_it_exceeds_the_threshold(charge: list[float], bounds: list[int]) -> None:
    assert turning_points(np.array(charge), 1.0) == bounds


def test_a_charge_and_its_mirror_turn_at_the_same_places() -> None:
    charge = np.random.default_rng(5).normal(0.0, 1.0, 300)
    assert turning_points(charge, 2.5) == turning_points(-charge, 2.5)


@pytest.mark.parametrize("factor", [1e-6, 1e3])
def test_the_unit_of_the_charge_does_not_matter(factor: float) -> None:
    charge = np.random.default_rng(6).normal(0.0, 1.0, 300)
    assert turning_points(factor * charge, factor * 2.5) == turning_points(charge, 2.5)


def test_pulses_within_a_half_cycle_do_not_part_it() -> None:
    """A charge in ten parts with a discharge pulse of 4 % of a part between each, as a resistance test has it."""
    charge = np.array([1.0, *([-0.04, 1.0] * 9), -10.0])
    bounds = list(range(len(charge) + 1))
    assert without_pulses(charge, bounds) == [0, len(charge) - 1, len(charge)]


@pytest.mark.parametrize(("part", "count"), [(0.049, 1), (0.051, 3)])
def test_a_pulse_is_less_than_a_twentieth_of_both_neighbours(part: float, count: int) -> None:
    assert len(without_pulses(np.array([10.0, -10.0 * part, 10.0]), [0, 1, 2, 3])) - 1 == count


def test_a_short_half_cycle_beside_a_shorter_one_stays() -> None:
    charge = np.array([10.0, -0.3, 0.4, -10.0])
    assert without_pulses(charge, [0, 1, 2, 3, 4])[1:-1] != []

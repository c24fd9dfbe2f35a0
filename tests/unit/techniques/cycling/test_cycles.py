"""Pairs of half cycles: which comes first, and which cycles ran at one rate."""

from __future__ import annotations

import pytest
from tests.unit.techniques.cycling.made_halves import cycle, half

from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.cycles import first_direction, pair, same_pair, same_rate


@pytest.mark.parametrize(
    ("kind", "direction"), [(CellKind.HALF, -1), (CellKind.CATHODE_HALF, 1), (CellKind.FULL, 1), (CellKind.ASSLB, 1)]
)
def test_an_anode_half_cell_is_discharged_first_and_others_are_charged(kind: CellKind, direction: int) -> None:
    assert first_direction(Settings(kind=kind), [half(1), half(-1)]) == direction


def test_a_cell_of_no_kind_begins_with_what_was_recorded() -> None:
    assert first_direction(Settings(), [half(-1), half(1)]) == -1


def test_what_is_set_comes_before_the_kind() -> None:
    assert first_direction(Settings(kind=CellKind.FULL, first="discharge"), [half(1)]) == -1


def test_a_charge_and_the_discharge_after_it_are_a_cycle_of_a_full_cell() -> None:
    halves = [half(1, 1.1e-3), half(-1), half(1), half(-1)]
    found, _ = pair(halves, Settings(kind=CellKind.FULL), 40)
    assert [one.number for one in found] == [1, 2]
    assert [one.charge for one in found] == [halves[0], halves[2]]


def test_a_leading_half_cycle_of_the_wrong_kind_is_cycle_zero() -> None:
    halves = [half(1), half(-1), half(1)]
    found, _ = pair(halves, Settings(kind=CellKind.HALF), 30)
    assert [one.number for one in found] == [0, 1]


@pytest.mark.parametrize(("one", "other", "same"), [(1.0, 1.09, True), (1.0, 1.12, False), (0.0, 0.0, True)])
def test_currents_within_a_tenth_are_one_rate(one: float, other: float, same: bool) -> None:
    assert same_rate(one, other) is same


def test_not_a_number_is_no_rate() -> None:
    assert not same_rate(float("nan"), 1.0)


def test_cycles_at_other_currents_are_no_pair() -> None:
    assert same_pair(cycle(1, block=1), cycle(2, block=2))
    assert not same_pair(cycle(1, block=1), cycle(2, block=2, current_a=1e-3))

"""Retention is between two complete cycles at one pair of currents."""

from __future__ import annotations

import dataclasses

import pytest
from tests.unit.techniques.cycling.made_halves import cycle

from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.retention import retention

FULL = Settings(kind=CellKind.FULL)


def _percent(*cycles: object, settings: Settings = FULL) -> float | None:
    found = retention(cycles, settings).found.quantities  # type: ignore[arg-type]
    return found["capacity_retention"].value if "capacity_retention" in found else None


def test_it_is_the_last_capacity_over_the_first() -> None:
    assert _percent(cycle(1), cycle(2, 0.99, 0.98), cycle(3, 0.96, 0.95)) == pytest.approx(95.0)


def test_an_unfinished_last_cycle_does_not_count() -> None:
    last = cycle(3, 0.9, 0.4)._replace(complete=False)
    assert _percent(cycle(1), cycle(2, 0.99, 0.98), last) == pytest.approx(98.0)


def test_formation_is_no_reference() -> None:
    formation = cycle(1, 1.2, 1.1, current_a=1e-5, role="formation", block=1)
    cycles = [formation, cycle(2, block=2), cycle(3, 0.9, 0.9, block=2)]
    assert retention(cycles, FULL).reference is cycles[1]


def test_a_cycle_and_a_reference_that_are_set_are_taken() -> None:
    settings = dataclasses.replace(FULL, retention_cycle=2, reference_cycle=1)
    assert _percent(cycle(1), cycle(2, 0.99, 0.97), cycle(3, 0.9, 0.9), settings=settings) == pytest.approx(97.0)


def test_cycles_at_other_currents_have_no_retention() -> None:
    assert _percent(cycle(1, block=1), cycle(2, 0.5, 0.5, current_a=1e-3, block=2)) is None

"""What contradicts the stated kind of a cell, and which numbers are then not made."""

from __future__ import annotations

import pytest
from tests.unit.techniques.cycling.made_halves import cycle

from halfcell.core.sample import CellKind
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.cell_kind import kind_contradiction, kind_refusals


@pytest.mark.parametrize(
    ("kind", "top", "end", "contradicted"),
    [
        (CellKind.HALF, 1.5, 0.01, False),  # silicon against lithium
        (CellKind.HALF, 2.0, 1.0, False),  # titanate against lithium
        (CellKind.HALF, 4.2, 2.8, True),  # a cathode or a full cell
        (CellKind.FULL, 4.2, 2.8, False),
        (CellKind.FULL, 2.6, 1.2, False),  # a cathode against titanate
        (CellKind.FULL, 1.5, 0.01, True),
        (CellKind.CATHODE_HALF, 1.5, 0.01, True),
        (CellKind.SYMMETRIC, 0.1, -0.1, False),
        (None, 4.2, 2.8, False),
    ],
)
def test_the_voltages_of_the_cycles_speak_for_or_against_a_kind(
    kind: CellKind | None, top: float, end: float, contradicted: bool
) -> None:
    cycles = [cycle(number, top=top, end=end) for number in (1, 2, 3)]
    assert bool(kind_contradiction(kind, cycles)) is contradicted


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (Settings(), "kind_missing"),
        (Settings(kind=CellKind.SYMMETRIC), "kind_symmetric"),
        (Settings(kind=CellKind.HALF, efficiency_method="reservoir"), "reservoir_alone"),
        (Settings(kind=CellKind.HALF), "kind_contradicted"),
    ],
)
def test_why_there_is_no_efficiency_is_said(settings: Settings, code: str) -> None:
    assert [note.code for note in kind_refusals(settings, [cycle(1), cycle(2)])] == [code]


def test_nothing_is_refused_where_kind_and_voltages_agree() -> None:
    assert kind_refusals(Settings(kind=CellKind.FULL), [cycle(1), cycle(2)]) == ()

"""What is compared is counted on one basis: cycles, currents, mass or area, electrode or active material."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "within a column that compares results, the cycle, the current and the dimension are the same"
LIMITS = "A note: comparisons of reported results seldom share a basis, but a reader should know."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look through the tables that compare with reported results."""
    for table, records in facts.by_table().items():
        rows = [record for record in records if record.compares]
        if len(rows) >= 3:
            yield from _cycles(table, rows)
            yield from _currents(table, rows)


def _cycles(table: str, rows: Sequence[Record]) -> Iterator[Finding]:
    """Capacities after different numbers of cycles."""
    readings = [r for record in rows for r in record.readings if r.cycle and "capacity" in r.quantity]
    cycles = sorted({r.cycle for r in readings if r.cycle})
    if len(cycles) > 1:
        text = f"the capacities of {table} are those after {', '.join(map(str, cycles))} cycles"
        yield _finding(f"cycles compared in {table}", text, readings)


def _currents(table: str, rows: Sequence[Record]) -> Iterator[Finding]:
    """Results at currents that differ by more than tenfold."""
    readings = [r for record in rows for r in record.all("current_density")]
    points = [r.point for r in readings if r.point > 0]
    if len(points) >= 3 and max(points) > 10 * min(points):
        low, high = (min(readings, key=lambda r: r.point), max(readings, key=lambda r: r.point))
        text = f"the results of {table} are at currents from {low.text} to {high.text}"
        yield _finding(f"currents compared in {table}", text, [low, high])


def _finding(what: str, text: str, readings: Sequence[Reading]) -> Finding:
    return Finding(
        rule="bases",
        verdict=Verdict.SEEN,
        severity="note",
        what=what,
        explain=text,
        places=tuple(place(reading) for reading in readings[:12]),
    )

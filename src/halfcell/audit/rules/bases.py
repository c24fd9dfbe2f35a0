"""Results that are compared have the same basis: cycle number, current, and current per mass or per area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "within a column that compares results, the cycle number, the current and its dimension are the same"
LIMITS = "It gives notes only: comparisons of reported results seldom share a basis, but a reader should know."
FEWEST = 3  # rows of a comparison
FACTOR = 10  # between the largest and the smallest current that are compared


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look through the tables that compare with reported results."""
    for table, records in facts.by_table().items():
        rows = [record for record in records if record.compares]
        if len(rows) >= FEWEST:
            yield from _cycles(table, rows)
            yield from _currents(table, rows)


def _cycles(table: str, rows: Sequence[Record]) -> Iterator[Finding]:
    """Capacities after different numbers of cycles."""
    readings = [r for record in rows for r in record.readings if r.cycle and "capacity" in r.quantity]
    cycles = sorted({r.cycle for r in readings if r.cycle})
    if len(cycles) > 1:
        *most, last = map(str, cycles)
        text = f"{table} compares capacities after different numbers of cycles ({', '.join(most)} and {last})"
        yield _finding(f"cycles compared in {table}", text, readings)


def _currents(table: str, rows: Sequence[Record]) -> Iterator[Finding]:
    """Results at currents that differ by more than a factor of ten."""
    readings = [r for record in rows for r in record.all("current_density")]
    points = [r.point for r in readings if r.point > 0]
    if len(points) >= FEWEST and max(points) > FACTOR * min(points):
        low, high = (min(readings, key=lambda r: r.point), max(readings, key=lambda r: r.point))
        text = f"{table} compares results at currents from {low.text} to {high.text}"
        yield _finding(f"currents compared in {table}", text, [low, high])


def _finding(what: str, text: str, readings: Sequence[Reading]) -> Finding:
    return Finding(
        rule="bases",
        verdict=Verdict.SEEN,
        severity="note",
        what=what,
        explain=text,
        places=tuple(reading.place for reading in readings[:12]),
    )

"""Currents agree with the C-rates and loadings that they are printed with, and compared cells have equal currents."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, number, times
from halfcell.audit.interval import exactly
from halfcell.audit.same_cell import cell_key, full_cells, is_own, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core import material_names
    from halfcell.core.printed import Rounding

FORMULA = (
    "current = C-rate × 1C current; areal current = specific current × loading; a range of C-rates covers the same "
    "factor as the range of currents"
)
LIMITS = (
    "1C is taken from the text, or from a caption whose range of C-rates matches the range of currents in a table. "
    "Areal currents are compared with round C-rates (0.05, 0.1, 0.2 ... 5 C) only if a cell has at least four and "
    "three quarters of them are round."
)
_RATES = "1/50 1/20 1/10 1/5 1/4 3/10 1/3 2/5 1/2 3/5 7/10 3/4 4/5 1 3/2 2 5/2 3 4 5 6 8 10 20"
ROUND = tuple(Fraction(text) for text in _RATES.split())
FEWEST = 3  # currents of a range, and of a block of rows that is compared with another
FEWEST_AREAL = 4  # areal currents of a cell


@dataclass(frozen=True, kw_only=True)
class OneC:
    """The current at 1C, in A/kg, and where it comes from."""

    current: Fraction
    source: str


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for ranges in captions, for the currents of compared cells, and for areal currents."""
    yield from _spans(facts)
    yield from _alike(facts)
    one_c = _one_c(facts)
    if one_c:
        for rows in full_cells(facts).values():
            yield from _areal(rows, one_c, facts.settings.rounding)


def _currents(facts: Facts, cell: material_names.Parts, table: str = "") -> list[Reading]:
    """The specific currents of one cell in the document's own rows, in ascending order."""
    rows = [r for r in full_cells(facts).get(cell, []) if not table or r.table == table]
    found = [current for record in rows if (current := record.one("current_density", "mA/g"))]
    return sorted(found, key=lambda reading: reading.point)


def _spans(facts: Facts) -> Iterator[Claim]:
    """The range of C-rates in a caption and the currents of the same cell: highest / lowest must be the same."""
    for rates in stated(facts, "c_rate", "C"):
        cell = cell_key(rates.subject)
        if rates.upper is None or cell is None or not rates.printed.value:
            continue
        for table in facts.by_table():
            found = _currents(facts, cell, table)
            if len(found) < FEWEST:
                continue
            ratio = rates.upper.value / rates.printed.value
            yield Claim(
                rule="current_density",
                what=f"highest current of {rates.subject}",
                target=found[-1],
                direct=times(number(ratio, f"{float(ratio):g}"), found[0]),
                because=f"{rates.where} says {rates.printed.text} to {rates.upper.text} C",
                severity="warning",
                soft=True,
                ask="Are the caption and the table about the same measurements?",
            )


def _one_c(facts: Facts) -> OneC | None:
    """1C as the text defines it, or as the lowest C-rate of a caption and the lowest current give it."""
    for reading in stated(facts, "one_c", "mA/g"):
        return OneC(current=reading.point, source=f"1C = {reading.text}")
    for rates in stated(facts, "c_rate", "C"):
        cell = cell_key(rates.subject)
        found = _currents(facts, cell) if cell and rates.printed.value else []
        if len(found) < FEWEST or rates.upper is None:
            continue
        if found[-1].point * rates.printed.value == found[0].point * rates.upper.value:
            current = found[0].point / rates.printed.value
            source = f"1C = {float(current):g} mA g–1, from {rates.where} and {found[0].where}"
            return OneC(current=current, source=source)
    return None


def _alike(facts: Facts) -> Iterator[Claim]:
    """Cells of one table with equally many currents: if all but one are equal, the remaining one must be too."""
    for records in facts.by_table().values():
        blocks: dict[str, list[Reading]] = {}
        for record in records:
            current = record.one("current_density", "mA/g")
            if current and is_own(record):
                blocks.setdefault(record.name, []).append(current)
        for left, right in pairwise(blocks.values()):
            same = sum(a.point == b.point for a, b in zip(left, right, strict=False))
            if len(left) == len(right) >= FEWEST and len(left) - 1 <= same:
                yield from (_equal(one, other) for one, other in zip(left, right, strict=True))


def _equal(one: Reading, other: Reading) -> Claim:
    return Claim(
        rule="current_density",
        what=f"current of {other.subject} compared with that of {one.subject}",
        target=other,
        direct=Given(one),
        because="the other currents of the two cells are equal",
        severity="warning",
        soft=True,
        ask="Were the two cells measured at the same currents?",
    )


def _areal(rows: list[Record], one_c: OneC, rounding: Rounding) -> Iterator[Claim]:
    """Areal currents divided by the loading are round C-rates."""
    claims, misses = [], 0
    for record in rows:
        current, loading = record.one("current_density", "mA/cm2"), record.one("loading", "mg/cm2", "cathode")
        if current is None or loading is None:
            continue
        rate = _nearest(current, loading, one_c)
        short = number(one_c.current, one_c.source.split(",", 1)[0])
        claim = Claim(
            rule="current_density",
            what=f"areal current of {record.name}",
            target=current,
            direct=times(number(rate, f"{float(rate):g} C"), short, loading),
            because=f"at the nearest round C-rate; {one_c.source}",
            severity="warning",
            soft=True,
            ask="At which C-rate was this measured?",
        )
        claims.append(claim)
        wanted = current.interval(rounding)
        misses += not wanted.meets(loading.interval(rounding) * exactly(rate * one_c.current))
    if len(claims) >= FEWEST_AREAL and 4 * misses <= len(claims):
        yield from claims


def _nearest(current: Reading, loading: Reading, one_c: OneC) -> Fraction:
    """The round C-rate whose ratio to the actual one is closest to 1."""
    rate = current.point / (loading.point * one_c.current)
    return min(ROUND, key=lambda known: max(known / rate, rate / known) if rate else known)

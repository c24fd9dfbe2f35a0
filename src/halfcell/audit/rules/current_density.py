"""Currents fit the C-rates and loadings they are printed with, and cells that are compared are driven alike."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, number, times
from halfcell.audit.interval import exactly
from halfcell.audit.same_cell import cell_key, cells, is_own, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "current = C-rate × 1C current; areal current = specific current × loading; a range of rates spans a range of "
    "currents"
)
LIMITS = (
    "1C is taken from the text, or from a caption's range of rates that a table's range of currents spans. Areal "
    "currents "
    "are held to round C-rates (0.05, 0.1, 0.2 ... 5 C) only where at least three of a cell's four are round."
)
_RATES = "1/50 1/20 1/10 1/5 1/4 3/10 1/3 2/5 1/2 3/5 7/10 3/4 4/5 1 3/2 2 5/2 3 4 5 6 8 10 20"
ROUND = tuple(Fraction(text) for text in _RATES.split())


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for ranges in captions, for currents of compared cells, and for areal currents."""
    yield from _spans(facts)
    yield from _alike(facts)
    one_c = _one_c(facts)
    if one_c:
        for rows in cells(facts).values():
            yield from _areal(rows, *one_c, facts.settings.rounding)


def _currents(facts: Facts, cell: tuple[str, str, str], table: str = "") -> list[Reading]:
    """The specific currents of one cell in own rows."""
    rows = [r for r in cells(facts).get(cell, []) if not table or r.table == table]
    return [found for record in rows if (found := record.one("current_density", "mA/g"))]


def _spans(facts: Facts) -> Iterator[Claim]:
    """A caption's range of rates and the currents of the same cell: highest / lowest must be the same."""
    for rates in stated(facts, "c_rate", "C"):
        cell = cell_key(rates.subject)
        if rates.upper is None or cell is None or not rates.printed.value:
            continue
        for table in facts.by_table():
            found = sorted(_currents(facts, cell, table), key=lambda reading: reading.point)
            if len(found) < 3:
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
                ask="Do the caption and the table speak of the same runs?",
            )


def _one_c(facts: Facts) -> tuple[Fraction, str] | None:
    """What 1C is in A/kg: as the text defines it, or as a caption's lowest rate and the lowest current give it."""
    for reading in stated(facts, "one_c", "mA/g"):
        return reading.point, f"1C = {reading.text}"
    for rates in stated(facts, "c_rate", "C"):
        cell = cell_key(rates.subject)
        found = sorted(_currents(facts, cell), key=lambda r: r.point) if cell and rates.printed.value else []
        if (
            len(found) >= 3
            and rates.upper
            and found[-1].point * rates.printed.value == found[0].point * rates.upper.value
        ):
            value = found[0].point / rates.printed.value
            return value, f"1C = {float(value):g} mA g–1, from {rates.where} and {found[0].where}"
    return None


def _alike(facts: Facts) -> Iterator[Claim]:
    """Blocks of one table with as many currents each: the n-th of one is the n-th of the other."""
    for records in facts.by_table().values():
        blocks: dict[str, list[Reading]] = {}
        for record in records:
            current = record.one("current_density", "mA/g")
            if current and is_own(record):
                blocks.setdefault(record.name, []).append(current)
        for left, right in pairwise(blocks.values()):
            same = sum(a.point == b.point for a, b in zip(left, right, strict=False))
            if len(left) == len(right) >= 3 and len(left) - 1 <= same:
                for one, other in zip(left, right, strict=True):
                    yield Claim(
                        rule="current_density",
                        what=f"current of {other.subject} beside that of {one.subject}",
                        target=other,
                        direct=Given(one),
                        because="the other currents of the two cells are the same",
                        severity="warning",
                        soft=True,
                        ask="Were the two cells driven alike?",
                    )


def _areal(rows: list[Record], one_c: Fraction, because: str, rounding: Rounding) -> Iterator[Claim]:
    """Areal currents over the loading are round C-rates."""
    claims, misses = [], 0
    for record in rows:
        current, loading = record.one("current_density", "mA/cm2"), record.one("loading", "mg/cm2", "cathode")
        if current is None or loading is None:
            continue
        rate = _nearest(current, loading, one_c)
        expression = times(number(rate, f"{float(rate):g} C"), number(one_c, because.split(",", 1)[0]), loading)
        claim = Claim(
            rule="current_density",
            what=f"areal current of {record.name}",
            target=current,
            direct=expression,
            because=f"the nearest round rate; {because}",
            severity="warning",
            soft=True,
            ask="At which C-rate was this measured?",
        )
        claims.append(claim)
        wanted = current.interval(rounding)
        misses += not wanted.meets(loading.interval(rounding) * exactly(rate * one_c))
    if len(claims) >= 4 and 4 * misses <= len(claims):
        yield from claims


def _nearest(current: Reading, loading: Reading, one_c: Fraction) -> Fraction:
    """The round rate nearest to what the current is, by ratio."""
    rate = current.point / (loading.point * one_c)
    return min(ROUND, key=lambda known: max(known / rate, rate / known) if rate else known)

"""A full cell's mean voltage lies within what its couple allows, and orders with that of comparable cells."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Verdict, place
from halfcell.audit.expression import number
from halfcell.audit.same_cell import is_own
from halfcell.core import names
from halfcell.materials.couples import potential_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "V ≤ (highest mean potential of the cathode) − (lowest of the anode); with one cathode at one current, the anode "
    "with the "
    "higher potential gives the lower V; one couple at one current gives one V"
)
LIMITS = (
    "Mean potentials are ranges over usual cut-offs (materials/couples.toml). Between two cells only differences "
    "beyond the "
    "tolerances below are asked about: cut-offs, utilisation and resistance differ. It asks; it never fails a number."
)
ORDER_VOLT = Fraction(5, 100)  # by how much a cell may lie above one whose anode is lower
MOST = 300  # rows that are compared with each other
SAME_VOLT = Fraction(20, 100)  # by how much two cells of one couple at one current may differ


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Bound each mean voltage; compare those at the same specific current."""
    records = [r for r in facts.records if r.cathode and r.anode and r.one("average_voltage", "V")]
    for record in records:
        yield from _bound(record)
    yield from _compared([r for r in records if is_own(r)], facts.settings.rounding)


def _bound(record: Record) -> Iterator[Claim]:
    """The couple's widest limits."""
    volt, anode, cathode = (
        record.one("average_voltage", "V"),
        potential_range(record.anode),
        potential_range(record.cathode),
    )
    if volt and anode and cathode:
        top = Fraction(round((cathode[1] - anode[0]) * 100), 100)
        yield Claim(
            rule="mean_voltage",
            what=f"mean voltage of {record.name}",
            target=volt,
            direct=number(top, f"{cathode[1]:g} V − {anode[0]:g} V"),
            relation="<=",
            because=f"highest mean potential of {record.cathode}, lowest of any part of {record.anode}",
            severity="warning",
            ask="Is it the mean of the discharge?",
        )


def _compared(records: Sequence[Record], rounding: Rounding) -> Iterator[Finding]:
    """Pairs at the same specific current with the same cathode."""
    found: dict[tuple[str, str], list[str]] = {}
    cells: dict[tuple[str, str], list[Reading]] = {}
    for left, right in combinations(records[:MOST], 2):
        currents = [r.one("current_density", "mA/g") for r in (left, right)]
        if left.cell[2] != right.cell[2] or None in currents:
            continue
        one, other = (c.interval(rounding) for c in currents if c)
        if one.meets(other) and left.kind and right.kind:
            for text, readings in _odd(left, right, rounding):
                key = (left.name, right.name)
                found.setdefault(key, []).append(f"at {currents[0].text if currents[0] else ''} {text}")
                cells.setdefault(key, []).extend(readings)
    for key, texts in found.items():
        yield _asked(key, texts, cells[key])


def _odd(left: Record, right: Record, rounding: Rounding) -> Iterator[tuple[str, list[Reading]]]:
    """What is odd between two cells at one current."""
    one, other = left.one("average_voltage", "V"), right.one("average_voltage", "V")
    if one is None or other is None:
        return
    if names.key(left.anode) == names.key(right.anode):
        if _above(one, other, SAME_VOLT, rounding) or _above(other, one, SAME_VOLT, rounding):
            yield f"{one.text} and {other.text}", [one, other]
        return
    low, high = _ordered(left, right)
    if low and high and left.kind == right.kind:
        upper, lower = low.one("average_voltage", "V"), high.one("average_voltage", "V")
        if upper and lower and _above(lower, upper, ORDER_VOLT, rounding):
            yield f"{high.anode} {lower.text}, {low.anode} {upper.text}", [lower, upper]


def _above(one: Reading, other: Reading, by: Fraction, rounding: Rounding) -> bool:
    return one.interval(rounding).low > other.interval(rounding).high + by


def _ordered(left: Record, right: Record) -> tuple[Record | None, Record | None]:
    """The record with the lower anode potential and the one with the higher, if their ranges tell."""
    a, b = potential_range(left.anode), potential_range(right.anode)
    if a is None or b is None or a[0] + a[1] == b[0] + b[1]:
        return None, None
    return (left, right) if a[0] + a[1] < b[0] + b[1] else (right, left)


def _asked(key: tuple[str, str], texts: list[str], readings: list[Reading]) -> Finding:
    same = names.key(key[0].split("|")[0]) == names.key(key[1].split("|")[0])
    why = "the same couple" if same else "the anode with the higher potential gives the higher cell voltage"
    return Finding(
        rule="mean_voltage",
        verdict=Verdict.SEEN,
        severity="warning",
        what=f"mean voltages of {key[0]} and {key[1]}",
        explain=f"{'; '.join(texts)}: {why}",
        places=tuple(dict.fromkeys(place(reading) for reading in readings)),
        ask="Are both the mean of a discharge (energy over charge), of the same cycle?",
    )

"""The mean voltage of a full cell is possible for its electrode couple and consistent with comparable cells."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.expression import number
from halfcell.audit.same_cell import is_own
from halfcell.core import material_names
from halfcell.materials import alkali_hosts
from halfcell.materials.confirmed_hosts import potential_range, potentials_checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding
    from halfcell.materials.carriers import Carrier

FORMULA = (
    "V ≤ (highest mean potential of the cathode) − (lowest of the anode); with the same cathode and current, the anode "
    "with the higher potential gives the lower V; the same couple at the same current gives the same V"
)
LIMITS = (
    "Mean potentials are ranges over usual cut-off voltages (materials/couples.toml). Between two cells only "
    "differences beyond a tolerance (0.05 V against the order of the anodes, 0.20 V for the same couple) raise a "
    "question, since cut-off voltages, utilisation and resistance differ. A comparison never fails."
)
ORDER_VOLT = Fraction(5, 100)  # by how much a cell may exceed one whose anode has the lower potential
SAME_VOLT = Fraction(20, 100)  # by how much two cells of one couple at one current may differ
MOST = 300  # rows that are compared with each other


@dataclass(frozen=True, kw_only=True)
class _Oddity:
    """Two mean voltages that do not fit together, in words."""

    text: str
    readings: tuple[Reading, Reading]


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Bound each mean voltage, and compare those at the same specific current."""
    records = [r for r in facts.records if r.cathode and r.anode and r.one("average_voltage", "V")]
    for record in records:
        yield from _bound(record, facts.carriers.get(record.table, "Li"))
    records = [r for r in records if facts.carriers.get(r.table, "Li") == "Li"]  # the orders are those of lithium
    yield from _compared([r for r in records if is_own(r)], facts.settings.rounding)


def _bound(record: Record, carrier: Carrier) -> Iterator[Claim]:
    """The widest limits of the couple."""
    volt, lithium = record.one("average_voltage", "V"), carrier == "Li"
    anode, cathode = (
        potential_range(name) if lithium else alkali_hosts.potential_range(carrier, name)
        for name in (record.anode, record.cathode)
    )
    if volt and anode and cathode:
        top = Fraction(round((cathode[1] - anode[0]) * 100), 100)
        yield Claim(
            rule="mean_voltage",
            what=f"mean voltage of {record.name}",
            target=volt,
            direct=number(top, f"{cathode[1]:g} V − {anode[0]:g} V"),
            relation="<=",
            because=f"highest mean potential of {record.cathode}, lowest of any component of {record.anode}",
            severity="warning",
            soft=not (lithium and potentials_checked(record.anode) and potentials_checked(record.cathode)),
            ask="Is it the mean voltage of the discharge?",
        )


def _compared(records: Sequence[Record], rounding: Rounding) -> Iterator[Finding]:
    """Pairs of cells at the same specific current with the same cathode."""
    found: dict[tuple[str, str], list[_Oddity]] = {}
    for left, right in combinations(records[:MOST], 2):
        one, other = left.one("current_density", "mA/g"), right.one("current_density", "mA/g")
        if left.cell.cathode != right.cell.cathode or one is None or other is None:
            continue
        if one.interval(rounding).meets(other.interval(rounding)) and left.kind and right.kind:
            oddity = _odd(left, right, one, rounding)
            if oddity:
                found.setdefault((left.name, right.name), []).append(oddity)
    for pair, oddities in found.items():
        yield _asked(pair, oddities)


def _odd(left: Record, right: Record, current: Reading, rounding: Rounding) -> _Oddity | None:
    """What does not fit between two cells at one current."""
    one, other = left.one("average_voltage", "V"), right.one("average_voltage", "V")
    if one is None or other is None:
        return None
    if material_names.key(left.anode) == material_names.key(right.anode):
        if _above(one, other, SAME_VOLT, rounding) or _above(other, one, SAME_VOLT, rounding):
            return _Oddity(text=f"{one.text} and {other.text} at {current.text}", readings=(one, other))
        return None
    low, high = _ordered(left, right)
    if low and high and left.kind == right.kind:
        upper, lower = low.one("average_voltage", "V"), high.one("average_voltage", "V")
        if upper and lower and _above(lower, upper, ORDER_VOLT, rounding):
            text = f"{high.anode} gives {lower.text} and {low.anode} {upper.text} at {current.text}"
            return _Oddity(text=text, readings=(lower, upper))
    return None


def _above(one: Reading, other: Reading, by: Fraction, rounding: Rounding) -> bool:
    return one.interval(rounding).low > other.interval(rounding).high + by


def _ordered(left: Record, right: Record) -> tuple[Record | None, Record | None]:
    """The record with the lower anode potential and the one with the higher; None if their ranges do not tell."""
    a, b = potential_range(left.anode), potential_range(right.anode)
    if a is None or b is None or a[0] + a[1] == b[0] + b[1]:
        return None, None
    return (left, right) if a[0] + a[1] < b[0] + b[1] else (right, left)


def _asked(pair: tuple[str, str], oddities: Sequence[_Oddity]) -> Finding:
    one, other = pair
    same = material_names.key(one.split("|")[0]) == material_names.key(other.split("|")[0])
    why = "the couple is the same" if same else "the anode with the higher potential gives the higher cell voltage"
    return Finding(
        rule="mean_voltage",
        verdict=Verdict.SEEN,
        severity="warning",
        what=f"mean voltages of {one} and {other}",
        explain=f"{'; '.join(oddity.text for oddity in oddities)}: {why}",
        places=tuple(dict.fromkeys(reading.place for oddity in oddities for reading in oddity.readings)),
        ask="Are both mean voltages of a discharge (energy / charge), and of the same cycle?",
    )

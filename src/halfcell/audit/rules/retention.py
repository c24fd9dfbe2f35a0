"""A capacity retention is the last capacity over the reference capacity that is printed with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.expression import evaluate, minus, number, over
from halfcell.audit.verdicts import agrees, decimal_text
from halfcell.core.units import PLAIN, parse
from halfcell.materials.couples import highest_capacity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "retention = capacity after n cycles / capacity of the reference cycle"
LIMITS = (
    "The reference cycle is often not printed. Then the reference capacity that the two numbers imply is calculated "
    "and only compared with the theoretical capacity of the host."
)
_AFTER = re.compile(r"\bafter\b|\bfinal\b|\blast\b|\bretain|\bremain|\bresidual\b|\bend\b", re.IGNORECASE)
_FINAL = re.compile(r"\bfinal\b|\bend of life\b|\beol\b|\baged\b|\blast\b", re.IGNORECASE)
UNITS = ("mAh/g", "mAh", "mAh/cm2")
MAH_PER_G = parse(UNITS[0]) or PLAIN
LAST = ("reversible_capacity", "discharge_capacity", "charge_capacity", "capacity")
FIRST = ("initial_charge_capacity", "initial_discharge_capacity")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it if both capacities are printed; else calculate what the numbers imply."""
    for records in facts.by_table().values():
        rows = [row for record in records for unit in UNITS for row in _rows(record, unit)]
        yield from _claims([row for row in rows if row.first], facts.settings.rounding)
        for row in rows:
            if not row.first and row.retention.quantity == "capacity_retention" and row.last.unit.fits(MAH_PER_G):
                yield from _implied(row.record, row.retention, row.last)


class _Row(NamedTuple):
    """A retention with the last capacity and the first ones that it may refer to, the likeliest first."""

    record: Record
    retention: Reading
    last: Reading
    first: tuple[Reading, ...]


def _rows(record: Record, unit: str) -> Iterator[_Row]:
    """The numbers of one record for each of its retentions whose last capacity is printed."""
    one = record.one("capacity_retention") or _loss(record)
    for retention in [one] if one else _numbered(record):
        last = next((r for name in LAST if (r := _last(record, name, retention, unit))), None)
        if last and (one or retention.at in {"", last.at} or not last.at):
            yield _Row(record, retention, last, _first(record, last, unit))


def _numbered(record: Record) -> list[Reading]:
    """Several retentions of one record, if each says after how many cycles, and no two the same."""
    found = list(record.all("capacity_retention"))
    cycles = {reading.cycle for reading in found}
    return found if None not in cycles and len(cycles) == len(found) else []


def _loss(record: Record) -> Reading | None:
    """A loss of capacity in per cent, where no retention is printed."""
    loss = record.one("capacity_loss", "%")
    return loss if loss and loss.unit.kind == "%" and "cycle" not in loss.unit.text else None


def _claims(rows: Sequence[_Row], rounding: Rounding) -> Sequence[Claim]:
    """The claims of one table, with the reference that most of its rows follow."""
    keys = dict.fromkeys((first.quantity, first.at) for row in rows for first in row.first)
    usual = [_claim(row, row.first[0]) for row in rows]
    ways = [usual, *([_claim(row, _of_key(row, key)) for row in rows] for key in keys)]
    scores = [sum(agrees(claim, rounding) for claim in way) for way in ways]
    if len(rows) > 1 and not max(scores):
        return ()  # another reference cycle, which is not printed
    return ways[scores.index(max(scores))] if rows else ()


def _of_key(row: _Row, key: tuple[str, str]) -> Reading:
    return next((first for first in row.first if (first.quantity, first.at) == key), row.first[0])


def _claim(row: _Row, reference: Reading) -> Claim:
    cycles, kept = _cycles(row.record, row.last), over(row.last, reference)
    return Claim(
        rule="retention",
        what=f"retention of {row.record.name}" + (f" after {cycles} cycles" if cycles else ""),
        target=row.retention,
        direct=minus(number(1, "1"), kept) if row.retention.quantity == "capacity_loss" else kept,
        because=f"relative to the {reference.label.lower()}",
        severity="warning",
        soft=True,
        ask="Which is the reference cycle, and which number was measured?",
    )


def _last(record: Record, name: str, retention: Reading, unit: str) -> Reading | None:
    """The capacity after the cycles that the retention counts; of several, the last one if the retention says none."""
    found = [reading for reading in record.all(name, unit) if _fits(record, reading, retention)]
    if len(found) > 1 and retention.cycle is None:
        latest = max(_cycles(record, reading) or 0 for reading in found)
        found = [reading for reading in found if _cycles(record, reading) == latest]
    return found[0] if len(found) == 1 else None


def _first(record: Record, last: Reading, unit: str) -> tuple[Reading, ...]:
    """The first capacities that a last one may refer to: at the same rate, of the same half cycle if it is named."""
    same = {
        "charge_capacity": (FIRST[0], "initial_capacity"), "discharge_capacity": (FIRST[1], "initial_capacity")
    }.get(last.quantity, (*FIRST, "initial_capacity"))  # fmt: skip
    found = [reading for name in same for reading in record.all(name, unit)]
    found = found or [r for r in record.all(last.quantity, unit) if 1 < (r.cycle or 0) < (last.cycle or 0)][:1]
    alike = [reading for reading in found if reading.at == last.at]
    found = alike or found
    anode = record.kind is not None and record.kind.is_anode_half
    return tuple(found if anode else reversed(found))


def _cycles(record: Record, last: Reading) -> int | None:
    """After how many cycles a capacity was measured: in its head or cell, or in a column of cycles."""
    column = record.one("cycle")
    if last.cycle is not None or column is None or not _AFTER.search(last.label):
        return last.cycle
    return int(column.point) if column.point.denominator == 1 else None


def _fits(record: Record, last: Reading, retention: Reading) -> bool:
    """Whether a capacity is the one after the cycles that the retention counts."""
    cycle = _cycles(record, last)
    if cycle is None:
        return retention.cycle is None and bool(_FINAL.search(last.label))
    return cycle > 1 and retention.cycle in {None, cycle}


def _implied(record: Record, retention: Reading, last: Reading) -> Iterator[Finding]:
    """The reference capacity that the numbers imply, compared with the theoretical capacity of the host."""
    implied = evaluate(over(last, retention), lambda reading: reading.interval())
    limit = highest_capacity(record.cathode or record.anode or record.subject)
    if implied is None:
        return
    low, high = (end / last.unit.scale for end in (implied.low, implied.high))
    span = f"{decimal_text(low, 1)} to {decimal_text(high, 1)} {last.unit.text}"
    text = f"{last.text} after {_cycles(record, last)} cycles and a retention of {retention.text}"
    text += f" imply a reference capacity of {span}"
    if limit and float(low) > limit[0]:
        yield Finding(
            rule="retention",
            verdict=Verdict.SEEN,
            severity="warning",
            what=f"reference capacity of {record.name}",
            explain=f"{text}, which is above the theoretical {limit[0]:.0f} mAh/g ({limit[1]})",
            places=(retention.place, last.place),
            ask="Is the capacity based on another mass?",
        )
    elif record.own:
        yield Finding(
            rule="retention",
            verdict=Verdict.UNCHECKED,
            severity="note",
            what=f"retention of {record.name} after {_cycles(record, last)} cycles",
            explain=f"{text}; the reference cycle is not printed",
            places=(retention.place, last.place),
            printed=retention.text,
        )

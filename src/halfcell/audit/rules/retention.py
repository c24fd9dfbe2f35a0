"""A capacity retention is the last capacity over the reference capacity that is printed with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.expression import evaluate, over
from halfcell.audit.verdicts import decimal_text
from halfcell.materials.couples import highest_capacity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "retention = capacity after n cycles / capacity of the reference cycle"
LIMITS = (
    "The reference cycle is often not printed. Then the reference capacity that the two numbers imply is calculated "
    "and only compared with the theoretical capacity of the host."
)
_AFTER = re.compile(r"\bafter\b|\bfinal\b|\blast\b|\bretain|\bremain|\bresidual\b|\bend\b", re.IGNORECASE)
LAST = ("reversible_capacity", "discharge_capacity", "charge_capacity", "capacity")
FIRST = ("initial_charge_capacity", "initial_discharge_capacity")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it if both capacities are printed; else calculate what the numbers imply."""
    for record in facts.records:
        retention = record.one("capacity_retention")
        if retention is None:
            continue
        last = next((r for name in LAST if (r := _last(record, name, retention))), None)
        if last:
            yield from _judged(record, retention, last)


def _last(record: Record, name: str, retention: Reading) -> Reading | None:
    """The capacity after the cycles that the retention counts; of several, the last one if the retention says none."""
    found = [reading for reading in record.all(name, "mAh/g") if _fits(record, reading, retention)]
    if len(found) > 1 and retention.cycle is None:
        latest = max(_cycles(record, reading) or 0 for reading in found)
        found = [reading for reading in found if _cycles(record, reading) == latest]
    return found[0] if len(found) == 1 else None


def _cycles(record: Record, last: Reading) -> int | None:
    """After how many cycles a capacity was measured: in its head or cell, or in a column of cycles."""
    column = record.one("cycle")
    if last.cycle is not None or column is None or not _AFTER.search(last.label):
        return last.cycle
    return int(column.point) if column.point.denominator == 1 else None


def _fits(record: Record, last: Reading, retention: Reading) -> bool:
    """Whether a capacity is the one after the cycles that the retention counts."""
    cycle = _cycles(record, last)
    return cycle is not None and cycle > 1 and retention.cycle in {None, cycle}


def _judged(record: Record, retention: Reading, last: Reading) -> Iterator[Claim | Finding]:
    first = [r for name in _first(last) if (r := record.one(name, "mAh/g"))]
    kind = record.kind
    if first:
        reference = first[0] if (kind and kind.is_anode_half) or len(first) == 1 else first[-1]
        yield Claim(
            rule="retention",
            what=f"retention of {record.name} after {_cycles(record, last)} cycles",
            target=retention,
            direct=over(last, reference),
            because=f"relative to the {reference.label.lower()}",
            severity="warning",
            soft=True,
            ask="Which is the reference cycle, and which number was measured?",
        )
    else:
        yield from _implied(record, retention, last)


def _first(last: Reading) -> tuple[str, ...]:
    """The first capacities that a later one may refer to: of the same half cycle, if it is named."""
    same = {
        "charge_capacity": (FIRST[0], "initial_capacity"), "discharge_capacity": (FIRST[1], "initial_capacity")
    }  # fmt: skip
    return same.get(last.quantity, (*FIRST, "initial_capacity"))


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

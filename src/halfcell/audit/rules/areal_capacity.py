"""An areal capacity is the specific capacity times the loading it is counted on, in one row or across tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import times
from halfcell.audit.rules.energy import CAPACITIES
from halfcell.audit.same_cell import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "areal capacity = specific capacity × loading of the electrode that the capacity is counted on"
LIMITS = (
    "Across tables only for the same cell (anode, cathode) at the same current: where areal current / loading is the "
    "specific "
    "current within rounding. A loading per electrode instead of per active material makes it fail."
)

MOST = 300  # rows of one cell that are compared with each other


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it inside each row, and between rows of one cell at one current."""
    for record in facts.records:
        areal, loading = record.one("areal_capacity", "mAh/cm2"), _loading(record)
        specific = _specific(record)
        if areal and loading and specific:
            yield _claim(record, areal, specific, loading, "")
    for rows in cells(facts).values():
        yield from _across(rows[:MOST], facts.settings.rounding)


def _across(rows: list[Record], rounding: Rounding) -> Iterator[Claim]:
    """Pairs of rows: one with areal capacity, areal current and loading; one with specific capacity and current."""
    for left in rows:
        areal, loading, current = left.one("areal_capacity"), _loading(left), left.one("current_density", "mA/cm2")
        for right in rows if areal and loading and current else ():
            specific, other = _specific(right), right.one("current_density", "mA/g")
            if right.table == left.table or not (specific and other and areal and loading and current):
                continue
            if current.interval(rounding).meets(other.interval(rounding) * loading.interval(rounding)):
                same = f"{right.table} at {other.text}, which is {current.text} at {loading.text}"
                yield _claim(left, areal, specific, loading, same)


def _claim(record: Record, areal: Reading, specific: Reading, loading: Reading, because: str) -> Claim:
    return Claim(
        rule="areal_capacity",
        what=f"areal capacity of {record.name}",
        target=areal,
        direct=times(specific, loading),
        because=because,
        ask="Is the loading that of the active material, and which number is as measured?",
    )


def _loading(record: Record) -> Reading | None:
    return record.one("loading", "mg/cm2", "cathode") or record.one("loading", "mg/cm2")


def _specific(record: Record) -> Reading | None:
    return next((found for name in CAPACITIES if (found := record.one(name, "mAh/g"))), None)

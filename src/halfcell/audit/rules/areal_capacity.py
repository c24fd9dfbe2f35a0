"""An areal capacity is the specific capacity times the loading it is based on, within a row or across tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import times
from halfcell.audit.rules.energy import specific_capacity
from halfcell.audit.same_cell import full_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "areal capacity = specific capacity × loading of the electrode that the capacity is based on"
LIMITS = (
    "Across tables it compares only rows of the same cell (anode, cathode) at the same current: areal current divided "
    "by loading must be the specific current within rounding. It fails if the loading is that of the electrode instead "
    "of the active material."
)
MOST = 300  # rows of one cell that are compared with each other


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it within each row, and between rows of one cell at the same current."""
    for record in facts.records:
        areal, loading = record.one("areal_capacity", "mAh/cm2"), _loading(record)
        specific = specific_capacity(record)
        if areal and loading and specific:
            yield _claim(record, areal, specific, loading, "")
    for rows in full_cells(facts).values():
        yield from _across(rows[:MOST], facts.settings.rounding)


def _across(rows: list[Record], rounding: Rounding) -> Iterator[Claim]:
    """Pairs of rows: one with areal capacity, areal current and loading; one with specific capacity and current."""
    for left in rows:
        areal, loading, current = left.one("areal_capacity"), _loading(left), left.one("current_density", "mA/cm2")
        for right in rows if areal and loading and current else ():
            specific, other = specific_capacity(right), right.one("current_density", "mA/g")
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
        ask="Is the loading that of the active material, and which of the numbers was measured?",
    )


def _loading(record: Record) -> Reading | None:
    return record.one("loading", "mg/cm2", "cathode") or record.one("loading", "mg/cm2")

"""The fractions of a composition add up to at most 100 %, and to 100 % if those of the other rows do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.heads.materials import ELEMENTS
from halfcell.audit.interval import Interval, exactly
from halfcell.audit.verdicts import outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "Σ fractions ≤ 100 % (all in wt%, at%, mol% or vol%); = 100 % if all other rows of the table add up to 100 %"
LIMITS = "It needs at least three columns of fractions in one unit; efficiencies, retentions, porosities are left out."
UNITS = ("wt%", "at%", "mol%", "vol%")
FRACTIONS = {"", "mass_fraction", "composition"}
WHOLE = exactly(1)
TOTAL = re.compile(r"\b(total|sum)\b", re.IGNORECASE)
FEWEST = 3  # fractions of a composition, and rows of a table


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Add up the fractions of each row."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        groups = dict.fromkeys(_group(r) for record in records for r in record.readings)
        for unit, group in ((unit, group) for unit in UNITS for group in groups):
            found = [(record, _fractions(record, unit, group)) for record in records]
            rows = [(record, parts) for record, parts in found if len(parts) >= FEWEST and not _has_gap(record, parts)]
            rows = [(record, parts) for record, parts in rows if not _names_one_twice(parts)]
            whole = [_sum(parts, rounding).meets(WHOLE) for _, parts in rows]
            for (record, parts), is_whole in zip(rows, whole, strict=True):
                others = len(rows) >= FEWEST and sum(whole) >= len(rows) - 1
                yield _finding(record, parts, _sum(parts, rounding), is_whole or not others)


def _fractions(record: Record, unit: str, group: str) -> list[Reading]:
    """The fractions below one spanning head; a total is not a part."""
    return [
        reading
        for reading in record.readings
        if reading.unit.kind == unit
        and reading.quantity in FRACTIONS
        and not reading.sign
        and _group(reading) == group
        and not TOTAL.search(reading.label)
    ]


def _names_one_twice(parts: Sequence[Reading]) -> bool:
    """Whether two parts begin with one element or material: S in the composite and S in the cathode are no parts."""
    first = [part.label.split()[0] for part in parts if " in " in part.label or " of " in part.label]
    return len(set(first)) < len(first)


def _has_gap(record: Record, parts: Sequence[Reading]) -> bool:
    """Whether a number whose head was not understood stands among the parts: it may be one."""
    ends = (min(part.column for part in parts), max(part.column for part in parts))
    return any(not r.quantity and not r.has_unit and ends[0] < r.column < ends[1] for r in record.readings)


def _group(reading: Reading) -> str:
    """What several fractions stand below: a spanning head, or the words before the symbol of an element."""
    words = reading.label.split()
    return reading.group or (" ".join(words[:-1]) if words and words[-1] in ELEMENTS else "")


def _sum(parts: list[Reading], rounding: Rounding) -> Interval:
    total = exactly(0)
    for reading in parts:
        total = total + reading.interval(rounding)
    return total


def _finding(record: Record, parts: list[Reading], total: Interval, as_usual: bool) -> Finding:
    """One row: it fails above 100 %, and raises a question below if the other rows give 100 %."""
    too_much = total.low > 1
    verdict = Verdict.FAILS if too_much else Verdict.HOLDS if as_usual else Verdict.SEEN
    terms = " + ".join(reading.text for reading in parts)
    ends = " to ".join(dict.fromkeys(f"{float(end) * 100:g}" for end in (total.low, total.high)))
    words = "the other rows add up to 100 %" if verdict is Verdict.SEEN else outcome(verdict)
    return Finding(
        rule="composition",
        verdict=verdict,
        severity="note" if verdict is Verdict.HOLDS else "error" if too_much else "warning",
        what=f"composition of {record.name}",
        explain=f"{terms} = {ends} %: {words}",
        places=tuple(reading.place for reading in parts),
        ask="" if verdict is Verdict.HOLDS else "Which fraction was weighed, and is one left out?",
    )

"""A cumulative column is the running sum of another one; a cumulative efficiency is the running product."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, Given, plus, times

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "S_1 = x_1; S_i = S_(i−1) + x_i; of Coulombic efficiencies P_1 = CE_1; P_i = P_(i−1) CE_i"
LIMITS = (
    "The head must say so (cumulative, accumulated, running total), and one other column must be in its unit; it is "
    "compared only where most rows agree."
)
EFFICIENCIES = {"coulombic_efficiency", "initial_coulombic_efficiency"}
_CUMULATIVE = re.compile(r"\b(?:cumulative|cumulated|accumulated|accumulative|running (?:total|sum))\b", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with such a column."""
    for records in facts.by_table().values():
        yield from if_most_agree(_claims(records), facts.settings.rounding)


def _claims(records: Sequence[Record]) -> list[Claim]:
    found = []
    before: Reading | None = None
    for place, record in enumerate(records):
        pair = _pair(record)
        if pair is None:
            return []
        whole, part = pair
        found.append(
            Claim(
                rule="cumulative_sums",
                what=f"{whole.label.lower()} of {record.name}",
                target=whole,
                direct=_with(before if place else None, part),
                severity="warning",
                soft=True,
                ask="Are all steps in the table?",
            )
        )
        before = whole
    return found


def _with(before: Reading | None, part: Reading) -> Expression:
    """The sum up to a row, or the product of efficiencies."""
    if before is None:
        return Given(part)
    return times(before, part) if part.quantity in EFFICIENCIES else plus(before, part)


def _pair(record: Record) -> tuple[Reading, Reading] | None:
    """The cumulative number of a row, and the number that is added in it."""
    exact = [r for r in record.readings if not r.sign and r.upper is None and r.unit.text]
    wholes = [r for r in exact if _CUMULATIVE.search(r.label)]
    if len(wholes) != 1:
        return None
    parts = [r for r in exact if r is not wholes[0] and r.unit.text == wholes[0].unit.text]
    return (wholes[0], parts[0]) if len(parts) == 1 else None

"""The shares of a composition do not exceed the whole, and make it where those of the other rows do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict, place
from halfcell.audit.interval import Interval, exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "Σ shares ≤ 100 % (of one kind: wt%, at%, mol% or vol%); = 100 % where all other rows of the table make it"
LIMITS = "At least three columns of shares of one kind; efficiencies, retentions and porosities are no shares."
KINDS = ("wt%", "at%", "mol%", "vol%")
SHARES = {"", "mass_fraction"}
WHOLE = exactly(1)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Sum the shares of each row."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        for kind in KINDS:
            rows = [(record, shares) for record in records if len(shares := _shares(record, kind)) >= 3]
            whole = [_sum(shares, rounding).meets(WHOLE) for _, shares in rows]
            for (record, shares), makes in zip(rows, whole, strict=True):
                others = len(rows) >= 3 and sum(whole) >= len(rows) - 1
                yield _finding(record, shares, _sum(shares, rounding), makes or not others)


def _shares(record: Record, kind: str) -> list[Reading]:
    return [r for r in record.readings if r.unit.kind == kind and r.quantity in SHARES and not r.sign]


def _sum(shares: list[Reading], rounding: Rounding) -> Interval:
    total = exactly(0)
    for reading in shares:
        total = total + reading.interval(rounding)
    return total


def _finding(record: Record, shares: list[Reading], total: Interval, usual: bool) -> Finding:
    """One row: more than the whole fails, less than the others' whole is asked about."""
    too_much = total.low > 1
    verdict = Verdict.FAILS if too_much else Verdict.HOLDS if usual else Verdict.SEEN
    terms = " + ".join(reading.text for reading in shares)
    return Finding(
        rule="composition",
        verdict=verdict,
        severity="note" if verdict is Verdict.HOLDS else "error" if too_much else "warning",
        what=f"composition of {record.name}",
        explain=f"{terms} = {float(total.low) * 100:g} to {float(total.high) * 100:g} %: {verdict.value}",
        places=tuple(place(reading) for reading in shares),
        ask="" if verdict is Verdict.HOLDS else "Which share is as weighed, and is one left out?",
    )

"""In a table with a row per cycle or rate, a printed retention is the capacity over that of the reference row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = (
    "retention = capacity / capacity of the row that prints 100 %, else of the first row; of rates: Q(2C) / Q(0.1C)"
)
LIMITS = "Rows of one subject only; it is compared where most rows agree."
CAPACITIES = (
    "discharge_capacity", "charge_capacity", "reversible_capacity", "capacity", "rate_performance",
    "initial_discharge_capacity", "initial_charge_capacity", "areal_capacity",
)  # fmt: skip
SHARES = ("rate_retention", "capacity_retention", "rate_ratio")
STEPS = ("cycle", "c_rate", "current_density", "temperature")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for the rows of each subject, and for ratios of two rates in one row."""
    for records in facts.by_table().values():
        for rows in _by_subject(records).values():
            yield from if_most_agree(_of_rows(rows), facts.settings.rounding)
        for record in records:
            yield from _of_rates(record)


def _by_subject(records: Sequence[Record]) -> dict[str, list[Record]]:
    """The rows of each subject that have a cycle, a rate or a temperature."""
    found: dict[str, list[Record]] = {}
    for record in records:
        if any(record.one(name) for name in STEPS):
            found.setdefault(record.subject, []).append(record)
    return found


def _of_rows(rows: Sequence[Record]) -> list[Claim]:
    pairs = [(row, pair) for row in rows if (pair := _pair(row))]
    if len(pairs) < 2:
        return []
    whole = [capacity for _, (capacity, share) in pairs if share.point == 1]
    reference = whole[0] if len(whole) == 1 else pairs[0][1][0]
    return [
        Claim(
            rule="row_retention",
            what=f"{share.label.lower()} of {row.name}",
            target=share,
            direct=over(capacity, reference),
            because=f"relative to {reference.text}",
            severity="warning",
            soft=True,
            ask="Which row is the reference?",
        )
        for row, (capacity, share) in pairs
        if capacity is not reference
    ]


def _pair(row: Record) -> tuple[Reading, Reading] | None:
    """The one capacity and the one retention of a row."""
    shares = [r for name in SHARES for r in row.all(name) if r.unit.kind == "%"]
    capacities = [r for name in CAPACITIES for r in row.all(name)]
    return (capacities[0], shares[0]) if len(shares) == len(capacities) == 1 else None


def _of_rates(record: Record) -> Iterator[Claim]:
    """``2C/0.1C (%)`` beside the capacities at both rates."""
    for ratio in record.all("rate_ratio"):
        rates = [_bare(rate) for rate in ratio.at.split(";")]
        found = {_bare(r.at): r for name in (*CAPACITIES, "at_condition") for r in record.all(name) if r.at}
        if len(rates) == 2 and set(rates) <= set(found):
            yield Claim(
                rule="row_retention",
                what=f"{ratio.label} of {record.name}",
                target=ratio,
                direct=over(found[rates[0]], found[rates[1]]),
                severity="warning",
                ask="Which of the three numbers was measured?",
            )


def _bare(rate: str) -> str:
    return rate.replace(" ", "").strip("()")

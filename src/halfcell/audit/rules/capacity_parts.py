"""A capacity is the sum of its plateau and its slope, and their shares follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import over, plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "Q = Q_plateau + Q_slope; share of the plateau = Q_plateau / Q"
LIMITS = "All three must be of one half cycle; the total is the one column of capacities that is neither part."
TOTALS = (
    "total_capacity", "reversible_capacity", "capacity", "charge_capacity", "initial_charge_capacity",
    "discharge_capacity",
)  # fmt: skip


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with both parts."""
    for record in facts.records:
        plateau, slope = record.one("plateau_capacity", "mAh/g"), record.one("slope_capacity", "mAh/g")
        if plateau and slope:
            yield from _total(record, plateau, slope)
            for part in (plateau, slope):
                share = record.one(part.quantity, "%")
                if share:
                    yield _share(record, part, share, plateau, slope)


def _total(record: Record, plateau: Reading, slope: Reading) -> Iterator[Claim]:
    totals = [total for name in TOTALS for total in record.all(name, "mAh/g")]
    if len(totals) == 1:
        yield Claim(
            rule="capacity_parts",
            what=f"{totals[0].label} of {record.name} as the sum of plateau and slope",
            target=totals[0],
            direct=plus(plateau, slope),
            severity="warning",
            ask="Are the three of the same half cycle?",
        )


def _share(record: Record, part: Reading, share: Reading, plateau: Reading, slope: Reading) -> Claim:
    return Claim(
        rule="capacity_parts",
        what=f"{part.label} of {record.name} as a share",
        target=share,
        direct=over(part, plus(plateau, slope)),
        severity="warning",
        ask="Is it the share of the same total?",
    )

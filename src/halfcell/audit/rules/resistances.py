"""A total resistance is the sum of those in series; an area-specific resistance is the resistance times the area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import number, over, plus, times
from halfcell.audit.rules.conductivity import area_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "R_total = Σ R_i; ASR = R A, or R A / 2 for both interfaces of a symmetric cell"
LIMITS = "It is compared only where most rows agree: a total may leave out the electrolyte."
PARTS = ("resistance", "area_resistance")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check both for each table."""
    for records in facts.by_table().values():
        for make in (_sum, _areal, _half):
            claims = [claim for record in records if (claim := make(record))]
            yield from if_most_agree(claims, facts.settings.rounding)


def _sum(record: Record) -> Claim | None:
    totals = record.all("total_resistance")
    parts = [r for name in PARTS for r in record.all(name) if totals and r.unit.fits(totals[0].unit)]
    if len(totals) != 1 or len(parts) < 2:
        return None
    return Claim(
        rule="resistances",
        what=f"total resistance of {record.name}",
        target=totals[0],
        direct=plus(*parts),
        severity="warning",
        soft=True,
        ask="Which resistances does the total count?",
    )


def _areal(record: Record, halves: int = 1) -> Claim | None:
    specific, area = record.one("area_resistance", "ohm cm2"), area_of(record)
    found = [r for name in ("resistance", "total_resistance") for r in record.all(name, "ohm")]
    if specific is None or area is None or len(found) != 1:
        return None
    return Claim(
        rule="resistances",
        what=f"area-specific resistance of {record.name}",
        target=specific,
        direct=times(found[0], area) if halves == 1 else over(times(found[0], area), number(halves)),
        severity="warning",
        soft=True,
        ask="Which area was used, and is the resistance that of one interface or of two?",
    )


def _half(record: Record) -> Claim | None:
    return _areal(record, 2)

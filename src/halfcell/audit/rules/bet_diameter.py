"""The diameter of spheres that have a BET area is six over density and area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import number, over, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "d = 6 / (ρ S), for spheres of one size (d_32 of others)"
LIMITS = "The density of the material must be printed in the row; it is compared only where most rows agree."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with area, density and diameter."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for record in records if (c := _claim(record))], facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    size, area, density = record.one("bet_diameter"), record.one("bet_area", "m2/g"), record.one("density", "g/cm3")
    if size is None or area is None or density is None:
        return None
    return Claim(
        rule="bet_diameter",
        what=f"diameter from the BET area of {record.name}",
        target=size,
        direct=over(number(6), times(area, density)),
        severity="warning",
        soft=True,
        ask="Which density was used, and is the diameter that of spheres?",
    )

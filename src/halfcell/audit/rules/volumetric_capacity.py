"""A capacity per volume is the capacity per area over the thickness of the coating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "q_V = q_A / thickness"
LIMITS = "The thickness must be that of the coating at the state that is meant; it is compared where most rows agree."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with the three numbers."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    whole, areal, thickness = _in_unit(record, "mAh/cm3"), record.one("areal_capacity", "mAh/cm2"), _thickness(record)
    if not (whole and areal and thickness):
        return None
    return Claim(
        rule="volumetric_capacity",
        what=f"{whole.label.lower()} of {record.name}",
        target=whole,
        direct=over(areal, thickness),
        severity="warning",
        soft=True,
        ask="Is the thickness that of the coating, in the state that is meant?",
    )


def _in_unit(record: Record, unit: str) -> Reading | None:
    wanted = parse(unit)
    found = [r for r in record.readings if wanted and r.unit.fits(wanted) and not r.sign and r.upper is None]
    return found[0] if len(found) == 1 else None


def _thickness(record: Record) -> Reading | None:
    """The one length that is called a thickness, whatever else its head says."""
    unit = parse("µm")
    found = [r for r in record.readings if unit and r.unit.fits(unit) and "thick" in r.label.lower() and not r.sign]
    return found[0] if len(found) == 1 else None

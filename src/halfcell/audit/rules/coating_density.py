"""The density of a coating is its loading over its thickness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "ρ = loading / thickness"
LIMITS = (
    "Loading and thickness must be of the coating, without the collector; it is compared only where most rows agree."
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with the three numbers."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    density, loading = record.one("density", "g/cm3"), record.one("loading", "mg/cm2")
    thickness = record.one("thickness", "µm")
    if not (density and loading and thickness):
        return None
    return Claim(
        rule="coating_density",
        what=f"density of the coating of {record.name}",
        target=density,
        direct=over(loading, thickness),
        severity="warning",
        soft=True,
        ask="Is the thickness that of the coating, without the current collector?",
    )

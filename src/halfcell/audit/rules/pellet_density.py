"""A pellet's density is its mass over its volume, and its relative density that over the theoretical one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import closer_if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, over, times
from halfcell.audit.rules.conductivity import area_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "ρ = m / (A L); relative density = ρ / ρ_theoretical ≤ 100 %"
LIMITS = "Mass, area (or diameter) and thickness must be of the same pellet, without collectors."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check both for each record that has the numbers."""
    for records in facts.by_table().values():
        made = [(_density(record, nominal=False), _density(record, nominal=True)) for record in records]
        yield from closer_if_most_agree([(a, b) for a, b in made if a and b], facts.settings.rounding)
    for record in facts.records:
        yield from _relative(record)


def _density(record: Record, nominal: bool) -> Claim | None:
    density, mass, thickness = record.one("density", "g/cm3"), record.one("mass", "mg"), record.one("thickness", "mm")
    area = area_of(record, nominal)
    if not (density and mass and thickness and area):
        return None
    return Claim(
        rule="pellet_density",
        what=f"density of {record.name}",
        target=density,
        direct=over(mass, times(area, thickness)),
        ask="Do mass, area and thickness belong to the same pellet?",
    )


def _relative(record: Record) -> Iterator[Claim]:
    """The relative density, and the density within the theoretical one."""
    density, theory = record.one("density", "g/cm3"), record.one("theoretical_density", "g/cm3")
    relative = record.one("relative_density")
    if density and theory and relative:
        yield Claim(
            rule="pellet_density",
            what=f"relative density of {record.name}",
            target=relative,
            direct=over(density, theory),
            ask="Which theoretical density was used?",
        )
    if density and theory:
        yield Claim(
            rule="pellet_density",
            what=f"density of {record.name} within the theoretical one",
            target=density,
            direct=Given(theory),
            relation="<=",
            severity="warning",
            ask="Are the two densities swapped?",
        )

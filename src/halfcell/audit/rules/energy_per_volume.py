"""A volumetric energy density is the energy of a cell divided by its volume."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over, times
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "w = E / V, with E = Q U if no energy is printed"
LIMITS = "The volume must be called so and stand in the same row; it is compared only where most rows agree."
_VOLUME = re.compile(r"\bvolume\b|^V$", re.IGNORECASE)
CAPACITIES = ("capacity", "rate_capacity", "discharge_capacity", "reversible_capacity")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with energy densities per volume."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    density, volume, energy = record.one("energy_density", "Wh/L"), _volume(record), record.one("energy", "Wh")
    charge = next((r for name in CAPACITIES if (r := record.one(name, "Ah"))), None)
    volt = record.one("average_voltage", "V")
    if density is None or volume is None or not (energy or (charge and volt)):
        return None
    return Claim(
        rule="energy_per_volume",
        what=f"{density.label.lower()} of {record.name}",
        target=density,
        direct=over(energy, volume) if energy else over(times(charge, volt), volume) if charge and volt else None,
        severity="warning",
        soft=True,
        ask="Which volume was counted?",
    )


def _volume(record: Record) -> Reading | None:
    """The volume of the cell, whatever else its unit may be of."""
    unit = parse("cm3")
    found = [r for r in record.readings if unit and r.unit.fits(unit) and _VOLUME.search(r.label) and not r.sign]
    return found[0] if len(found) == 1 and "electrolyte" not in found[0].label.lower() else None

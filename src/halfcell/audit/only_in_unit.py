"""The one number of a row in a unit, whatever its head says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.units import parse

if TYPE_CHECKING:
    from halfcell.audit.readings import Reading, Record


def only_in_unit(record: Record, unit: str) -> Reading | None:
    """The one number of a row whose unit measures the same, if it is exact; None for several."""
    wanted = parse(unit)
    found = [r for r in record.readings if wanted and r.unit.text and r.unit.fits(wanted)]
    return found[0] if len(found) == 1 and not found[0].sign and found[0].upper is None else None

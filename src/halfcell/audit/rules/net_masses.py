"""The mass of a coating is that of the coated disc without the foil, and so is its thickness."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "coating = disc − foil, of masses and of thicknesses"
LIMITS = "All three must stand in one row, called so; it is compared only where most rows agree."
UNITS = ("mg", "µm")
_FOIL = re.compile(r"\b(?:foil|collector|substrate|bare|blank|tare)\b", re.IGNORECASE)
_COATING = re.compile(r"\b(?:coating|film|layer|net|composite)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:disc|disk|electrode|coated|total|gross|with)\b", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with the three numbers."""
    for records in facts.by_table().values():
        for unit in UNITS:
            yield from if_most_agree([c for r in records if (c := _claim(r, unit))], facts.settings.rounding)


def _claim(record: Record, unit: str) -> Claim | None:
    wanted = parse(unit)
    held = [r for r in record.readings if wanted and r.unit.fits(wanted) and not r.sign and r.upper is None]
    foil = _only([r for r in held if _FOIL.search(r.label) and not _COATING.search(r.label)])
    coating = _only([r for r in held if _COATING.search(r.label) and not _FOIL.search(r.label)])
    whole = _only([r for r in held if _WHOLE.search(r.label) and r is not coating and r is not foil])
    if not (foil and coating and whole) or whole.point < max(foil.point, coating.point):
        return None
    return Claim(
        rule="net_masses",
        what=f"{coating.label.lower()} of {record.name}",
        target=coating,
        direct=minus(whole, foil),
        severity="warning",
        soft=True,
        ask="Which of the three numbers was measured?",
    )


def _only(found: list[Reading]) -> Reading | None:
    return found[0] if len(found) == 1 else None

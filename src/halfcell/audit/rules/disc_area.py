"""The area of a disc follows from its diameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import closer_if_most_agree, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.rules.conductivity import disc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "A = π d² / 4"
LIMITS = "It is compared only where most rows agree: the area may be that of another part."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with diameters and areas."""
    for records in facts.by_table().values():
        made = [(_claim(record, nominal=False), _claim(record, nominal=True)) for record in records]
        pairs = [(a, b) for a, b in made if a and b]
        safe = if_most_agree([a for a, _ in pairs], facts.settings.rounding)
        yield from closer_if_most_agree(pairs, facts.settings.rounding) if safe else ()


def _claim(record: Record, nominal: bool) -> Claim | None:
    area, diameter = record.one("area", "cm2"), record.one("diameter", "mm")
    if not (area and diameter):
        return None
    return Claim(
        rule="disc_area",
        what=f"area of {record.name}",
        target=area,
        direct=disc(diameter, nominal),
        severity="warning",
        soft=True,
        ask="Are diameter and area those of the same disc?",
    )

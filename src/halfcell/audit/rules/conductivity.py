"""A conductivity is the thickness divided by resistance and area."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, Given, number, over, times
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "σ = L / (R A), with A = π d² / 4 if only the diameter is printed"
LIMITS = (
    "The resistance must be that of the pellet alone. If contact and lead resistance were subtracted from the printed "
    "resistance, the printed σ is larger than this one."
)
PI = Constant(Interval(Fraction(314159265, 10**8), Fraction(314159266, 10**8)), "π")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each record with a conductivity, a resistance, a thickness and an area or a diameter."""
    for record in facts.records:
        thickness, resistance, area = record.one("thickness", "mm"), record.one("resistance", "ohm"), area_of(record)
        named = ("conductivity", "ionic_conductivity", "electronic_conductivity")
        sigma = next((r for name in named if (r := record.one(name, "S/cm"))), None)
        if sigma and thickness and resistance and area:
            yield Claim(
                rule="conductivity",
                what=f"conductivity of {record.name}",
                target=sigma,
                direct=over(thickness, times(resistance, area)),
                ask="From which thickness, area and resistance was it calculated?",
            )


def area_of(record: Record) -> Expression | None:
    """The printed area of a record, or that of a disc with the printed diameter."""
    area, diameter = record.one("area", "cm2"), record.one("diameter", "mm")
    if area:
        return Given(area)
    return times(over(PI, number(4)), diameter, diameter) if diameter else None

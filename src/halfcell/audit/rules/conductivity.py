"""A conductivity is the thickness divided by resistance and area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import closer_if_most_agree, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.disc_areas import PI
from halfcell.audit.expression import Constant, Expression, Given, number, over, times
from halfcell.audit.interval import exactly
from halfcell.audit.same_cell import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "σ = L / (R A), with A = π d² / 4 if only the diameter is printed"
LIMITS = (
    "The resistance must be that of the pellet alone. If contact and lead resistance were subtracted from the printed "
    "resistance, the printed σ is larger than this one."
)
_PI = Constant(PI, "π")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with a conductivity, a resistance, a thickness and an area or a diameter."""
    for records in facts.by_table().values():
        made = [(_claim(record, nominal=False), _claim(record, nominal=True)) for record in records]
        yield from closer_if_most_agree([(a, b) for a, b in made if a and b], facts.settings.rounding)
        area, thickness = _stated_area(facts), _stated_thickness(facts)
        lacking = [r for r in records if area_of(r) is None or r.one("thickness", "mm") is None]
        rest = [c for r in lacking if (c := _claim(r, False, area_of(r) or area, thickness))]
        yield from if_most_agree(
            [replace(claim, soft=True, severity="warning") for claim in rest], facts.settings.rounding
        )


def _stated_area(facts: Facts) -> Expression | None:
    """The one area (or diameter) that the text states."""
    areas, discs = list(stated(facts, "area", "cm2")), list(stated(facts, "diameter", "mm"))
    if len({r.point for r in areas}) == 1:
        return Given(areas[0])
    return disc(discs[0], nominal=True) if not areas and len({r.point for r in discs}) == 1 else None


def _stated_thickness(facts: Facts) -> Reading | None:
    """The one thickness that captions state."""
    found = {r.point: r for r in stated(facts, "thickness", "mm") if r.upper is None}
    return next(iter(found.values())) if len(found) == 1 else None


def _claim(
    record: Record, nominal: bool, area: Expression | None = None, stated_thickness: Reading | None = None
) -> Claim | None:
    thickness, area = record.one("thickness", "mm") or stated_thickness, area or area_of(record, nominal)
    resistances = [r for name in ("resistance", "total_resistance") for r in record.all(name, "ohm")]
    named = ("conductivity", "ionic_conductivity", "electronic_conductivity", "total_conductivity")
    sigma = next((r for name in named if (r := record.one(name, "S/cm"))), None)
    if not (sigma and thickness and len(resistances) == 1 and area):
        return None
    return Claim(
        rule="conductivity",
        what=f"conductivity of {record.name}",
        target=sigma,
        direct=over(thickness, times(resistances[0], area)),
        ask="From which thickness, area and resistance was it calculated?",
    )


def area_of(record: Record, nominal: bool = False) -> Expression | None:
    """The printed area of a record, or that of a disc with the printed diameter; `nominal` takes whole mm as exact."""
    area, diameter = record.one("area", "cm2"), record.one("diameter", "mm")
    return Given(area) if area else disc(diameter, nominal) if diameter else None


def disc(diameter: Reading, nominal: bool) -> Expression:
    """The area of a disc; a diameter in whole millimetres is that of a tool, and exact if `nominal`."""
    exact = nominal and not diameter.printed.decimals
    used = Constant(exactly(diameter.point), diameter.text, (diameter,)) if exact else Given(diameter)
    return times(over(_PI, number(4)), used, used)

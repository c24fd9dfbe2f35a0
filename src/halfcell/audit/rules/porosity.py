"""A porosity is one minus the density of the coating over that of the solid, and no layer is denser than its solid."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, minus, number, over, times
from halfcell.audit.interval import Interval
from halfcell.audit.rules.loading import electrode_area
from halfcell.audit.text_numbers import read
from halfcell.core import material_names
from halfcell.core.printed_cells import read_cell
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = (
    "porosity = 1 − (loading / thickness) / density, with at most 5.1 g/cm3 for a cathode; mass ≤ area × thickness × "
    "density of the solid"
)
LIMITS = (
    "The density of the solid must be printed; a layer of solid electrolyte is bounded only where the row or the "
    "document names an argyrodite Li-P-S-Cl or Li3PS4, which is taken as 1.64 to 1.95 g/cm3 (Li6PS5Cl: 1.86)."
)
_THICK = re.compile(r"(\d+(?:\.\d+)?)\s*(µm|μm|mm|nm)")
_COATING = re.compile(r"press|compact|calender|coating|electrode|tap|apparent|geometric|packing", re.IGNORECASE)
_POWDER = re.compile(r"\btap\b|\btapped\b|\bpowder\b", re.IGNORECASE)  # a density that is not that of the coating
_WORD = re.compile(r"\b(?:Li\d*(?:\.\d+)?PS[\dCl.]*|LPSC[lL]?|LLZTO|LLZO|LGPS|Li3YCl6|Li3InCl6|LATP|LAGP)\b")
_SULFIDE_NAME = re.compile(r"^li\d*\.?\d*ps\d*\.?\d*(cl\d*\.?\d*)?$")
DENSEST = number(5100, "5.1 g/cm3")  # LiCoO2, 5.05 g/cm3 from its cell (a 2.816, c 14.05 Å, Z = 3)
SULFIDE = Constant(Interval(Fraction(1640), Fraction(1950)), "1.64 to 1.95 g/cm3")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with porosity, loading, thickness and density; bound layers of solid electrolyte."""
    for record in facts.records:
        porosity, density = record.one("porosity"), record.one("density", "g/cm3")
        solid = density if density and not _COATING.search(density.label) else None
        loading, thickness = record.one("loading", "mg/cm2"), record.one("thickness", "µm")
        if porosity and solid and loading and thickness:
            yield Claim(
                rule="porosity",
                what=f"porosity of {record.name}",
                target=porosity,
                direct=minus(number(1), over(over(loading, thickness), solid)),
                ask="Is the thickness that of the coating, without the current collector?",
            )
        elif porosity and density and record.one("theoretical_density", "g/cm3"):
            yield from _relative(record, porosity, density)
        elif porosity and loading and thickness:
            yield from _implied(record, porosity, loading, thickness)
        yield from _layer(facts, record)
    for records in facts.by_table().values():
        yield from _with_stated(facts, records)


def _with_stated(facts: Facts, records: Sequence[Record]) -> Iterator[Claim]:
    """Porosities beside loadings and thicknesses, with the one density that the texts state, where most rows agree."""
    if not any(record.one("porosity") and record.one("loading") and not record.all("density") for record in records):
        return
    texts = [*((t.name, t.caption) for t in facts.paper.tables), *(("text", text) for text in facts.paper.paragraphs)]
    unit = parse("g/cm3")
    found = [r for where, text in texts for r in read(where, text[:4000]) if unit and r.unit.fits(unit) and not r.upper]
    if len({r.point for r in found}) != 1:
        return
    claims = []
    for record in records:
        porosity, loading, thickness = record.one("porosity"), record.one("loading"), record.one("thickness", "µm")
        if porosity and loading and thickness and not record.all("density"):
            claims.append(
                Claim(
                    rule="porosity",
                    what=f"porosity of {record.name} with the stated density",
                    target=porosity,
                    direct=minus(number(1), over(over(loading, thickness), found[0])),
                    because=f"{found[0].text} in {found[0].where}",
                    severity="warning",
                    soft=True,
                    ask="Is the thickness that of the coating, without the current collector?",
                )
            )
    yield from if_most_agree(claims, facts.settings.rounding)


def _relative(record: Record, porosity: Reading, density: Reading) -> Iterator[Claim]:
    """A porosity beside the densities of the coating and of the solid."""
    solid = record.one("theoretical_density", "g/cm3")
    if solid and not _POWDER.search(density.label):
        yield Claim(
            rule="porosity",
            what=f"porosity of {record.name}",
            target=porosity,
            direct=minus(number(1), over(density, solid)),
            severity="warning",
            ask="Which of the three numbers was measured?",
        )


def _implied(record: Record, porosity: Reading, loading: Reading, thickness: Reading) -> Iterator[Claim]:
    """A porosity whose solid would be denser than any cathode material; without a density, no more can be said."""
    if porosity.of != "cathode" or not {loading.of, thickness.of} <= {"cathode", "cathode active"}:
        return
    fraction = record.one("mass_fraction", "%", "cathode active") or record.one("mass_fraction", "%", "cathode")
    coating = over(over(loading, thickness), fraction) if fraction else over(loading, thickness)
    yield Claim(
        rule="porosity",
        what=f"porosity of the cathode of {record.name}",
        target=porosity,
        direct=minus(number(1), over(coating, DENSEST)),
        relation="<=",
        because="no cathode material is denser than LiCoO2",
        severity="warning",
        ask="Is the thickness that of the coating, without the current collector?",
    )


def _layer(facts: Facts, record: Record) -> Iterator[Claim]:
    """The mass of a solid-electrolyte layer whose label states its thickness, on the electrode area of the document."""
    mass = record.one("mass", "mg", "solid electrolyte")
    thickness = _in_label(mass) if mass else None
    area = electrode_area(facts) if thickness and _is_sulfide(facts, record) else None
    if mass and thickness and area:
        yield Claim(
            rule="porosity",
            what=f"density of the solid electrolyte of {record.name}",
            target=mass,
            direct=times(area, thickness, SULFIDE),
            relation="<=",
            because="a layer is no denser than its solid",
            severity="warning",
            ask="Do mass, thickness and area belong to the same layer?",
        )


def _is_sulfide(facts: Facts, record: Record) -> bool:
    """Whether the electrolyte of a row, else every solid electrolyte that the document names, is such a sulfide."""
    own = record.electrolyte or record.words.get("solid_electrolyte", "")
    named = {own} if own else {r.electrolyte or r.words.get("solid_electrolyte", "") for r in facts.records} - {""}
    named = named or set(_WORD.findall(" ".join(caption.text for caption in facts.paper.captions)))
    keys = {material_names.key(name) for name in named}
    return bool(keys) and all(_SULFIDE_NAME.match(key) for key in keys)


def _in_label(mass: Reading) -> Constant | None:
    """The thickness in a label: ``30 µm-thick``."""
    match = _THICK.search(mass.label)
    unit, printed = (parse(match.group(2)), read_cell(match.group(1)).number) if match else (None, None)
    if match is None or unit is None or printed is None:
        return None
    low, high = (end * unit.scale for end in printed.interval())
    return Constant(Interval(low, high), match.group(0))

"""Heads whose meaning the other heads of their table tell: shares named by a material, symbols beside angles."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.heads.grammar import SHARES, read_head
from halfcell.audit.heads.materials import ELEMENT_RATIO, ELEMENTS, is_material
from halfcell.audit.heads.words import flat, one_line
from halfcell.audit.tables.grid import Grid, is_number, text_of
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.heads import Head
    from halfcell.core.units import Unit

_IN_CAPTION = re.compile(r"(?:[(\[]|\bin )\s*((?:wt|at|mol|vol|weight|mass|atomic)[. ]{0,2}%)")
NAMES = {"material", "anode", "cathode", "electrolyte", "solid_electrolyte"}
_PERCENT = re.compile(r"(?:^|[\s(])%\)?$")
_REMARK = re.compile(r"\s*[(\[][a-z. ]+[)\]]$")
_LEVEL = re.compile(r" ?[1-5][spdf](?: ?[1357]/2)?$")
_D = re.compile(r"[dD]\b(?!_)")  # the symbol alone, with its unit
_GREEK = re.compile(r"^[αβγδa]-")
_REST = re.compile(r"L\.?O\.?I\.?|loss on ignition|others?|rest|balance|impurities|remainder", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|1st|initial)[ -]cycles?\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:after|cycling|retention|second|2nd|subsequent|\d+(?:th)?[ -]cycles?)\b", re.IGNORECASE)
FIRST = {  # what a quantity is below a caption of the first cycle
    "discharge_capacity": "initial_discharge_capacity", "charge_capacity": "initial_charge_capacity",
    "coulombic_efficiency": "initial_coulombic_efficiency",
}  # fmt: skip
LATER = {"cycle", "capacity_retention", "reversible_capacity", "fade_per_cycle"}  # of what else than the first cycle
FEWEST = 3  # heads that name parts of a composition
BESIDE_ANGLES = {"β": "FWHM", "B": "FWHM", "D": "crystallite size", "L": "crystallite size", "t": "crystallite size"}
CRYSTALS = {"nm", "Å", "A"}  # units of crystallite sizes: a length L in mm is another one
ELECTRODE = re.compile(r"^(?:anode|cathode|negative(?: electrode)?|positive(?: electrode)?)s?$", re.IGNORECASE)
TOTAL = re.compile(r"^(?:total|sum|overall|Σ|∑)$", re.IGNORECASE)
OF_ELECTRODE = {  # what a number below the name of an electrode is, by its unit
    "mAh/cm2": "areal capacity", "mAh": "capacity", "mAh/g": "capacity", "mg": "mass", "mg/cm2": "loading",
    "µm": "thickness",
}  # fmt: skip


def in_context(heads: tuple[Head, ...], rows: Grid, caption: str) -> tuple[Head, ...]:
    """The heads, read again together; `rows` are the cells below them, `caption` the words above the table."""
    unit = _share_unit(caption)
    heads = _sums(_of_electrodes(_beside_angles(_shares(heads, rows, unit) if unit else heads)))
    heads = _beside_capacities(_without_names(_intensities(_discs(_ratios(heads))), rows))
    heads = tuple(_of_pressure(head) for head in heads)
    return _of_first_cycle(heads) if _FIRST.search(caption) and not _LATER.search(caption) else heads


def _of_first_cycle(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """Capacities and efficiencies below a caption of the first cycle, where no head speaks of another one."""
    if any(head.cycle or head.cycles or head.qualifier or head.base in LATER for head in heads):
        return heads
    return tuple(
        replace(head, quantity=FIRST[head.quantity], cycle=1) if head.quantity in FIRST and not head.pair else head
        for head in heads
    )


def _of_pressure(head: Head) -> Head:
    """``E (GPa)`` is a modulus: no energy per volume is printed in pascals."""
    if head.base != "energy_density" or head.unit is None or not head.unit.text.strip().endswith("Pa"):
        return head
    return replace(head, quantity="modulus", base="modulus")


def _ratios(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """``O/C`` beside columns of O and C is the ratio of their atoms, not an O in coulombs."""
    parts = {head.object for head in heads if head.quantity == "composition"}
    return tuple(
        replace(head, quantity="atomic_ratio", base="atomic_ratio", label=head.text, unit=None, names=False, note="")
        if (match := ELEMENT_RATIO.match(head.text.strip())) and set(match.groups()) <= parts & ELEMENTS
        else head
        for head in heads
    )


def _discs(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """``d`` beside another thickness (h, t, L) is the diameter of a disc."""
    thick = [head for head in heads if head.quantity == "thickness"]
    found = [head for head in thick if head.unit and head.unit.text in {"mm", "cm"} and _D.match(head.text)]
    if len(found) != 1 or len(thick) != 1 + 1:
        return heads
    unit = found[0].unit.text if found[0].unit else ""
    disc = replace(read_head(f"diameter ({unit})"), text=found[0].text, label=found[0].label, group=found[0].group)
    return tuple(disc if head is found[0] else head for head in heads)


def _intensities(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """``ID`` beside ``IG`` is the intensity of a Raman band, not the name of a sample."""
    beside = any(head.text.replace("_", "") == "IG" for head in heads)
    return tuple(
        replace(head, names=False, quantity="raman_intensity", base="raman_intensity", note="")
        if beside and place and head.text.replace("_", "") == "ID"
        else head
        for place, head in enumerate(heads)
    )


def _without_names(heads: tuple[Head, ...], rows: Grid) -> tuple[Head, ...]:
    """Heads of names above numbers with decimals, or several, name what was measured, and are not understood."""
    doubted = {
        place
        for place, head in enumerate(heads)
        if place and head.names and head.quantity in NAMES and _holds_numbers(rows, place)
    }
    surely = {place for place in doubted if len(doubted) > 1 or _decimals(rows, place)}
    if len(doubted) > 1:  # layers or parts of a cell side by side
        beside = {place for place, head in enumerate(heads) if head.names and head.quantity == "other"}
        surely |= {place for place in beside if place and _holds_numbers(rows, place)}
    note = "numbers below a name"
    return tuple(
        replace(head, names=False, quantity="", note=note) if place in surely else head
        for place, head in enumerate(heads)
    )


def _decimals(rows: Grid, place: int) -> bool:
    return any("." in text_of(row[place]) for row in rows)


def _beside_capacities(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """A bare per cent sign beside the capacity below one spanning head is its retention."""
    found = list(heads)
    for place, head in enumerate(heads):
        left = heads[place - 1] if place else None
        beside = left is not None and head.group and left.group == head.group and left.base == "capacity"
        if beside and not head.understood and _PERCENT.search(head.text):
            found[place] = replace(read_head("capacity retention (%)"), text=head.text, group=head.group)
    return tuple(found)


def _share_unit(caption: str) -> Unit | None:
    """The one unit of shares in brackets or behind "in" in a caption."""
    units = {unit.kind: unit for match in _IN_CAPTION.finditer(caption) if (unit := parse(match.group(1).strip(".")))}
    shares = [unit for kind, unit in units.items() if kind in SHARES]
    return shares[0] if len(shares) == 1 else None


def element_heads(heads: Sequence[Head], caption: str) -> list[Head]:
    """The heads in the first column of a table on its side: symbols of elements, whose share unit the caption says."""
    unit = _share_unit(caption)
    places = {place for place, head in enumerate(heads) if _element(head.text)}
    if unit is None or len(places) < FEWEST:
        return list(heads)
    return [_share(head, "composition", unit) if place in places else head for place, head in enumerate(heads)]


def _shares(heads: tuple[Head, ...], rows: Grid, unit: Unit) -> tuple[Head, ...]:
    """Heads that only name an element or a material above numbers: parts of a composition, whose unit the caption says.

    At least three are needed, elements alone or materials alone.
    """
    symbols = {place for place, head in enumerate(heads) if _element(head.text)}
    named = {place for place, head in enumerate(heads) if place and _is_part(head) and _holds_numbers(rows, place)}
    for places, quantity in ((symbols, "composition"), (named, "mass_fraction")):
        if len(places) >= FEWEST:
            return tuple(_share(head, quantity, unit) if place in places else head for place, head in enumerate(heads))
    return heads


def _element(text: str) -> bool:
    """Whether a head is the symbol of an element, as it is, with its core level (C 1s), or with a footnote letter."""
    bare = one_line(_LEVEL.sub("", _REMARK.sub("", text)))
    return bare in ELEMENTS or (len(bare) > 1 and bare[-1] in "abc*†‡" and bare[:-1] in ELEMENTS)


def _share(head: Head, quantity: str, unit: Unit) -> Head:
    return replace(
        head, quantity=quantity, base=quantity, object=head.text, names=False, note="", unit=head.unit or unit
    )


def _is_part(head: Head) -> bool:
    """Whether a head without a unit names a part of an electrode: a material, its kind, or what is a mass fraction."""
    named = head.names or head.quantity == "mass_fraction" or is_material(_GREEK.sub("", flat(head.text)))
    return head.unit is None and bool(named or _REST.fullmatch(head.text.strip()))


def _holds_numbers(rows: Grid, place: int) -> bool:
    cells = [row[place] for row in rows if text_of(row[place])]
    return bool(cells) and all(is_number(cell) for cell in cells)


def _beside_angles(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """The width of a line and a crystallite size, printed as symbols."""
    if not any(head.quantity == "two_theta" for head in heads):
        return heads
    return tuple(
        read_head(f"{BESIDE_ANGLES[head.label]} ({head.unit.text})")
        if head.unit and head.label in BESIDE_ANGLES and (not head.understood or _is_small_length(head))
        else head
        for head in heads
    )


def _is_small_length(head: Head) -> bool:
    """Whether a symbol of a thickness stands for crystals: beside an angle of diffraction, in nm."""
    return head.quantity == "thickness" and head.unit is not None and head.unit.text in CRYSTALS


def _sums(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """``Sum`` or ``Total`` beside several resistances is their sum."""
    parts = [head for head in heads if head.quantity in {"resistance", "area_resistance"} and head.unit]
    units = {head.unit.text for head in parts if head.unit}
    if len(parts) < len(("ohmic", "interfacial")) or len(units) != 1:
        return heads
    made = read_head(f"total cell resistance ({units.pop()})")
    return tuple(
        replace(made, text=head.text, label=head.label, group=head.group) if TOTAL.match(head.label.strip()) else head
        for head in heads
    )


def _of_electrodes(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """``Anode (mAh cm-2)`` beside ``Cathode (mAh cm-2)``: the unit says which quantity of the electrodes is meant."""
    named = [head for head in heads if head.unit and not head.quantity and ELECTRODE.match(head.label.strip())]
    if len(named) < len(("anode", "cathode")):
        return heads
    return tuple(_of_electrode(head) if any(head is one for one in named) else head for head in heads)


def _of_electrode(head: Head) -> Head:
    unit = head.unit
    word = next((w for text, w in OF_ELECTRODE.items() if unit and (fit := parse(text)) and unit.fits(fit)), "")
    if not unit or not word:
        return head
    return replace(read_head(f"{head.label} {word} ({unit.text})"), text=head.text, label=head.label, group=head.group)

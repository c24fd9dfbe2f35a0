"""Loadings, masses and electrode areas of the document's cells agree with each other, across tables and captions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.disc_areas import area_of_disc
from halfcell.audit.expression import Constant, times
from halfcell.audit.interval import Interval
from halfcell.audit.same_cell import full_cells, of_cell, stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.document_place import Place
    from halfcell.audit.readings import Facts, Reading
    from halfcell.core import material_names
    from halfcell.core.printed import Rounding

FORMULA = "mass = loading × area; the area is printed, or is the one that most cells of the document share"
LIMITS = (
    "A shared area is assumed only if at least two cells agree on it, and a cell fails only if none of the loadings "
    "stated for it gives its mass. Where no two agree, a cell whose loadings fit no usual disc is asked about, if "
    "those of another cell do. Whether the loading counts the active material or the whole electrode is found out, "
    "not assumed."
)
DISCS_MM = tuple(
    Fraction(d) for d in ("8", "10", "11", "11.28", "12", "12.7", "13", "14", "15", "16", "18", "19", "20")
)
LIKELY_CM2 = (Fraction(1, 20), Fraction(4))  # areas of discs, and of discs whose loading has turned digits
FEWEST = 2  # cells that must agree on an area


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """A mass and a loading stated for the same cell, and the area that follows."""

    cell: material_names.Parts
    mass: Reading
    loading: Reading
    area: Interval


@dataclass(frozen=True, kw_only=True)
class ElectrodeArea:
    """The electrode area of the document's cells: where it comes from, and the part whose mass the loading counts."""

    area: Interval
    source: str
    part: str


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Find the electrode area, then compare the mass of every cell with its loadings."""
    pairs = _pairs(facts)
    found = _printed_area(facts) or _shared_area(pairs)
    if found is None:
        yield from _without_agreement(pairs)
        return
    by_cell: dict[Place, list[Pair]] = {}
    for pair in pairs:
        if pair.mass.of == found.part:
            by_cell.setdefault(pair.mass.place, []).append(pair)
    for group in by_cell.values():
        yield _claim(group, found)
        yield from _others(group, found.area)


def _without_agreement(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """Questions where cells agree on no area: a loading of one gives a usual disc, none of another's does.

    Mass and loading are linked by the name of the cell here, since no area links them. Areas outside `LIKELY_CM2` are
    those of pouch cells.
    """
    for part in ("cathode active", "cathode"):
        by_cell: dict[material_names.Parts, list[Pair]] = {}
        for pair in (pair for pair in pairs if pair.mass.of == part):
            by_cell.setdefault(pair.cell, []).append(pair)
        usual = [pair for found in by_cell.values() for pair in found if _disc_with(pair.area) is not None]
        odd = [
            found[0]
            for found in by_cell.values()
            if all(_disc_with(pair.area) is None and _is_likely(pair.area) for pair in found)
        ]
        if usual and odd:
            yield from (_question(pair, usual[0]) for pair in odd)
            return


def _question(odd: Pair, usual: Pair) -> Finding:
    texts = [
        f"{pair.mass.subject}: {pair.mass.text} / {pair.loading.text} ({pair.loading.where}) = {_words(pair.area)}"
        for pair in (odd, usual)
    ]
    return Finding(
        rule="loading",
        verdict=Verdict.SEEN,
        severity="warning",
        what=f"electrode area of {odd.mass.subject}",
        explain=f"{texts[0]}, as no usual disc has; {texts[1]}",
        places=(odd.mass.place, odd.loading.place),
        printed=odd.loading.text,
        ask="Have these cells electrodes of different sizes, or is a mass or a loading wrong?",
    )


def _is_likely(area: Interval) -> bool:
    low, high = (limit / 10_000 for limit in LIKELY_CM2)
    return low <= area.low and area.high <= high


def electrode_area(facts: Facts) -> Constant | None:
    """The electrode area that the document prints or its cells share, for other rules."""
    found = _printed_area(facts) or _shared_area(_pairs(facts))
    return Constant(found.area, f"area {_words(found.area)}") if found else None


def _pairs(facts: Facts) -> list[Pair]:
    """Every cathode mass with every cathode loading of the same cell."""
    rounding, found = facts.settings.rounding, []
    for cell in full_cells(facts):
        masses = [m for m in of_cell(facts, cell, "mass", "mg") if m.of in {"cathode active", "cathode"}]
        loadings = _loadings(facts, cell)
        for mass in masses:
            for loading in loadings:
                inverse = loading.interval(rounding).inverse()
                if inverse:
                    area = mass.interval(rounding) * inverse
                    found.append(Pair(cell=cell, mass=mass, loading=loading, area=area))
    return found


def _loadings(facts: Facts, cell: material_names.Parts) -> list[Reading]:
    """The different cathode loadings stated for a cell."""
    found = [r for r in of_cell(facts, cell, "loading", "mg/cm2") if r.of in {"cathode", ""}]
    unique: dict[str, Reading] = {}
    for reading in found:
        unique.setdefault(reading.printed.text, reading)
    return list(unique.values())


def _printed_area(facts: Facts) -> ElectrodeArea | None:
    """The one electrode area (or disc diameter) that the text states."""
    rounding: Rounding = facts.settings.rounding
    areas = list(stated(facts, "area", "cm2"))
    discs = list(stated(facts, "diameter", "mm"))
    if len({r.point for r in areas}) == 1:
        source = f"the area {areas[0].text} of {areas[0].where}"
        return ElectrodeArea(area=areas[0].interval(rounding), source=source, part="cathode active")
    if len({r.point for r in discs}) == 1:
        source = f"a disc of {discs[0].text} ({discs[0].where})"
        return ElectrodeArea(area=area_of_disc(discs[0].interval(rounding)), source=source, part="cathode active")
    return None


def _shared_area(pairs: Sequence[Pair]) -> ElectrodeArea | None:
    """The area on which most cells agree: where most of their intervals overlap."""
    best: tuple[int, ElectrodeArea] | None = None
    for part in ("cathode active", "cathode"):
        of_part = [pair for pair in pairs if pair.mass.of == part]
        for low in sorted({pair.area.low for pair in of_part}):
            overlapping = [pair for pair in of_part if pair.area.low <= low <= pair.area.high]
            count = len({pair.cell for pair in overlapping})
            if count >= FEWEST and (best is None or count > best[0]):
                area = Interval(low, min(pair.area.high for pair in overlapping))
                source = f"the area that {count} cells share (mass / loading of each)"
                best = (count, ElectrodeArea(area=area, source=source, part=part))
    return best[1] if best else None


def _words(area: Interval) -> str:
    """An area in cm2, with the usual disc that has it."""
    text = f"{float(area.low * 10000):.4f} to {float(area.high * 10000):.4f} cm2"
    diameter = _disc_with(area)
    if diameter is None:
        return text
    exact = area_of_disc(Interval(diameter / 1000, diameter / 1000)).middle
    return f"{text}, a disc of {float(diameter):g} mm has {float(exact * 10000):.4f} cm2"


def _disc_with(area: Interval) -> Fraction | None:
    """The diameter in mm of the usual disc that has an area."""
    discs = ((diameter, area_of_disc(Interval(diameter / 1000, diameter / 1000))) for diameter in DISCS_MM)
    return next((diameter for diameter, exact in discs if area.meets(exact)), None)


def _claim(group: Sequence[Pair], found: ElectrodeArea) -> Claim:
    """The mass compared with the stated loading that fits best."""
    middle = found.area.middle
    best = min(group, key=lambda pair: abs(pair.mass.point / middle - pair.loading.point))
    loadings = ", ".join(f"{pair.loading.text} ({pair.loading.where})" for pair in group)
    return Claim(
        rule="loading",
        what=f"mass of {best.mass.of} material of {best.mass.subject} and its loading",
        target=best.mass,
        direct=times(best.loading, Constant(found.area, f"area {_words(found.area)}")),
        because=f"{found.source.split(' (', maxsplit=1)[0]}; loadings stated for this cell: {loadings}",
        severity="warning",
        ask="Which cell is this? None of the stated loadings gives this mass.",
    )


def _others(group: Sequence[Pair], area: Interval) -> Iterator[Finding]:
    """Further loadings stated for a cell of this name belong to other cells: a note."""
    away = [pair for pair in group if not pair.area.meets(area)]
    if away and len(away) < len(group):
        first = away[0]
        yield Finding(
            rule="loading",
            verdict=Verdict.SEEN,
            severity="note",
            what=f"another loading of {first.mass.subject}",
            explain=f"{first.loading.where} states {first.loading.text}, which belongs to another cell than "
            f"{first.mass.text} in {first.mass.where}",
            places=(first.loading.place, first.mass.place),
        )

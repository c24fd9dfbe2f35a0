"""The loadings, masses and electrode areas of the document's cells fit one another, across tables and captions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim, Finding, Verdict, place
from halfcell.audit.expression import Constant, times
from halfcell.audit.interval import Interval
from halfcell.audit.same_cell import Cell, cells, of_cell, stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.readings import Facts, Reading
    from halfcell.core.printed import Rounding

FORMULA = "mass = loading × area; the area is printed, or is the one that most cells of the document share"
LIMITS = (
    "A shared area is assumed only where at least two cells agree on it, and a cell fails only where none of the "
    "loadings "
    "stated for it fits. Whether the loading counts the active material or the whole electrode is found, not assumed."
)
PI = Interval(Fraction(314159265, 10**8), Fraction(314159266, 10**8))
DISCS_MM = tuple(
    Fraction(d) for d in ("8", "10", "11", "11.28", "12", "12.7", "13", "14", "15", "16", "18", "19", "20")
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """A mass and a loading stated for the same cell, and the area they make."""

    cell: Cell
    mass: Reading
    loading: Reading
    area: Interval


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Find the area, then hold every cell's mass against its loadings."""
    pairs = _pairs(facts)
    area = _printed_area(facts) or _shared(pairs)
    if area is None:
        return
    interval, words, part = area
    by_cell: dict[tuple[str, int, int], list[Pair]] = {}
    for pair in pairs:
        if pair.mass.of == part:
            by_cell.setdefault(pair.mass.place, []).append(pair)
    for group in by_cell.values():
        yield _claim(group, interval, words)
        yield from _others(group, interval)


def shared_area(facts: Facts) -> Constant | None:
    """The electrode area that the document prints or its cells share, for other rules."""
    area = _printed_area(facts) or _shared(_pairs(facts))
    return Constant(area[0], f"area {_words(area[0])}") if area else None


def _pairs(facts: Facts) -> list[Pair]:
    """Every cathode mass with every cathode loading of the same cell."""
    rounding, found = facts.settings.rounding, []
    for cell in cells(facts):
        masses = [m for m in of_cell(facts, cell, "mass", "mg") if m.of in {"cathode active", "cathode"}]
        loadings = _loadings(facts, cell)
        for mass in masses:
            for loading in loadings:
                inverse = loading.interval(rounding).inverse()
                if inverse:
                    area = mass.interval(rounding) * inverse
                    found.append(Pair(cell=cell, mass=mass, loading=loading, area=area))
    return found


def _loadings(facts: Facts, cell: Cell) -> list[Reading]:
    """The cathode loadings of a cell; an electrolyte that is left unnamed or written otherwise is no other cell."""
    found = [r for r in of_cell(facts, cell, "loading", "mg/cm2") if r.of in {"cathode", ""}]
    unique: dict[str, Reading] = {}
    for reading in found:
        unique.setdefault(reading.printed.text, reading)
    return list(unique.values())


def _printed_area(facts: Facts) -> tuple[Interval, str, str] | None:
    """The one electrode area (or disc diameter) that the text states."""
    rounding: Rounding = facts.settings.rounding
    areas = list(stated(facts, "area", "cm2"))
    discs = list(stated(facts, "diameter", "mm"))
    if len({r.point for r in areas}) == 1:
        return areas[0].interval(rounding), f"the area {areas[0].text} of {areas[0].where}", "cathode active"
    if len({r.point for r in discs}) == 1:
        return _disc(discs[0].interval(rounding)), f"a disc of {discs[0].text} ({discs[0].where})", "cathode active"
    return None


def _disc(diameter: Interval) -> Interval:
    quarter = Interval(Fraction(1, 4), Fraction(1, 4))
    return PI * quarter * diameter * diameter


def _shared(pairs: Sequence[Pair]) -> tuple[Interval, str, str] | None:
    """The area on which most cells agree (at least two): where most of their intervals overlap."""
    best: tuple[int, Interval, str] | None = None
    for part in ("cathode active", "cathode"):
        own = [pair for pair in pairs if pair.mass.of == part]
        for low in sorted({pair.area.low for pair in own}):
            over = [pair for pair in own if pair.area.low <= low <= pair.area.high]
            size = len({pair.cell for pair in over})
            if size >= 2 and (best is None or size > best[0]):
                best = (size, Interval(low, min(pair.area.high for pair in over)), part)
    if best is None:
        return None
    size, common, part = best
    return common, f"an area that {size} cells share (a mass over a loading each)", part


def _words(area: Interval) -> str:
    """An area in cm2, with the usual disc that has it."""
    text = f"{float(area.low * 10000):.4f} to {float(area.high * 10000):.4f} cm2"
    for diameter in DISCS_MM:
        exact = _disc(Interval(diameter / 1000, diameter / 1000))
        if area.meets(exact):
            return f"{text} (a disc of {float(diameter):g} mm is {float(exact.middle * 10000):.4f})"
    return text


def _claim(group: Sequence[Pair], area: Interval, words: str) -> Claim:
    """The mass against the stated loading that fits best."""
    middle = area.middle
    best = min(group, key=lambda pair: abs(pair.mass.point / middle - pair.loading.point))
    stated_ = ", ".join(f"{pair.loading.text} ({pair.loading.where})" for pair in group)
    return Claim(
        rule="loading",
        what=f"mass of {best.mass.of} material of {best.mass.subject} and its loading",
        target=best.mass,
        direct=times(best.loading, Constant(area, f"area {_words(area)}")),
        because=f"{words.split(' (', maxsplit=1)[0]}; stated for this cell: {stated_}",
        severity="warning",
        ask="Which cell is this: none of the stated loadings gives this mass?",
    )


def _others(group: Sequence[Pair], area: Interval) -> Iterator[Finding]:
    """Further loadings stated for the same cell: other cells of that name, which is worth a note."""
    away = [pair for pair in group if not pair.area.meets(area)]
    if away and len(away) < len(group):
        first = away[0]
        yield Finding(
            rule="loading",
            verdict=Verdict.SEEN,
            severity="note",
            what=f"another loading of {first.mass.subject}",
            explain=f"{first.loading.where} states {first.loading.text}, which is not the cell of {first.mass.where} "
            f"({first.mass.text})",
            places=(place(first.loading), place(first.mass)),
        )

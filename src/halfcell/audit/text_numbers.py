"""Statements: the numbers with a unit that captions and text print, with their quantity and the cell they speak of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.cell_kinds import cells_named
from halfcell.audit.readings import Reading
from halfcell.core.cells import read_cell
from halfcell.core.heads import read_head
from halfcell.core.units import Unit, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.paper import Paper
    from halfcell.core.printed import Printed

_NUMBER = re.compile(
    r"(?<![\w.\-–−/])(?P<low>\d+(?:\.\d+)?)(?:\s*(?:[-–−]|to|and)\s*(?P<high>\d+(?:\.\d+)?))?\s*(?=(?P<rest>[^\d\s(),;][^(),;]{0,24}))"
)
_ONE_C = re.compile(
    r"\b1 ?C\s*(?:=|≈|corresponds? to|is|equals?|equivalent to)\s*(\d+(?:\.\d+)?)\s*(m?A\s?(?:g|h)[^\s,;)]*)"
)
_CLAUSE = re.compile(r"[;.]\s|[(),]")
_BY_UNIT = (
    ("loading", "mg/cm2"),
    ("current_density", "mA/g"),
    ("current_density", "mA/cm2"),
    ("c_rate", "C"),
    ("pressure", "MPa"),
    ("temperature", "°C"),
    ("scan_rate", "mV/s"),
    ("voltage", "V"),
    ("mass_fraction", "wt%"),
    ("cycle", "cycle"),
)
_IN_TEXT = {"area", "diameter", "loading", "np_ratio", "one_c", "temperature", "electrolyte_volume"}


def statements(paper: Paper) -> tuple[Reading, ...]:
    """All numbers with a unit in captions, and those of geometry and definition in the running text."""
    found = [reading for caption in paper.captions for reading in read(caption.name, caption.text)]
    for index, text in enumerate(paper.paragraphs, start=1):
        found += [r for r in read(f"paragraph {index}", text) if r.quantity in _IN_TEXT]
    return tuple(found)


def read(where: str, text: str) -> Iterator[Reading]:
    """The numbers of one text; a number that speaks of two cells gives a reading for each."""
    subjects = ["|".join(part for part in cell if part) for cell in cells_named(text)] or [""]
    for match in _ONE_C.finditer(text):
        unit = parse(match.group(2).rstrip("."))
        if unit and (printed := read_cell(match.group(1)).number):
            yield from _each(subjects, "one_c", printed, None, unit, (where, match.start(), "1C"))
    previous = ("", "")
    for match in _NUMBER.finditer(text):
        unit = _unit(match.group("rest"))
        low = read_cell(match.group("low")).number
        if unit is None or low is None:
            continue
        label = _clause(text[max(match.start() - 90, 0) : match.start()])
        quantity = _quantity(label, unit)
        if previous[1] == unit.text and quantity in {name for name, _ in _BY_UNIT}:
            quantity = previous[0] if quantity == _default(unit) else quantity
        previous = (quantity, unit.text)
        high = read_cell(match.group("high")).number if match.group("high") else None
        yield from _each(subjects, quantity, low, high, unit, (where, match.start(), label))


def _each(
    subjects: list[str], quantity: str, low: Printed, high: Printed | None, unit: Unit, place: tuple[str, int, str]
) -> Iterator[Reading]:
    """A reading for each subject; `column` is the place of the number in the text."""
    where, start, label = place
    head = read_head(label)
    for subject in subjects:
        yield Reading(
            quantity=quantity, printed=low, upper=high, unit=unit, where=where, column=start, subject=subject,
            label=label, of=head.of,
        )  # fmt: skip


def _unit(rest: str) -> Unit | None:
    """The longest run of words after a number that is a unit."""
    words = re.split(r"\s+|-(?=thick|wide|long)", rest.strip())
    for length in (3, 2, 1):
        text = " ".join(words[:length]).rstrip(".:")
        unit = parse(text) if len(words) >= length else None
        if unit:
            return unit
    return None


def _clause(before: str) -> str:
    """The words just before a number, back to the last bracket, comma or full stop (but at least to the last word)."""
    cuts = [match.end() for match in _CLAUSE.finditer(before.rstrip(" :=("))]
    return before[cuts[-1] if cuts else 0 :].strip(" :=,(")


def _default(unit: Unit) -> str:
    """What a unit alone says."""
    return next((name for name, wanted in _BY_UNIT if (known := parse(wanted)) and known.fits(unit)), "")


def _quantity(label: str, unit: Unit) -> str:
    """What label and unit say together."""
    head = read_head(f"{label} ({unit.text})")
    return head.quantity or _default(unit)

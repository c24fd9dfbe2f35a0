"""Numbers in texts: those with a unit in captions and running text, with their quantity and the cell they are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from halfcell.audit.cell_kinds import cells_named
from halfcell.audit.readings import Reading
from halfcell.audit.text_heads import text_head
from halfcell.core.printed_cells import read_cell
from halfcell.core.units import Unit, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.printed import Printed
    from halfcell.core.printed_document import Paper

_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+(?![\d,])|\d+)(?:\.\d+)?"  # with signs between thousands
_NUMBER = re.compile(
    rf"(?<![\w.\-–−/])(?<!\d[,\u00a0\u2009\u202f])(?P<low>{_DIGITS})(?:\s*(?:[-–−]|to|and)\s*(?P<high>{_DIGITS}))?\s*"
    r"(?=(?P<rest>[^\d\s(),;][^(),;]{0,24}))"
)
_COUNTED = re.compile(
    r"\b(?:cycles?|figs?\.?|figures?|tables?|samples?|cells?|steps?|no\.?|run|batch|#)\s*$", re.IGNORECASE
)
_ONE_C = re.compile(
    r"\b1 ?C\s*(?:=|≈|corresponds? to|(?:is|was) (?:set|defined|fixed|taken) (?:to|as|at)|is|was|equals?|equivalent to)"
    r"\s*(\d+(?:\.\d+)?)\s*(m?A\s?(?:g|h)[^\s,;)]*)"
)
_DIAMETER = re.compile(r"[cm]m[- ](?:in )?diam", re.IGNORECASE)  # behind its number
_CLAUSE = re.compile(r"[;.]\s|[(),]")
_LABEL = 90  # characters before a number in which its label is looked for
_BY_UNIT = {
    "mg/cm2": "loading",
    "mA/g": "current_density",
    "mA/cm2": "current_density",
    "C": "c_rate",
    "MPa": "pressure",
    "°C": "temperature",
    "mV/s": "scan_rate",
    "V": "voltage",
    "wt%": "mass_fraction",
    "cycle": "cycle",
}  # what a number with this unit is if the words before it do not say
_IN_TEXT = {"area", "diameter", "disc_diameter", "loading", "np_ratio", "one_c", "temperature", "electrolyte_volume"}


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A number in a text: what it is, its value (`high` is the upper end of a range), its unit, place and label."""

    quantity: str
    low: Printed
    high: Printed | None = None
    unit: Unit
    start: int
    label: str


def numbers_in_texts(paper: Paper) -> tuple[Reading, ...]:
    """All numbers with a unit in captions, and those of geometry and definitions in the running text."""
    found = [reading for caption in paper.captions for reading in read(caption.name, caption.text)]
    for index, text in enumerate(paper.paragraphs, start=1):
        found += [r for r in read(f"paragraph {index}", text) if r.quantity in _IN_TEXT]
    return tuple(found)


def read(where: str, text: str) -> Iterator[Reading]:
    """The numbers of one text; if it names two cells, each number gives a reading for both."""
    subjects = ["|".join(part for part in cell if part) for cell in cells_named(text)] or [""]
    for found in (*_definitions(text), *_numbers(text)):
        of = text_head(found.label, found.unit).of
        for subject in subjects:
            yield Reading(
                quantity=found.quantity, printed=found.low, upper=found.high, unit=found.unit, where=where,
                column=found.start, subject=subject, label=found.label, of=of,
            )  # fmt: skip


def _definitions(text: str) -> Iterator[_Found]:
    """Definitions of the C-rate: ``1C = 180 mA g–1``."""
    for match in _ONE_C.finditer(text):
        unit = parse(match.group(2).rstrip("."))
        printed = read_cell(match.group(1)).number
        if unit and printed:
            yield _Found(quantity="one_c", low=printed, unit=unit, start=match.start(), label="1C")


def _numbers(text: str) -> Iterator[_Found]:
    """Numbers with a unit; without a telling label, a number is what the one before it with this unit was."""
    before_quantity = before_unit = ""
    for match in _NUMBER.finditer(text):
        unit = unit_after(match.group("rest"))
        low = read_cell(_last(match.group("low"), text[: match.start()])).number
        if unit is None or low is None:
            continue
        label = _clause(text[max(match.start() - _LABEL, 0) : match.start()])
        quantity = "disc_diameter" if _DIAMETER.match(match.group("rest")) else _quantity(label, unit)
        if before_unit == unit.text and quantity in _BY_UNIT.values() and quantity == _by_unit(unit):
            quantity = before_quantity
        before_quantity, before_unit = quantity, unit.text
        high = read_cell(match.group("high")).number if match.group("high") else None
        yield _Found(quantity=quantity, low=low, high=high, unit=unit, start=match.start(), label=label)


def _last(digits: str, before: str) -> str:
    """``1 205`` is a number of thousands; behind "cycle", it is two numbers, of which the second has the unit."""
    return digits.rsplit(" ", 1)[-1] if " " in digits and _COUNTED.search(before) else digits


@lru_cache(maxsize=4096)
def unit_after(rest: str) -> Unit | None:
    """The unit after a number: the longest run of words that is one."""
    words = re.split(r"\s+|-(?=thick|wide|long)", rest.strip())
    for length in (3, 2, 1):
        text = " ".join(words[:length]).rstrip(".:")
        unit = parse(text) if len(words) >= length else None
        if unit:
            return unit
    return None


def _clause(before: str) -> str:
    """The words just before a number, back to the last bracket, comma or full stop (at least the last word)."""
    cuts = [match.end() for match in _CLAUSE.finditer(before.rstrip(" :=("))]
    return before[cuts[-1] if cuts else 0 :].strip(" :=,(")


@lru_cache(maxsize=1024)
def _by_unit(unit: Unit) -> str:
    """What a unit alone says."""
    return next((name for text, name in _BY_UNIT.items() if (known := parse(text)) and known.fits(unit)), "")


def _quantity(label: str, unit: Unit) -> str:
    """What label and unit together say."""
    return text_head(label, unit).quantity or _by_unit(unit)

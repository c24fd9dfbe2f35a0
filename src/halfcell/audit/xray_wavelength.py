"""The X-ray wavelength of a document: as its captions and text state it, else that of copper."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.expression import Constant
from halfcell.audit.interval import Interval
from halfcell.core.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.readings import Facts

COPPER = Constant(Interval(Fraction(15405, 10**14), Fraction(15419, 10**14)), "λ (Cu Kα, 1.5405 to 1.5419 Å)")
LINES = {  # 1e-4 Å: below K alpha 1, above the mean of both (International Tables C, 4.2.2; J. A. Bearden, 1967)
    "Ag": (5594, 5609), "Co": (17889, 17903), "Cr": (22897, 22910), "Fe": (19360, 19374), "Mo": (7093, 7108),
}  # fmt: skip
LONGEST = 4_000  # characters of one text that are searched
_LAMBDA = re.compile(r"(?:λ|lambda|wavelength(?: of)?)\s*(?:=|:|≈)?\s*(\d{1,2}\.\d{1,6})\s*(Å|nm|A\b)", re.IGNORECASE)
_LINE = re.compile(r"\b(Cu|Mo|Co|Ag|Cr|Fe)[ -]?K[ -]?(?:α|a(?:lpha)?)")
_OPTICAL = 5.0  # Å; a wavelength above it is that of a laser
_PER_METRE = {"nm": 10, "å": 1, "a": 1}  # of the unit, in Å


def stated_wavelength(facts: Facts, table: str) -> Constant | None:
    """The wavelength of X-rays (m) that the caption and notes of a table state, else the document; None for several.

    Parameters
    ----------
    facts
        What was read of the document.
    table
        Name of the table.

    Returns
    -------
    Constant or None
        As an interval; that of copper (K alpha 1 to the mean of both) where none is stated.
    """
    own = [text for t in facts.paper.tables if t.name == table for text in (t.caption, *t.notes)]
    found = _found(own)
    if not found:
        others = [text for t in facts.paper.tables for text in (t.caption, *t.notes)]
        found = _found([*others, *facts.paper.paragraphs]) or [COPPER]
    return found[0] if len(found) == 1 else None


def _found(texts: Sequence[str]) -> list[Constant]:
    """The wavelengths that texts state, by name or number, each once."""
    numbers = {n for text in texts for match in _LAMBDA.finditer(text[:LONGEST]) if (n := _number(*match.groups()))}
    anodes = {match[1] for text in texts for match in _LINE.finditer(text[:LONGEST])}
    lines = {anode: _of_line(anode) for anode in anodes}
    for number in numbers:
        if not any(_meet(number, line.value) for line in lines.values()):
            lines[f"{float(number.low):g}"] = Constant(number, f"λ ({float(number.low + number.high) * 5e9:.6g} Å)")
    return list(lines.values())


def _of_line(anode: str) -> Constant:
    if anode == "Cu":
        return COPPER
    low, high = LINES[anode]
    text = f"λ ({anode} Kα, {low / 1e4:.4f} to {high / 1e4:.4f} Å)"
    return Constant(Interval(Fraction(low, 10**14), Fraction(high, 10**14)), text)


def _number(text: str, unit: str) -> Interval | None:
    """A stated number as an interval (m), if it is one of X-rays."""
    printed = Printed(text)
    scale = Fraction(_PER_METRE[unit.lower()], 10**10)
    if not 0 < float(printed.value) * _PER_METRE[unit.lower()] < _OPTICAL:
        return None
    low, high = printed.interval()
    return Interval(low * scale, high * scale)


def _meet(one: Interval, other: Interval) -> bool:
    return one.low <= other.high and other.low <= one.high

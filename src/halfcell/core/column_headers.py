"""Read the header of a printed column: quantity, unit, part of the cell, cycle number."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from halfcell.core.units import PLAIN, Unit, parse

_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)\s*[)\]]")
_AFTER = re.compile(r"(?:after|at|@)\s+(?:the\s+)?(\d+)(?:st|nd|rd|th)?(?:\s*(?:cycles?|cyc\.?))", re.IGNORECASE)
_OF = re.compile(
    r"\b(?:mass|weight|loading|thickness|density|capacity|fraction|diameter|area|voltage|potential) of (?:the )?(.+)",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\b(vs\.?|versus)\b.*$|\bvs\b.*$", re.IGNORECASE)
WORDY = 400  # characters; a longer header is running text
_ROLES = (
    ("anode active", r"\baam\b|anode active|active (anode|negative)|negative active|\ban\.? active"),
    ("cathode active", r"\bcam\b|cathode active|active (cathode|positive)|positive active"),
    ("anode", r"\banodes?\b|\bnegative\b|\bneg\.?\b"),
    ("cathode", r"\bcathodes?\b|\bpositive\b|\bpos\.?\b"),
    ("separator", r"\bseparators?\b|\bmembranes?\b"),
    ("solid electrolyte", r"\bse\b|\bsse\b|solid.?(state )?electrolyte"),
    ("electrolyte", r"\belectrolytes?\b"),
    ("collector", r"\bcollector\b|\bfoil\b"),
    ("cell", r"\bcells?\b|\bstack\b"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The meaning of a column: `quantity` from `column_headers.toml` (empty if unknown), `unit` (None if not printed).

    `of` is the part of the cell (``anode``, ``cathode active``, ``separator`` ...; empty if the label names a material
    or nothing), `label` the text without the unit, `cycle` the number in "after ... cycles".
    """

    text: str
    label: str
    quantity: str = ""
    unit: Unit | None = None
    of: str = ""
    object: str = ""
    cycle: int | None = None


@cache
def read_head(text: str) -> Head:
    """Read a header such as ``Reversible capacity after Xth cycle (mAh g-1)``."""
    flat = re.sub(r"\s+", " ", text).strip()
    if len(flat) > WORDY:
        return Head(text=flat, label=flat)
    label, unit = _split(flat)
    low = label.lower()
    after = _AFTER.search(flat)
    target = _OF.search(label)
    return Head(
        text=flat,
        label=label,
        quantity=_quantity(low, unit),
        unit=unit,
        of=next((role for role, pattern in _ROLES if re.search(pattern, low)), ""),
        object=target.group(1).strip() if target else "",
        cycle=int(after.group(1)) if after else None,
    )


def _split(flat: str) -> tuple[str, Unit | None]:
    """Text and unit: the unit in the last brackets, or after a slash or a comma."""
    for match in reversed(list(_BRACKETS.finditer(flat))):
        unit = parse(_VERSUS.sub("", match.group(1)).strip())
        if unit:
            return (flat[: match.start()] + " " + flat[match.end() :]).strip(" ,"), unit
    for mark in (" / ", "/", ","):
        words, found, rest = flat.rpartition(mark)
        unit = parse(_VERSUS.sub("", rest).strip()) if found else None
        if unit and words.strip():
            return words.strip(), unit
    return flat, None


@cache
def _lexicon() -> tuple[tuple[str, tuple[Unit, ...], re.Pattern[str]], ...]:
    """The entries of `column_headers.toml`: quantity, units that fit, one pattern."""
    with Path(__file__).with_name("column_headers.toml").open("rb") as file:
        entries = tomllib.load(file)["head"]
    found = []
    for entry in entries:
        units = tuple(unit for word in entry["unit"].split("|") if (unit := parse(word) if word else PLAIN))
        found.append((entry["quantity"], units, re.compile("|".join(f"(?:{p})" for p in entry["match"]))))
    return tuple(found)


def _quantity(label: str, unit: Unit | None) -> str:
    """The first entry that matches text and unit; without a unit, one without units, then one by its text."""
    fitting = [(name, units) for name, units, pattern in _lexicon() if pattern.search(label)]
    for name, units in fitting:
        if any((unit or PLAIN).fits(known) for known in units):
            return name
    named = [name for name, _, pattern in _lexicon() if "|" not in (pattern.pattern[-2:]) and _solid(pattern, label)]
    return named[0] if named and unit is None else ""


def _solid(pattern: re.Pattern[str], label: str) -> bool:
    """Whether the pattern matches something else than the empty string."""
    match = pattern.search(label)
    return bool(match and match.group(0))

"""The unit of a head: in brackets, behind a slash or a comma, or at its end; with the basis that it may name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.units import Unit, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)\s*[)\]]")
_BASIS = re.compile(
    r"(?<=g)[ _]?\(?(Si|Sn|SiO|S|C|NCM\w*|NMC\w*|LFP|AM|CAM|AAM|electrode|composite|"
    r"active(?: material)?|cathode|anode|cat|total|sulfur|Li|host)\)?"
    r"(?=\s?\^?-|\s*$|\s?/|\s?c?m\s?\^?-2)"  # mgS cm-2
)
_COUNTED = re.compile(r"^(?!10\b|10[-−^–])\d[\d.,]*\s*[A-Za-z]")  # 100 cycles is a number of them
_COUNTS = re.compile(r"cycl|life|number|count|\bno\b|\bn\b", re.IGNORECASE)
_N = re.compile(r"[nNxX]|cycles?|(?:cycle number|no\. of cycles|number of cycles)(?: n)?|[nNxX] cycles")
_CAPACITY = re.compile(r"capacity|retention|[QC]_?[a-z]* ?[/(,]", re.IGNORECASE)
_SPECIES = re.compile(r"[A-Z][a-z]?[-–−]?(?:\d|[A-Z])")  # N-6, N-Q: kinds of an atom, no unit
_VERSUS = re.compile(r",?\s*\b(?:vs\.?|versus)\b.*$")
_GLUED = re.compile(r"(?:(?<=[a-z]{2})|(?<=\)))([mkM]?Ω)$")
_PER_GRAM_OF = re.compile(r"(/ ?m?g) ?\((S|Si|Sn|C|SiO|NCM\w*|NMC\w*|LFP)\)$")  # mAh/g(S)
_SLASH_WORD = re.compile(r"^(.+?)\s*/\s*(%|\S+)\s+(.+)$")


ALONE = {"%", "V", "K", "g", "h", "A", "W", "J", "N", "L", "s"}  # units of one letter behind the words


class HeadUnit(NamedTuple):
    """A head without its unit: the text around it, the unit, its basis, the other brackets, what else a cell holds."""

    text: str
    unit: Unit | None
    basis: str
    brackets: tuple[str, ...]
    with_also: tuple[str, ...]


def find_units(text: str) -> Iterator[HeadUnit]:
    """The ways to part a head into words, unit, and brackets that hold no unit; the likeliest first.

    What may be one unit (``%/cycles``) may also be a unit and what a cell holds beside its number.
    """
    text = _PER_GRAM_OF.sub(r"\1\2", _GLUED.sub(r" \1", text))
    seen: list[HeadUnit] = []
    bare = text.strip()
    bare = bare[1:-1] if re.fullmatch(r"[(\[][^()\[\]]*[)\]]", bare) else bare
    named = re.search(r"[()\[\]]", bare) or _SPECIES.fullmatch(bare)
    if len(bare) > 1 and not bare[0].isdigit() and not named and (whole := parse(bare)):
        yield HeadUnit("", whole, "", (), ())
    for compound_first in (False, True):
        found = _bracketed(text, compound_first)
        for way in (found,) if found.unit else _bare(found.text, found.brackets):
            if way not in seen:
                seen.append(way)
                yield way


def _bracketed(text: str, compound_first: bool) -> HeadUnit:
    """The unit in brackets, if there is one."""
    brackets, units, also, basis = [], [], [], ""
    for match in _BRACKETS.finditer(text):
        compound = _compound(match.group(1)) if compound_first else None
        unit, of = (None, "") if compound else read_unit(match.group(1))
        compound = compound or (None if unit else _compound(match.group(1)))
        if _is_count(match.group(1), unit, text):
            also.append(match.group(1))  # how many cycles: beside the number of a cell
            continue
        if unit:
            units.append(unit)
            basis = of or basis
        elif compound:
            units.append(compound[0])
            also.append(compound[1])
        elif mixed := _with_words(match.group(1)):
            units.append(mixed[0])
            brackets.append(mixed[1])
        elif match.group(1).strip():
            brackets.append(match.group(1).strip())
    rest = re.sub(r"\s+", " ", _BRACKETS.sub(" ", text)).strip(" ,;")
    if len({(unit.dimension, unit.kind, unit.scale) for unit in units}) > 1:
        also += [unit.text for unit in units[1:]]
    return HeadUnit(rest, units[0] if units else None, basis, tuple(brackets), tuple(also))


def _is_count(inner: str, unit: Unit | None, text: str) -> bool:
    """Whether a bracket says that a cell holds a number of cycles beside its number: ``(cycles)``, ``(n)``."""
    if _N.fullmatch(inner.strip()) and _CAPACITY.search(text):
        return True
    cycles = unit is not None and unit.kind == "cycle" and not any(unit.dimension)
    return cycles and not _COUNTS.search(_BRACKETS.sub(" ", text))


def _bare(rest: str, brackets: tuple[str, ...]) -> Iterator[HeadUnit]:
    """A unit behind a slash or a comma, or in the last words; at last none."""
    for match in re.finditer(r" / |/|,| in ", rest):
        unit, basis = read_unit(rest[match.end() :])
        if unit and rest[: match.start()].strip():
            yield HeadUnit(rest[: match.start()].strip(), unit, basis, brackets, ())
    split = _SLASH_WORD.match(rest)
    unit, basis = read_unit(split.group(2)) if split else (None, "")
    if split and unit:
        yield HeadUnit(f"{split.group(1)} {split.group(3)}", unit, basis, brackets, ())
    parts = rest.split(" ")
    for length in (3, 2, 1):
        tail = " ".join(parts[-length:])
        unit, basis = read_unit(tail) if len(parts) > length and not tail.startswith("/") else (None, "")
        counted = length < len(parts) and re.fullmatch(r"\d[\d.,]*", parts[-length - 1])  # 5 h is no unit
        if unit and not counted and (len(tail) > 1 or tail in ALONE):
            yield HeadUnit(" ".join(parts[:-length]), unit, basis, brackets, ())
    yield HeadUnit(rest, None, "", brackets, ())


def read_unit(text: str) -> tuple[Unit | None, str]:
    """A unit and the basis in it: ``mAh gSi-1`` is mAh/g of silicon."""
    bare = re.sub(r"\s+per\s+", "/", _VERSUS.sub("", text).strip().strip(","))
    bare = "°C" if bare in {"oC", "o C"} else bare  # a raised o that lost its place
    unit = None if _COUNTED.match(bare) else parse(bare)
    if unit:
        return unit, ""
    match = _BASIS.search(bare)
    if match:
        unit = parse(bare[: match.start()] + bare[match.end() :])
        if unit:
            return unit, match.group(1)
    return None, ""


def _with_words(text: str) -> tuple[Unit, str] | None:
    """A unit and words in one bracket: ``discharge/charge, mAh g-1``."""
    parts = [part.strip() for part in re.split(r"[,;]", text)]
    units = [part for part in parts if read_unit(part)[0]]
    unit, _ = read_unit(units[0]) if len(units) == 1 and len(parts) > 1 else (None, "")
    return (unit, ", ".join(part for part in parts if part not in units)) if unit else None


def _compound(text: str) -> tuple[Unit, str] | None:
    """A unit with what a cell holds beside its number: ``mAh g-1 /cycles/C``, ``% / A g-1``, ``mAh/g (@A/g)``."""
    parts = [part.strip(" ()@") for part in re.split(r"\s*/\s*(?=cycles?\b|C\b|m?A g|@)|\s*[,;]\s*|\s*@\s*", text)]
    unit, _ = read_unit(parts[0]) if len(parts) > 1 else (None, "")
    return (unit, ", ".join(parts[1:])) if unit and all(parts) and all(_known(part) for part in parts[1:]) else None


def _known(part: str) -> bool:
    return part in {"cycle", "cycles", "C", "n", "cycle number"} or read_unit(part)[0] is not None

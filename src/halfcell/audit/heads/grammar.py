"""The grammar of column heads: words, unit and brackets become one record, or the head is not understood.

Nothing is guessed: a word, a bracket or a unit that the lexicon does not hold leaves the whole head without a quantity.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from halfcell.audit.heads.conditions import Conditions, conditions
from halfcell.audit.heads.head import Head
from halfcell.audit.heads.head_units import HeadUnit, find_units
from halfcell.audit.heads.lexicon import Lexicon, lexicon
from halfcell.audit.heads.materials import target_of
from halfcell.audit.heads.phrases import Parsed, parse_words
from halfcell.audit.heads.quantities import quantity_name
from halfcell.audit.heads.spellings import other_spellings
from halfcell.audit.heads.words import flat, joined, one_line, split, without_marks
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.units import Unit

SHORT = 2  # letters; a symbol as short as this is no quantity without a unit
WORDY = 400  # characters; a longer head is running text
_MARKS = re.compile(r"(?:\s*(?:[*†‡§¶#]+|\b[a-h]\b|\([a-h]\)|\[\d+\]))+$")
_UNDERSCORE = re.compile(r"(?<=[A-Za-z]{2})_(?=[A-Za-z]{2})")  # between the words of a column of a data file
_LOWERED = re.compile(r"(?<=\b[A-Za-zΔησρ])_(?=[\w<>])")  # behind a symbol of one letter
_TWO = re.compile(r"(?<=[)\]])\s*[/,;]\s*(?=[A-Za-z])")
_LETTERED = re.compile(r"[A-Za-z][a-z]{2,} ?[A-Z]")
_STATE = re.compile(r"[A-Za-z0-9]\((?:g|l|s|aq)\)")
SHARES = {"at%", "wt%", "mol%"}  # units beside which a head may be the symbol of an element
DISSOLVED = "element_concentration"  # of elements in a solution or a solid: mg/L, ppm
IMPLIED = (("mg", "mass"), ("°C", "temperature"), ("ohm", "resistance"), ("µL", "electrolyte_volume"))
BESIDE = {"cycle", "c_rate", "current_density"}  # what a cell may hold beside its number
STATES = {
    "before",
    "after",
    "net",
    "double",
}  # qualifiers of any quantity: before cycling, after pressing, without the foil
UNITLESS = {  # what may be written short without a unit
    "coulombic_efficiency", "initial_coulombic_efficiency", "energy_efficiency", "transference_number",
    "capacity_retention",
}  # fmt: skip
ALONE = (  # what a head means that is nothing but a unit
    ("Wh/kg", "energy_density"), ("Wh/L", "energy_density"), ("mAh/g", "capacity"), ("mAh/cm2", "capacity"),
    ("mg/cm2", "loading"), ("m2/g", "bet_area"), ("V", "voltage"), ("°C", "temperature"), ("W/kg", "power_density"),
    ("mA/g", "current_density"), ("mA/cm2", "current_density"), ("S/cm", "conductivity"),
)  # fmt: skip
OF_A_CAPACITY = {"first", "reversible", "irreversible", "final", "plateau", "slope"}


@cache
def read_head(text: str, markup: str = "", extra: str = "") -> Head:
    """Read a head such as ``Reversible capacity after 100 cycles (mAh g-1)``.

    Parameters
    ----------
    text, markup
        The head as printed, and with its raised and lowered parts marked, if the format has them.
    extra
        Path of a user's lexicon.

    Raises
    ------
    InputError
        If the user's lexicon cannot be read.
    """
    printed = one_line(without_marks(markup) if markup else text)
    if len(printed) > WORDY:
        return Head(text=printed, label=printed, note="running text")
    head = _spelled(flat(printed), lexicon(extra))
    if head.unit is None:
        return replace(head, text=printed, label=printed)
    place = flat(printed).find(head.unit.text)
    spelled = printed[place : place + len(head.unit.text)] if place >= 0 else head.unit.text
    label = _without(printed, spelled) or printed
    return replace(head, text=printed, label=label, unit=replace(head.unit, text=spelled))


def _spelled(line: str, words: Lexicon) -> Head:
    """Read a head as it is spelled; if it is not understood, with its symbols and abbreviations written out."""
    head = _read(joined(_UNDERSCORE.sub(" ", line)), words)
    if head.understood:
        return head
    plain = _read(joined(_LOWERED.sub("", line)), words) if _LOWERED.search(line) else head
    if plain.understood:  # R_s where a format does not lower the s
        return plain
    tried = (_read(joined(other), words) for other in other_spellings(line, words))
    return next((other for other in tried if other.understood and (other.unit or other.base in UNITLESS)), head)


def _without(printed: str, unit: str) -> str:
    """The words of a head without its unit."""
    around = r"\s*(?:[(\[]\s*{0}[^()\[\]]*[)\]]|[/,]\s*{0}(?=\s|$)|\s{0}$)".format(re.escape(unit))
    bare = re.sub(around, " ", printed, count=1)
    return re.sub(r"\s+", " ", bare).strip(" ,;:")


def _read(line: str, words: Lexicon) -> Head:
    """Read a head on one line with one spelling of signs."""
    if two := _two_in_one(line, words):
        return two
    ways = tuple(find_units(line))
    first = ways[0]
    if _STATE.search(line) and first.unit is not None and first.unit.text in {"g", "s"}:
        return Head(text=line, label=line, note="the state of a substance is no unit")
    for tried in ways:
        bare = _MARKS.sub("", tried.text)
        for text in dict.fromkeys((tried.text, bare or tried.text)):
            head = _understood(line, tried._replace(text=text), words)
            if head is not None:
                return head
    unit = None if _is_lettered(line) else first.unit
    return Head(text=line, label=line, unit=unit, note=_why(first._replace(unit=unit), words))


def _two_in_one(line: str, words: Lexicon) -> Head | None:
    """Two heads with a unit each, parted by a slash: a number and its share."""
    parts = _TWO.split(line)
    if len(parts) != 2 or not parts[1].endswith((")", "]", "%")):
        return None
    one, other = (_read(part.strip(), words) for part in parts)
    fits = one.understood and one.unit and other.percent and other.quantity and not (one.names or one.beside)
    return replace(one, beside=other.quantity) if fits else None


def _understood(line: str, found: HeadUnit, words: Lexicon) -> Head | None:
    """The record of a head; None if any of it is not understood."""
    share = found.unit is not None and (found.unit.kind in SHARES or words.kinds[DISSOLVED].fits(found.unit))
    whole = conditions(found.text)
    parsed = parse_words(whole.rest, words, share)
    second = ""
    for bracket in found.brackets:
        inner = conditions(bracket)
        also = parse_words(inner.rest, words, share)
        if name := _second(parsed, also, words, implied=_implies(found, whole, parsed, words)):
            second = name
        elif not _counts(parsed, also):
            whole, parsed = whole.merged(inner), parsed.with_bracket(also)
    head = None if parsed.left else _composed(line, found, whole, parsed, words)
    return replace(head, beside=second) if head and second else head


def _implies(found: HeadUnit, whole: Conditions, parsed: Parsed, words: Lexicon) -> bool:
    """Whether a unit of a capacity below a cycle or a process is one without the word: ``100th cycle (mAh g-1)``."""
    fits = found.unit is not None and found.unit.kind != "%" and words.kinds["capacity"].fits(found.unit)
    return fits and not parsed.quantities and (whole.cycle is not None or bool(parsed.processes))


def _counts(parsed: Parsed, also: Parsed) -> bool:
    """Whether a bracket only says what stands beside a number of cycles: ``Cycle number (rate)``."""
    named = [set(phrase) for phrase in also.quantities]
    return parsed.quantities == (("cycle",),) and bool(named) and not also.left and all(n <= BESIDE for n in named)


def _second(parsed: Parsed, also: Parsed, words: Lexicon, implied: bool) -> str:
    """The share that a bracket names beside another quantity: ``Capacity (mAh g-1) (retention)``."""
    if not (parsed.quantities or implied) or not also.quantities or also.left or parsed.abbreviated_by(also):
        return ""
    said = {name for phrase in parsed.quantities for name in phrase}
    shares = [name for name in also.quantities[0] if words.kinds[name].percent and name not in said]
    return shares[0] if shares and len(also.quantities) == 1 else ""


def _composed(line: str, found: HeadUnit, also: Conditions, parsed: Parsed, words: Lexicon) -> Head | None:
    """Put the parts together: a column of names, or a quantity whose unit and qualifiers fit."""
    head = Head(
        text=line,
        label=line,
        unit=found.unit,
        of=_part(line, words),
        object=target_of(found.text, parsed.materials),
        cycle=also.cycle,
        at="; ".join((*also.at, *(tag for tag in parsed.tags if tag in STATES - {"net"}))),
        cycles=also.cycles,
        basis=found.basis,
        note="a trailing letter was taken for a footnote mark" if parsed.marked else "",
    )
    if parsed.names and found.unit is None and not (parsed.tags or parsed.processes):
        return replace(head, quantity=parsed.names[0], names=True)
    made = (_as(head, base, found, also, parsed, words) for base in _candidates(parsed, found, also, words))
    return next((one for one in made if one), None) or _condition_only(head, also, parsed)


def _as(head: Head, base: str, found: HeadUnit, also: Conditions, parsed: Parsed, words: Lexicon) -> Head | None:
    """The head as one quantity, if its unit and all its qualifiers fit."""
    kind, tags = words.kinds[base], frozenset(parsed.tags) - (_told_by(found.unit) if found.unit else set())
    if found.unit is None and _is_lettered(found.text) and (parsed.symbolic or not parsed.quantities):
        return None
    short = len(found.text) <= SHORT or (parsed.symbolic and bool(parsed.materials))
    if not kind.fits(found.unit) and (found.unit is not None or short):
        return None
    if not tags <= kind.tags | {"first", "cycled", "mean", *STATES} or (
        also.cycle and also.cycle > 1 and "first" in tags
    ):
        return None
    pair = _pair(" ".join((found.text, *found.brackets)), parsed)
    processes = pair or parsed.processes[:1] or ("",)
    times = [also._replace(cycle=cycle) for cycle in also.cycles] or [also]
    names = tuple(quantity_name(base, tags, process, found.unit, one) for process in processes for one in times)
    if not all(names) or (pair and also.cycles):
        return None
    return replace(
        head, quantity=names[0], pair=names if len(names) > 1 else (), percent=kind.percent, base=base,
        process=processes[0], qualifier=" ".join(sorted(tags)),
    )  # fmt: skip


def _is_lettered(text: str) -> bool:
    """Whether a text is a word and the letter that numbers it: ``Cell A``, ``Design B``."""
    return bool(_LETTERED.fullmatch(text))


def _told_by(unit: Unit) -> set[str]:
    """The qualifiers that a unit tells, too: per area, per volume, per mass."""
    per = {-2: {"areal"}, -3: {"volumetric"}}.get(unit.dimension[4], set())
    return per | {"specific"} | ({"gravimetric"} if unit.dimension[3] == -1 else set())


def _pair(text: str, parsed: Parsed) -> tuple[str, ...]:
    """Charge and discharge in one head, parted by a slash: their order."""
    two = tuple(dict.fromkeys(parsed.processes))
    return two if len(two) == 2 and re.search(r"/|\band\b|\|", text) else ()


def _candidates(parsed: Parsed, found: HeadUnit, also: Conditions, words: Lexicon) -> Iterator[str]:
    """The quantities that all phrases may mean; without one, what a process, a qualifier or the unit implies."""
    if len(set(parsed.processes)) > 2:
        return
    unit, aside = found.unit, BESIDE if found.with_also else {"cycle"}
    said = parsed.quantities or ((parsed.maybe,) if parsed.maybe else ())
    phrases = [phrase for phrase in said if not set(phrase) <= aside] or list(said)
    if phrases:
        both = set.intersection(*(set(phrase) for phrase in phrases))
        yield from (q for q in dict.fromkeys(phrases[0]) if q in both and (unit is None or words.kinds[q].fits(unit)))
        return
    told = OF_A_CAPACITY & set(parsed.tags) and not parsed.materials
    if parsed.processes or (unit and (told or also.cycle is not None)):
        yield "capacity"
    if unit and unit.kind in SHARES and parsed.materials:
        yield "composition"
    if unit and unit.kind != "%" and parsed.materials and words.kinds[DISSOLVED].fits(unit):
        yield DISSOLVED
    if unit and not found.text and not found.brackets:
        yield from (name for text, name in ALONE if (known := parse(text)) and known.fits(unit))
    if (parsed.parts or parsed.materials) and not parsed.tags and unit is not None:
        yield from (name for _, name in IMPLIED if words.kinds[name].fits(unit))


def _condition_only(head: Head, also: Conditions, parsed: Parsed) -> Head | None:
    """A column that is named by a rate or a cycle alone: ``0.1C (1st)``."""
    if parsed.quantities or parsed.processes or parsed.materials or head.unit is not None:
        return None
    return replace(head, quantity="at_condition") if also.at or also.cycle is not None else None


def _part(line: str, known: Lexicon) -> str:
    """The part of the cell that the words name, the most special first."""
    words = tuple(word.lower() for word in split(line))
    return next((part for part, phrases in known.parts.items() if any(_holds(words, phrase) for phrase in phrases)), "")


def _holds(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(words[i : i + len(phrase)] == phrase for i in range(len(words) - len(phrase) + 1))


def _why(found: HeadUnit, words: Lexicon) -> str:
    """Why a head was not understood."""
    left = [word for text in (found.text, *found.brackets) for word in parse_words(conditions(text).rest, words).left]
    if left:
        return "not in the lexicon: " + ", ".join(dict.fromkeys(left))
    return "the unit does not fit the words" if found.unit else "no quantity is named"

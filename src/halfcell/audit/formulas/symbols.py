"""What the symbols of a formula stand for: columns of a table, numbers that the text defines, constants of nature."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.expression import Constant
from halfcell.audit.interval import Interval, exactly
from halfcell.audit.readings import Reading
from halfcell.audit.text_numbers import unit_after
from halfcell.core.printed_cells import read_cell
from halfcell.core.units import PLAIN, Unit, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.audit.readings import Record

LONGEST = 10  # signs of a symbol
LOWERED = 5  # signs of a letter with its index
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MARKS = str.maketrans("", "", "_{}^ ")
_SYMBOL = r"[A-Za-zΑ-Ωα-ωΔ□](?:_?\{?[A-Za-z0-9₀-₉Α-Ωα-ωΔ□+,]){0,6}\}?"
_DEFINED = re.compile(
    rf"(?<![\w.])({_SYMBOL})\s*(?:=|≈|of)\s*"
    r"(\d+(?:\.\d+)?(?:\s*[x×*·]\s*10\s*\^?\s*\{?\s*[-+−–⁻]?\s*[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+\}?)?)"
    r"(?:\s*(?=(?P<rest>[^\d\s(),;][^(),;]{0,24}))|(?=\s*(?:[,;.)]|$|and\b)))"
)
_SIGNS = str.maketrans(
    {"Ω": "Ω", "μ": "µ", "−": "-", "–": "-", "⁻": "-"}
    | {lowered: str(digit) for digit, lowered in enumerate("₀₁₂₃₄₅₆₇₈₉")}
)
_WORD = re.compile(r"^(?:and|with|at|in|of|the|for|is|as|vs|per|or|to|on|by|from)$")


def _constant(low: str, high: str, text: str, unit: str) -> tuple[Constant, Unit]:
    measure = parse(unit)
    if measure is None:
        raise ValueError(f"the unit {unit!r} is unknown")
    return Constant(Interval(Fraction(low) * measure.scale, Fraction(high) * measure.scale), text), measure


def constants() -> dict[str, tuple[Constant, Unit]]:
    """The constants of nature by their usual symbols, as accurately as they are used: R = 8.314 to 8.3145 J/(mol K)."""
    boltzmann = _constant("1.380e-23", "1.381e-23", "1.381e-23 J/K", "J/K")
    return {
        "R": _constant("8.314", "8.31447", "8.314 J/(mol K)", "J mol-1 K-1"),
        "F": _constant("96480", "96500", "96485 C/mol", "A s mol-1"),
        "kB": boltzmann,
        "π": (Constant(Interval(Fraction("3.14"), Fraction("3.14160")), "π"), PLAIN),
        "NA": _constant("6.022e23", "6.0222e23", "6.022e23 1/mol", "mol-1"),
    }


def one() -> tuple[Constant, Unit]:
    """The number of electrons, where a document does not say it."""
    return Constant(exactly(1), "1"), PLAIN


def compact(text: str) -> str:
    """A symbol without the marks of raised and lowered parts, in one spelling of signs."""
    return text.translate(_SIGNS).translate(_MARKS)


def bare(label: str) -> str:
    """A head without what stands in brackets."""
    return " ".join(_BRACKETS.sub(" ", label).split())


def symbols_of(label: str, texts: Sequence[str]) -> Iterator[str]:
    """The symbols of a column: its head, the last word of its head, or what a text puts behind its words.

    Parameters
    ----------
    label
        The head without its unit.
    texts
        Caption and paragraphs: ``sheet resistance R□`` gives R□ to the column ``Sheet resistance``.
    """
    head = bare(label)
    if 0 < len(compact(head)) <= LONGEST and (" " not in head or len(head) < 5):
        yield compact(head)
    words = head.split(" ")
    if len(words) > 1 and _is_symbol(words[-1]):
        yield compact(words[-1])
    if len(head) >= 4:
        behind = re.compile(rf"\b{re.escape(head)},?\s+({_SYMBOL})(?![\w])", re.IGNORECASE)
        for text in texts:
            yield from (compact(m[1].rstrip(",")) for m in behind.finditer(text) if _is_symbol(m[1].rstrip(",")))


def _is_symbol(word: str) -> bool:
    """Whether a word is written as symbols are: one or two letters, or with letters of other kinds."""
    symbol = compact(word)
    if _WORD.match(word) or len(symbol) > LONGEST or not re.fullmatch(_SYMBOL, symbol):
        return False
    return len(symbol) <= 2 or not symbol.isascii() or bool(re.search(r"[A-Z]|\d", symbol[1:]))


USUAL = {
    "I": "current", "i": "current", "t": "time", "V": "voltage", "U": "voltage", "m": "mass", "A": "area",
    "L": "thickness", "l": "thickness", "σ": "conductivity", "D": "diffusion coefficient", "Q": "capacity",
    "ρ": "density", "η": "viscosity", "C": "capacitance",
}  # fmt: skip # not R and F, which are constants


def _usual(record: Record) -> dict[str, Reading]:
    """The columns whose heads only have words, by the usual symbol of what they name; the only one of each."""
    found: dict[str, Reading] = {}
    for symbol, word in USUAL.items():
        named = [r for r in record.readings if re.search(rf"\b{word}\b", r.label, re.IGNORECASE)]
        if len(named) == 1:
            found[symbol] = named[0]
    return found


def _other_case(found: Mapping[str, Reading]) -> dict[str, Reading]:
    """The columns by their symbols with the other letters in the other case: Qc of a formula is the column QC."""
    other = {
        symbol[0] + symbol[1:].swapcase(): reading for symbol, reading in found.items() if 1 < len(symbol) < LOWERED
    }
    return {symbol: reading for symbol, reading in other.items() if symbol.isalpha() and symbol not in found}


def columns_by_symbol(record: Record, symbols: Mapping[str, Sequence[str]]) -> dict[str, Reading]:
    """The numbers of a row by the symbols of their columns; a symbol that two columns share is left out.

    Parameters
    ----------
    record
        The row.
    symbols
        For each head, its symbols, see `symbols_of`.
    """
    found: dict[str, Reading] = {}
    twice: set[str] = set()
    for reading in record.readings:
        for symbol in symbols[reading.label]:
            if symbol in found and found[symbol] is not reading:
                twice.add(symbol)
            found[symbol] = reading
    kept = {**_usual(record), **_other_case(found), **found}
    kept = {symbol: reading for symbol, reading in kept.items() if symbol not in twice and not reading.sign}
    return {symbol: reading for symbol, reading in kept.items() if reading.unit.kind != "degC"}


def defined_numbers(where: str, text: str) -> dict[str, Reading]:
    """The numbers that a text defines by a symbol: ``A = 1.13 cm2``; one that is defined twice is left out."""
    found: dict[str, Reading] = {}
    twice: set[str] = set()
    for match in _DEFINED.finditer(text):
        number = read_cell(match[2]).number
        unit = unit_after(match["rest"]) if match["rest"] else None
        symbol = compact(match[1].rstrip(","))
        if number is None or (match[0].rstrip()[: len(match[1]) + 3].endswith("of") and not unit):
            continue
        if symbol in found and found[symbol].printed.text != number.text:
            twice.add(symbol)
        found[symbol] = Reading(
            quantity="", printed=number, unit=unit or PLAIN, has_unit=unit is not None, where=where,
            column=match.start(), label=symbol,
        )  # fmt: skip
    return {symbol: reading for symbol, reading in found.items() if symbol not in twice}

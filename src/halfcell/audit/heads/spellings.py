"""Other spellings of a head: symbols with subscripts and abbreviations, written out in words of the lexicon."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from typing import TYPE_CHECKING

from halfcell.audit.heads.materials import is_material
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from halfcell.audit.heads.lexicon import Lexicon, Spellings

MOST = 24  # spellings of one head that are tried
COUNTED = {"capacity", "coulombic efficiency", "energy efficiency", "resistance", "voltage"}  # Q1, CE1: of a cycle
_TOKEN = re.compile(r"(?<![\w/.−-])([A-Za-zα-ωΑ-ΩΔØø]+[_,]?[\w+,]*)(?![\w])")
_ABBREVIATED = re.compile(r"(?<![\w.])([A-Za-zäöüÄÖÜß]+)(\.?)(?!\w|\.? ?%)")  # wt% is a unit
_IN_BRACKETS = re.compile(r"\b([A-Za-zρσηε])\(([A-Za-z][\w+]*)\)(?=.*[(\[/])")  # m(active) (mg)
_UNIT_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_PART = re.compile(r"[_,\s]*(\d+)(?:st|nd|rd|th)?")


def other_spellings(line: str, words: Lexicon) -> Iterator[str]:
    """The line with abbreviations and symbols written out, in each way that they can be; none if it holds none."""
    seen = {line}
    line = _IN_BRACKETS.sub(r"\1_\2", line)
    full = _written_out(line, words)
    for text in (line, full, *_with_symbols(line, words), *(_with_symbols(full, words) if full != line else ())):
        if text not in seen:
            seen.add(text)
            yield text


def _written_out(line: str, words: Lexicon) -> str:
    """Abbreviations in full: ``Coul. eff.``, ``Cap. ret.``; one without its point only where it is not a word."""

    def full(match: re.Match[str]) -> str:
        word, point = match.group(1), match.group(2)
        short = words.spellings.abbreviations.get(word.lower(), "")
        known = words.knows(word) and not point
        return match.group(0) if not short or known or (len(word) == 1 and not point) else short

    return _outside_units(line, lambda part: _ABBREVIATED.sub(full, part))


def _outside_units(line: str, change: Callable[[str], str]) -> str:
    """A line changed where it holds no bracket; units are no abbreviations."""
    pieces: list[str] = []
    end = 0
    for match in _UNIT_BRACKET.finditer(line):
        pieces += [change(line[end : match.start()]), match.group(0)]
        end = match.end()
    return "".join([*pieces, change(line[end:])])


def _with_symbols(line: str, words: Lexicon) -> Iterator[str]:
    """The line with its symbols as words, in each way to read them."""
    tokens = [match for match in _TOKEN.finditer(line) if not _is_unit(line, match)]
    found = [(match, ways) for match in tokens if (ways := _ways(match.group(1), words))]
    for chosen in islice(product(*(ways for _, ways in found)), MOST if found else 0):
        text, end, pieces = line, 0, []
        for (match, _), way in zip(found, chosen, strict=True):
            pieces += [text[end : match.start()], way]
            end = match.end()
        yield "".join([*pieces, text[end:]])


def _is_unit(line: str, match: re.Match[str]) -> bool:
    """Whether a word is a unit, or part of one: in brackets, behind a slash or a comma, or at the end of the line."""
    inside = any(m.start() < match.start() < m.end() for m in _UNIT_BRACKET.finditer(line))
    behind = line[: match.start()].rstrip().endswith(("/", ",", " in"))
    return (inside or behind or (match.start() > 0 and match.end() == len(line))) and parse(match.group(1)) is not None


def _ways(token: str, words: Lexicon) -> tuple[str, ...]:
    """The ways to read a word as a symbol with its subscripts; empty if it is a word, or a material."""
    bare = token.replace("_", "")
    if (bare == token and (words.knows(token) or is_material(token))) or len(token) < 2:
        return ()
    same = (bare,) if bare != token and (words.knows(bare)) else ()
    return (*same, *_decomposed(token, words.spellings))


@cache
def _decomposed(token: str, spellings: Spellings) -> tuple[str, ...]:
    """Each symbol that the token begins with, in words, with the words of all of its subscripts before it."""
    found: list[str] = []
    for symbol in sorted(spellings.symbols, key=len, reverse=True):
        rest = token[len(symbol) :]
        below = _subscripts(rest, spellings) if token.startswith(symbol) and rest else ""
        numbered = bool(re.search(r"\d", rest))
        found += [
            f"{below} {word}" for word in spellings.symbols[symbol] if below and (word in COUNTED or not numbered)
        ]
    return tuple(dict.fromkeys(found))


def _subscripts(text: str, spellings: Spellings) -> str:
    """The words of subscripts, one behind the other; empty if any of them is unknown."""
    said, place = [], 0
    while place < len(text):
        number = _PART.match(text, place)
        if number:
            said.append("first" if int(number.group(1)) <= 1 else f"cycle {int(number.group(1))}")
            place = number.end()
            continue
        if text[place] in "_, ":
            place += 1
            continue
        if is_material(text[place:]):  # nLiFSI: the amount of a substance
            return " ".join([*said, text[place:]])
        part = next((s for s in spellings.longest_first if text.startswith(s, place)), "")
        if not part:
            return ""
        said.append(spellings.subscripts[part])
        place += len(part)
    return " ".join(said)

"""The words of column heads as data: phrases with their meaning, the quantities with their units and qualifiers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from halfcell.audit.heads.words import words_of
from halfcell.core.errors import InputError
from halfcell.core.units import PLAIN, Unit, parse

_Facts = Mapping[str, Any]  # words, symbols, units, tags, percent, exact
_Table = Mapping[str, Mapping[str, Any]]
Category = Literal["quantity", "tag", "process", "part", "name", "filler"]
CATEGORIES: tuple[Category, ...] = ("quantity", "tag", "process", "part", "name", "filler")
SHARES = {"wt%", "at%", "vol%", "mol%"}
LONGEST = 12  # words of one phrase


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a phrase."""

    category: Category
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A quantity: the units that fit (PLAIN: none needed), the qualifiers it may have, bare numbers in per cent.

    `exact` allows these units only, and not the same with another prefix: no lattice spacing is given in mm.
    """

    units: tuple[Unit, ...]
    tags: frozenset[str]
    percent: bool = False
    exact: bool = False

    def fits(self, unit: Unit | None) -> bool:
        """Whether a printed unit, or none, fits."""
        found = unit or PLAIN
        fitting = [known for known in self.units if found.fits(known) and _is_meant(found, known, self.units)]
        return any(not self.exact or known.scale == found.scale for known in fitting)


def _is_meant(unit: Unit, known: Unit, units: tuple[Unit, ...]) -> bool:
    """Whether a unit that fits is meant: wt%, at% and eV only where the entry names them."""
    if unit.kind in SHARES:
        return any(other.kind == unit.kind for other in units)
    return ("eV" in unit.text) == ("eV" in known.text)


@dataclass(frozen=True, kw_only=True, eq=False)
class Spellings:
    """How words are spelled short: abbreviations, symbols with what each may stand for, subscripts."""

    abbreviations: Mapping[str, str]
    symbols: Mapping[str, tuple[str, ...]]
    subscripts: Mapping[str, str]

    @cached_property
    def longest_first(self) -> tuple[str, ...]:
        """The subscripts, the longest first."""
        return tuple(sorted(self.subscripts, key=len, reverse=True))


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """All phrases (as tuples of lower-case words) and symbols (as printed) with their meanings."""

    phrases: Mapping[tuple[str, ...], tuple[Meaning, ...]]
    symbols: Mapping[str, tuple[Meaning, ...]]
    kinds: Mapping[str, Kind]
    parts: Mapping[str, tuple[tuple[str, ...], ...]]
    spellings: Spellings

    def knows(self, word: str) -> bool:
        """Whether a single word or symbol has a meaning."""
        return word in self.symbols or (word.lower(),) in self.phrases


@cache
def lexicon(extra: str = "") -> Lexicon:
    """The lexicon of halfcell, with the entries of a user's file added.

    Raises
    ------
    InputError
        If the file cannot be read, or an entry has an unknown form.
    """
    tables = [_read(Path(__file__).with_name("lexicon.toml"))]
    if extra:
        tables.append(_read(Path(extra)))
    phrases: dict[tuple[str, ...], list[Meaning]] = {}
    symbols: dict[str, list[Meaning]] = {}
    kinds: dict[str, Kind] = {}
    for table in tables:
        for name, facts in table.get("quantity", {}).items():
            kinds[name] = _kind(facts, kinds.get(name))
        for category in CATEGORIES:
            for name, facts in _entries(table, category).items():
                meaning = Meaning(category, name)
                for word in facts.get("words", ()):
                    phrases.setdefault(words_of(word), []).append(meaning)
                for word in facts.get("symbols", ()):
                    symbols.setdefault(word, []).append(meaning)
    return Lexicon(
        phrases={key: tuple(found) for key, found in phrases.items()},
        symbols={key: tuple(found) for key, found in symbols.items()},
        kinds=kinds,
        parts=_parts(phrases),
        spellings=_spellings(),
    )


def _spellings() -> Spellings:
    table = _read(Path(__file__).with_name("spellings.toml"))
    return Spellings(
        abbreviations=table["abbreviation"],
        symbols={symbol: tuple(words) for symbol, words in table["symbol"].items()},
        subscripts=table["subscript"],
    )


def _parts(phrases: Mapping[tuple[str, ...], list[Meaning]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each part of the cell, in the order of the file, the phrases that name it."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase, meanings in phrases.items():
        for meaning in meanings:
            if meaning.category == "part":
                found.setdefault(meaning.value, []).append(phrase)
    return {part: tuple(named) for part, named in found.items()}


def _read(path: Path) -> _Table:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        hint = 'write it like: [quantity.capacity] words = ["our word"]'
        raise InputError(f"the lexicon cannot be read: {error}", str(path), hint) from error


def _entries(table: _Table, category: str) -> Mapping[str, _Facts]:
    """The entries of a category by name; the words without a meaning have no names."""
    found = table.get(category, {})
    return {category: found} if category == "filler" else found


def _kind(facts: _Facts, before: Kind | None) -> Kind:
    units = tuple(unit for word in facts.get("units", ()) if (unit := parse(word) if word else PLAIN))
    return Kind(
        units=(*(before.units if before else ()), *units),
        tags=frozenset(facts.get("tags", ())) | (before.tags if before else frozenset()),
        percent=bool(facts.get("percent", before.percent if before else False)),
        exact=bool(facts.get("exact", before.exact if before else False)),
    )

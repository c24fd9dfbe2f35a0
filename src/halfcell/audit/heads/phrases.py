"""Words of a head by category: the longest phrases of the lexicon, materials, and what is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.heads.lexicon import LONGEST, Category, Lexicon, Meaning
from halfcell.audit.heads.materials import ELEMENTS, is_material, without_composites
from halfcell.audit.heads.words import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARKED = re.compile(r"^(.{2,}?)(?:[a-h](?:,[a-h])*|[*†‡§¶#]+)$")
SYMBOL = 2  # letters of a symbol
LONG = 3  # letters; a shorter word with a letter behind it is another word


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """The words of a head by category, and those left over."""

    quantities: tuple[tuple[str, ...], ...] = ()  # for each phrase, the quantities that it may mean
    maybe: tuple[str, ...] = ()  # quantities of words that may be qualifiers, too
    tags: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    marked: bool = False
    symbolic: bool = False  # whether a symbol of one or two letters is all that names the quantity

    def with_bracket(self, other: Parsed) -> Parsed:
        """Together with the words of a bracket; an abbreviation of what was said adds nothing."""
        return Parsed(
            quantities=self.quantities if self.abbreviated_by(other) else self.quantities + other.quantities,
            maybe=self.maybe + other.maybe,
            tags=self.tags + other.tags,
            processes=self.processes + tuple(p for p in other.processes if p not in self.processes),
            parts=self.parts + other.parts,
            names=self.names or (() if self.quantities else other.names),
            materials=self.materials + other.materials,
            left=self.left + other.left,
            marked=self.marked or other.marked,
            symbolic=self.symbolic and not other.quantities,
        )

    def abbreviated_by(self, other: Parsed) -> bool:
        """Whether a bracket only repeats the quantity as a symbol: ``initial Coulombic efficiency (ICE)``."""
        family = {"coulombic_efficiency": "efficiency", "initial_coulombic_efficiency": "efficiency"}
        said = {family.get(name, name) for phrase in self.quantities for name in phrase}
        return bool(said) and all(said & {family.get(n, n) for n in phrase} for phrase in other.quantities)


class _Phrase(NamedTuple):
    """One phrase: its first word, its meanings (none: left over), and whether it is a material or lost a mark."""

    word: str
    meanings: tuple[Meaning, ...] = ()
    is_material: bool = False
    marked: bool = False

    def values(self, category: Category) -> tuple[str, ...]:
        """What the phrase means in one category."""
        return tuple(dict.fromkeys(m.value for m in self.meanings if m.category == category))

    @property
    def categories(self) -> set[Category]:
        """The categories of its meanings, names aside."""
        return {meaning.category for meaning in self.meanings} - {"name"}


def parse_words(text: str, known: Lexicon, share: bool = False) -> Parsed:
    """Take phrase by phrase; beside the unit of a share (at%), single letters are elements, too."""
    text, composites = without_composites(text)
    words = split(text)
    names = tuple(m.value for m in known.phrases.get(tuple(w.lower() for w in words), ()) if m.category == "name")
    found = tuple(_phrases(words, known, share))
    sure = [phrase for phrase in found if phrase.categories == {"quantity"}]
    wordy = [phrase for phrase in sure if len(phrase.word) > SYMBOL and phrase.values("quantity") != ("cycle",)]
    sure = wordy or sure  # a letter behind the words is their symbol: crystallite size D
    return Parsed(
        quantities=tuple(phrase.values("quantity") for phrase in sure),
        maybe=_all(tuple(phrase for phrase in found if phrase not in sure), "quantity"),
        tags=_all(found, "tag"),
        processes=_all(found, "process"),
        parts=_all(found, "part"),
        names=names,
        materials=(*composites, *(phrase.word for phrase in found if phrase.is_material)),
        left=() if names else tuple(p.word for p in found if not p.is_material and not p.categories),
        marked=any(phrase.marked for phrase in found),
        symbolic=bool(sure) and not wordy and all(len(phrase.word) <= SYMBOL for phrase in sure),
    )


def _all(found: Sequence[_Phrase], category: Category) -> tuple[str, ...]:
    return tuple(value for phrase in found for value in phrase.values(category))


def _phrases(words: Sequence[str], known: Lexicon, share: bool) -> Iterator[_Phrase]:
    place = 0
    while place < len(words):
        word = words[place]
        length, meanings, marked = _longest(words[place:], known)
        if is_material(word, single=share) and (not length or (share and word in ELEMENTS)):
            yield _Phrase(word, is_material=True)
            place += 1
        else:
            yield _Phrase(word, meanings, marked=marked)
            place += max(length, 1)


def _longest(words: Sequence[str], known: Lexicon) -> tuple[int, tuple[Meaning, ...], bool]:
    """The longest phrase at the beginning: its number of words, its meanings, whether a mark was taken off."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        meanings = known.phrases.get(tuple(word.lower() for word in words[:length]), ())
        if length == 1:
            meanings = known.symbols.get(words[0], ()) + meanings
        if meanings:
            return length, meanings, False
        if bare := _without_mark(words[:length], known):
            return length, bare, True
    return 0, (), False


def _without_mark(words: Sequence[str], known: Lexicon) -> tuple[Meaning, ...]:
    """The meanings of a phrase whose last word ends in a footnote letter: ``capacitya``, ``ICEb``."""
    match = _MARKED.match(words[-1])
    if match is None:
        return ()
    bare = match.group(1)
    found = known.phrases.get((*(word.lower() for word in words[:-1]), bare.lower()), ())
    if len(words) == 1:
        found = known.symbols.get(bare, ()) + found
    long = len(bare) > LONG or bare.isupper()
    return tuple(m for m in found if m.category in {"quantity", "name"}) if long else ()

"""Which of the document's own samples a sentence is about, by their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core import material_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SHORTEST = 2  # letters of a name that may stand alone; "A" only behind "sample"
_WORD = re.compile(r"\w+")
_CLOSE = re.compile(r"[\w/@|+·-]")  # beside a name it makes another name of it
WINDOW = 24  # characters beside a name that may make it another sample
_OTHER_BEFORE = re.compile(
    r"\b(?:nano\w*|micro\w*|micron-sized|porous|amorphous|crystalline|[\w-]*coated|pre-?lithiated|[\w-]*doped|hollow|thin)\s$",
    re.IGNORECASE,
)
_OTHER_BEHIND = re.compile(
    r"\s(?:nano\w+|micro\w+|NPs?|NWs?|particles?|films?|wafers?|foils?|content|atoms?|phase|peaks?)\b", re.IGNORECASE
)
_SAMPLE = re.compile(r"\b(?:[Ss]ample|[Ee]lectrode|[Cc]ell)\s$")


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """The names of samples, and for the first word of each the lengths that a name may have, the longest first."""

    names: frozenset[str] = frozenset()
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def of(self, sentence: str, before: str, count: int) -> Sequence[str]:
        """The sample of each of `count` numbers; empty names where that is not certain.

        One number: the only sample of the sentence, else the only one named since the number before it. Several
        numbers: one sample each, in their order, if the sentence says "respectively".
        """
        whole = list(self.found(sentence))
        distinct = list(dict.fromkeys(whole))
        if len(distinct) == 1:
            return distinct * count
        if count > 1:
            fits = len(whole) == count and "respectively" in sentence
            return whole if fits else [""] * count
        near = list(dict.fromkeys(self.found(before)))
        return near if len(near) == 1 else [""]

    def found(self, text: str) -> Iterator[str]:
        """The samples that a text names, in their order, each by its longest name."""
        end = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < end or _CLOSE.match(text[start - 1 : start]):
                continue
            for length in self.lengths.get(word[0], ()):
                name = text[start : start + length]
                end = start + length
                if name in self.names and not _CLOSE.match(text[end : end + 1]):
                    before = text[max(start - WINDOW, 0) : start]
                    known = length >= SHORTEST or bool(_SAMPLE.search(before))
                    if known and not (_OTHER_BEFORE.search(before) or _OTHER_BEHIND.match(text[end : end + WINDOW])):
                        yield name
                    break
                end = start


def subjects_of(names: Iterable[str]) -> Subjects:
    """The samples of some names."""
    known = frozenset(name for name in map(material_names.tidy, names) if _WORD.match(name))
    lengths: dict[str, set[int]] = {}
    for name in known:
        first = _WORD.match(name)
        if first:
            lengths.setdefault(first[0], set()).add(len(name))
    return Subjects(names=known, lengths={word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()})

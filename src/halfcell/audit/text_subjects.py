"""Which of the document's own samples a sentence is about, by their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core import material_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHORTEST = 2  # letters of a name that may stand alone; "A" only behind "sample"
MOST = 400  # names that are looked for
_EDGE = r"[\w/@|+·-]"


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """The names of samples and a pattern that finds them in a text, the longest first."""

    names: tuple[str, ...]
    pattern: re.Pattern[str] | None = field(default=None)

    def of(self, sentence: str, before: str, count: int) -> Sequence[str]:
        """The sample of each of `count` numbers; empty names where that is not certain.

        One number: the only sample of the sentence, else the only one named since the number before it. Several
        numbers: one sample each, in their order, if the sentence says "respectively".
        """
        whole = self.found(sentence)
        distinct = list(dict.fromkeys(whole))
        if len(distinct) == 1:
            return distinct * count
        if count > 1:
            fits = len(whole) == count and "respectively" in sentence
            return whole if fits else [""] * count
        near = list(dict.fromkeys(self.found(before)))
        return near if len(near) == 1 else [""]

    def found(self, text: str) -> list[str]:
        """The samples that a text names, in their order."""
        if self.pattern is None:
            return []
        return [material_names.tidy(match[1] or match[2]) for match in self.pattern.finditer(text)]


def subjects_of(names: Iterable[str]) -> Subjects:
    """Make the pattern that finds some names; spaces in them may be of any width."""
    known = tuple(dict.fromkeys(name for name in map(material_names.tidy, names) if name))[:MOST]
    longest = sorted(known, key=len, reverse=True)
    alone = [_spelled(name) for name in longest if len(name) >= SHORTEST]
    letters = [re.escape(name) for name in longest if len(name) < SHORTEST]
    if not known:
        return Subjects(names=())
    first = rf"(?<!{_EDGE})({'|'.join(alone) or '(?!)'})(?!{_EDGE})"
    second = rf"\b(?:[Ss]ample|[Ee]lectrode|[Cc]ell)\s+({'|'.join(letters) or '(?!)'})(?!{_EDGE})"
    return Subjects(names=known, pattern=re.compile(f"{first}|{second}"))


def _spelled(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split(" "))

"""The words of one document: a user's lexicon, and the abbreviations that its own captions and notes define."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.audit.heads.grammar import read_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EQUALS = re.compile(
    r"\b([A-Z][A-Za-z]{1,6})\s*(?:[:=]|\s[-–—]\s|,? (?:is|means|denotes|stands for|represents)(?: the)?)\s*"
    r"([A-Za-z][A-Za-z -]{6,60}?)(?=\s*(?:[;,.()]|$| and [A-Z]))"
)
_BRACKETED = re.compile(r"((?:[A-Za-z0-9][A-Za-z0-9-]*\s+){1,7}?)\(([A-Z][A-Za-z]{1,6})\)")
LONGEST = 20_000  # characters of one text that are searched


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words that heads are read with.

    Parameters
    ----------
    lexicon
        Path of a user's lexicon.
    short
        The abbreviations that the document defines, each with its words.
    """

    lexicon: str = ""
    short: tuple[tuple[str, str], ...] = ()

    def written_out(self, text: str) -> str:
        """The text with the document's abbreviations in full."""
        for word, full in self.short:
            text = re.sub(rf"(?<![\w/.-]){word}(?![\w/-])", full, text)
        return text


LEXICON_ALONE = Vocabulary()


def vocabulary(texts: Iterable[str], lexicon: str = "") -> Vocabulary:
    """The words of a document from its captions, notes and paragraphs.

    An abbreviation counts if its words are those of one quantity, and if the document defines it once.
    """
    found: dict[str, set[str]] = {}
    for text in texts:
        for word, full in _defined(text[:LONGEST]):
            found.setdefault(word, set()).add(full)
    short = tuple((word, next(iter(fulls))) for word, fulls in found.items() if len(fulls) == 1)
    return Vocabulary(lexicon=lexicon, short=tuple(pair for pair in short if _is_quantity(pair[1], lexicon)))


def _defined(text: str) -> Iterator[tuple[str, str]]:
    """Each abbreviation of a text with its words."""
    for match in _EQUALS.finditer(text):
        yield match.group(1), " ".join(match.group(2).lower().split())
    for match in _BRACKETED.finditer(text) if "(" in text else ():
        words = _initialled(match.group(1).split(), match.group(2))
        if words:
            yield match.group(2), " ".join(words).lower()


def _initialled(words: list[str], short: str) -> list[str]:
    """The last words whose initials are the letters of an abbreviation."""
    parts = [part for word in words for part in word.split("-")]
    last = parts[-len(short) :]
    return last if [word[0].lower() for word in last] == list(short.lower()) else []


def _is_quantity(words: str, lexicon: str) -> bool:
    head = read_head(words, "", lexicon)
    return bool(head.quantity) and not head.names and head.quantity != "at_condition"

"""Cells of a PDF table: the lines in a cell joined, a number that a narrow cell broke made whole, doubt kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from halfcell.core.cells import read_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.extract.common.pdf.text_lines import Word

_DIGITS = re.compile(r"^[\d.,]+$")
OPEN_END = ("/", "|", "-", "–", "@")


@dataclass(frozen=True, slots=True)
class Bit:
    """The words of one cell on one line."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)

    @property
    def markup(self) -> str:
        """The words with their raised and lowered parts marked."""
        return " ".join(word.markup for word in self.words)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.words[-1].x1

    @property
    def middle(self) -> float:
        """Height on the page."""
        return self.words[0].bottom

    @property
    def letter(self) -> float:
        """Mean width of a character of the last word."""
        word = self.words[-1]
        return (word.x1 - word.x0) / max(len(word.text), 1)

    @property
    def is_number(self) -> bool:
        """Whether the bit is a number by itself."""
        return read_cell(self.text).kind in {"number", "range", "none"}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A cell being put together; `limit` is the right end that its text may reach."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    bits: list[Bit] = field(default_factory=list)
    limit: float = 1e9
    page: int = 0
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """The part of a table that stands on one page."""

    drafts: list[Draft]
    columns: tuple[float, ...]
    page: int
    head: int | None
    top: float
    bottom: float


def is_full(bit: Bit, following: Bit, limit: float) -> bool:
    """Whether a line had no room for the next character, so that its word was broken where it stands."""
    return len(bit.words) == 1 and bit.x1 + following.letter > limit - 0.15 * following.letter


def joined(bits: Sequence[Bit], limit: float) -> tuple[str, str, str]:
    """Text, markup and doubt of a cell's lines."""
    if not bits:
        return "", "", ""
    text, markup, doubt = bits[0].text, bits[0].markup, ""
    for before, bit in pairwise(bits):
        glue = " "
        if (before.text.endswith(OPEN_END) and not before.text.endswith(" -")) or is_full(before, bit, limit):
            glue = ""
        elif _DIGITS.match(before.words[-1].text) and _DIGITS.match(bit.words[0].text):
            doubt = "two lines of digits in one cell: one number or two?"
        text += glue + bit.text
        markup += glue + bit.markup
    return text, "" if markup == text else markup, doubt

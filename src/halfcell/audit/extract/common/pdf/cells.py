"""Cells of a PDF table: the lines in a cell are joined, and a number that a narrow cell broke becomes one again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.marked_text import MarkedText
from halfcell.core.printed_cells import read_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.extract.common.pdf.text_lines import Word

_DIGITS = re.compile(r"^[\d.,]+$")
OPEN_END = ("/", "|", "-", "–", "@")
SOFT_HYPHEN = "\u00ad"
UNLIMITED = 1e9  # points, wider than any page


@dataclass(frozen=True, slots=True)
class Bit:
    """The words of one cell on one line."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, separated by spaces."""
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
    def height(self) -> float:
        """Height on the page."""
        return self.words[0].bottom

    @property
    def letter(self) -> float:
        """Mean width of a character in the last word."""
        word = self.words[-1]
        return (word.x1 - word.x0) / max(len(word.text), 1)

    @property
    def is_number(self) -> bool:
        """Whether the bit is a number by itself."""
        return read_cell(self.text).kind in {"number", "range", "none"}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A cell as it is put together from lines; `limit` is the right end that its text may reach."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    bits: tuple[Bit, ...] = ()
    limit: float = UNLIMITED
    page: int = 0

    def extended(self, *bits: Bit) -> Draft:
        """The cell with more lines."""
        return replace(self, bits=self.bits + bits)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """The part of a table on one page: its cells, the left ends of its columns, and its position on the page."""

    drafts: tuple[Draft, ...]
    columns: tuple[float, ...]
    page: int
    header_rows: int | None
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of a cell, and why it may be wrong."""

    text: MarkedText
    doubt: str = ""


def is_full(bit: Bit, following: Bit, limit: float) -> bool:
    """Whether a line had no room for the next character, so that its word was broken there."""
    return len(bit.words) == 1 and bit.x1 + following.letter > limit - 0.15 * following.letter


def joined(bits: Sequence[Bit], limit: float) -> Joined:
    """Join the lines of a cell."""
    if not bits:
        return Joined(MarkedText("", ""))
    text, markup, doubt = bits[0].text, bits[0].markup, ""
    for before, bit in pairwise(bits):
        glue = " "
        words = before.text[-1].isalpha() and (bit.text[0].isalpha() or bit.text[0] in "([")
        opens = before.text.endswith(OPEN_END) and not before.text.endswith(" -")
        if before.text.endswith(SOFT_HYPHEN):  # a word that is parted at the end of a line
            text, markup, glue = text.removesuffix(SOFT_HYPHEN), markup.removesuffix(SOFT_HYPHEN), ""
        elif opens or (is_full(before, bit, limit) and not words):
            glue = ""
        elif _DIGITS.match(before.words[-1].text) and _DIGITS.match(bit.words[0].text):
            doubt = "two lines of digits in one cell: one number or two?"
        text += glue + bit.text
        markup += glue + bit.markup
    return Joined(MarkedText(text, markup), doubt)

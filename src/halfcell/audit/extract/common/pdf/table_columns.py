"""Columns of a PDF table without a grid, and its heads: those over several columns count for each of them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.cells import Bit, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.extract.common.pdf.text_lines import Bar, Line, Word

GUTTER = 0.42  # of the font size: the narrowest gap between two columns
SPANNED = 0.4  # of a column's width: a head that covers more of it belongs to it
SHORT_RULE = 0.9  # of the width of the table: a shorter ruling line is that of a head over several columns

Bits = dict[int, Bit]  # the words of one line, by column


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a table: left and right end of the words in each, and the right end that text may reach."""

    left: tuple[float, ...]
    right: tuple[float, ...]
    limit: tuple[float, ...]

    def of(self, word: Word) -> int:
        """The column of a word, by its centre."""
        middle = (word.x0 + word.x1) / 2
        return max((i for i, left in enumerate(self.left) if left - 1 <= middle), default=0)

    def limited(self, end: float) -> Columns:
        """The same columns with another right end of the last one."""
        return dataclasses.replace(self, limit=(*self.limit[:-1], end))


@dataclass(frozen=True, kw_only=True)
class Region:
    """The lines of a table on one page, and the ruling lines on that page below its caption."""

    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    page: int


def columns(lines: Sequence[Line]) -> Columns:
    """Find the columns of some lines (at least one): they are separated where no line has a word."""
    words = sorted((w for line in lines for w in line.words), key=lambda word: word.x0)
    size = median(line.size for line in lines)
    left, right = [words[0].x0], [words[0].x1]
    for word in words[1:]:
        if word.x0 - right[-1] > GUTTER * size:
            left.append(word.x0)
            right.append(word.x1)
        else:
            right[-1] = max(right[-1], word.x1)
    narrow = min((b - a for a, b in zip(right, left[1:], strict=False)), default=0.0)
    limit = [*(start - narrow for start in left[1:]), right[-1]]
    return Columns(left=tuple(left), right=tuple(right), limit=tuple(limit))


def phrases(line: Line) -> list[Bit]:
    """The words of a line in groups, parted by gaps as wide as those between columns."""
    groups = [[line.words[0]]]
    for word in line.words[1:]:
        if word.x0 - groups[-1][-1].x1 > GUTTER * line.size:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [Bit(tuple(group)) for group in groups]


def header_cells(region: Region, count: int, found: Columns) -> list[Draft]:
    """One header cell per column, its lines joined; a head that spans columns belongs to the head of each."""
    by_column: dict[int, list[Bit]] = {}
    lines = [dict(_heads(line, region.bars, found)) for line in region.lines[:count]]
    for line, below in zip(lines, [*lines, {}][1:], strict=True):
        for column, bit in _spread(line, below).items():
            by_column.setdefault(column, []).append(bit)
    return [
        Draft(row=0, column=column, bits=tuple(bits), limit=found.limit[column], page=region.page)
        for column, bits in by_column.items()
    ]


def _spread(line: Bits, below: Bits) -> Bits:
    """A head over several columns also counts for the next ones without a head in its line, but with one below."""
    found = dict(line)
    for column in sorted(below):
        before = found.get(column - 1)
        if column not in found and before is not None and before is found.get(column - 2):
            found[column] = before
    return found


def _heads(line: Line, bars: Sequence[Bar], found: Columns) -> Iterator[tuple[int, Bit]]:
    """The words of a header line, by column: a phrase over several columns, or over a short rule, counts for all."""
    groups = phrases(line)
    if len(groups) == len(found.left):
        yield from enumerate(groups)
        return
    whole = found.right[-1] - found.left[0]
    for phrase in groups:
        middle = (phrase.x0 + phrase.x1) / 2
        below = [bar for bar in bars if 0 <= bar.top - line.bottom < line.size and bar.x0 <= middle <= bar.x1]
        short = [bar for bar in below if bar.x1 - bar.x0 < SHORT_RULE * whole]
        low, high = (short[0].x0, short[0].x1) if short else (phrase.x0, phrase.x1)
        shared = [min(high, b) - max(low, a) for a, b in zip(found.left, found.right, strict=True)]
        widths = [b - a for a, b in zip(found.left, found.right, strict=True)]
        spanned = [i for i, (part, width) in enumerate(zip(shared, widths, strict=True)) if part > SPANNED * width]
        yield from ((column, phrase) for column in spanned or [shared.index(max(shared))])

"""Columns of a PDF table without a grid, and its heads: those over several columns count for each of them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.extract.common.pdf.cells import Bit, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.extract.common.pdf.text_lines import Bar, Line, Word

GUTTER = 0.42  # of the font size: the narrowest gap between two columns
SPANNED = 0.4  # of a column's width: a head that covers more of it belongs to it
SHORT_RULE = 0.9  # of the width of the table: a shorter ruling line is that of a head over several columns
APART = 0.6  # of the font size: the gap between two rows of heads, wider than that between the lines of one head
CENTRED = 0.8  # of the font size: how exactly a head over several columns stands in their middle

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

    def middle(self, column: int) -> float:
        """The middle of a column."""
        return (self.left[column] + self.right[column]) / 2

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
    lines: list[Bits] = []
    for index, line in enumerate(region.lines[:count]):
        before = region.lines[index - 1] if index else None
        after = region.lines[index + 1] if index + 1 < count else None
        lines.append(dict(_heads(_Around(line, before, after), region.bars, found)))
    for heads, under in zip(lines, [*lines, {}][1:], strict=True):
        for column, bit in _spread(heads, under).items():
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


class _Around(NamedTuple):
    """A line of heads with the lines of heads above and below it."""

    line: Line
    above: Line | None
    below: Line | None


def _heads(around: _Around, bars: Sequence[Bar], found: Columns) -> Iterator[tuple[int, Bit]]:
    """The words of a header line, by column: a phrase over several columns, or over a short rule, counts for all."""
    line, groups = around.line, _by_column(phrases(around.line), found)
    if len(groups) == len(found.left):
        yield from enumerate(groups)
        return
    whole = found.right[-1] - found.left[0]
    for phrase in groups:
        middle = (phrase.x0 + phrase.x1) / 2
        below = [bar for bar in bars if 0 <= bar.top - line.bottom < line.size and bar.x0 <= middle <= bar.x1]
        short = [bar for bar in below if bar.x1 - bar.x0 < SHORT_RULE * whole]
        low, high = (short[0].x0, short[0].x1) if short else (phrase.x0, phrase.x1)
        spanned = _spanned(low, high, found)
        apart = {} if short else _apart(phrase, spanned, around.above, found)
        yield from apart.items() or ((column, phrase) for column in spanned if short or len(spanned) > 1)
        if not short and len(spanned) == 1:
            yield from ((column, phrase) for column in _run(phrase, around, found) or spanned)


def _by_column(groups: Sequence[Bit], found: Columns) -> list[Bit]:
    """The phrases of a line of heads; those inside one column are one, since a full line stretches its words."""
    made: list[Bit] = []
    for phrase in groups:
        within = [i for i, (a, b) in enumerate(zip(found.left, found.right, strict=True)) if _is_within(phrase, a, b)]
        if made and within and _is_within(made[-1], found.left[within[0]], found.right[within[0]]):
            made[-1] = Bit((*made[-1].words, *phrase.words))
        else:
            made.append(phrase)
    return made


def _is_within(phrase: Bit, low: float, high: float) -> bool:
    return low - 1 <= phrase.x0 and phrase.x1 <= high + 1


def _spanned(low: float, high: float, found: Columns) -> list[int]:
    """The columns that a head from `low` to `high` covers; else the one that it shares most with."""
    shared = [min(high, b) - max(low, a) for a, b in zip(found.left, found.right, strict=True)]
    widths = [b - a for a, b in zip(found.left, found.right, strict=True)]
    covered = [i for i, (part, width) in enumerate(zip(shared, widths, strict=True)) if part > SPANNED * width]
    return covered or [shared.index(max(shared))]


def _apart(phrase: Bit, spanned: Sequence[int], above: Line | None, found: Columns) -> Bits:
    """The words of heads so narrow that they touch: each in its column, where the line above keeps them apart."""
    if above is None or len(spanned) < 2:
        return {}
    over = [_spanned(one.x0, one.x1, found) for one in phrases(above)]
    if not all([column] in over for column in spanned):
        return {}
    held: dict[int, list[Word]] = {}
    for word in phrase.words:
        middle = (word.x0 + word.x1) / 2
        held.setdefault(min(spanned, key=lambda i: abs(middle - found.middle(i))), []).append(word)
    return {column: Bit(tuple(words)) for column, words in held.items()} if len(held) == len(spanned) else {}


def _run(phrase: Bit, around: _Around, found: Columns) -> list[int]:
    """The columns around a head without a rule, of which it stands in the middle, in a row of heads of its own."""
    line, below = around.line, around.below
    if below is None or below.top - line.bottom < APART * line.size or len(phrases(below)) < len(found.left) - 1:
        return []
    taken = {i for one in phrases(line) if one.x0 != phrase.x0 for i in _spanned(one.x0, one.x1, found)}
    middle = (phrase.x0 + phrase.x1) / 2
    left, right = list(found.left), list(found.right)
    for head in phrases(below):
        for column in _spanned(head.x0, head.x1, found)[:1]:
            left[column], right[column] = min(left[column], head.x0), max(right[column], head.x1)
    runs = [
        list(range(first, last + 1))
        for first in range(len(left))
        for last in range(first + 1, len(left))
        if not taken & set(range(first, last + 1))
        and left[first] <= phrase.x0
        and phrase.x1 <= right[last]
        and abs(middle - (left[first] + right[last]) / 2) < CENTRED * line.size
    ]
    return max(runs, key=len, default=[])

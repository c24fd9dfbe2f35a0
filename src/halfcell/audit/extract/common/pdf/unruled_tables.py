"""Tables without a grid: columns by the white gutters between words, rows by leading and by numbers that are whole."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.cells import Bit, Draft, Piece, is_full
from halfcell.core.cells import read_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.extract.common.pdf.text_lines import Line, Word

GUTTER = 0.42  # of the font size: the narrowest white between two columns
LEADING = 0.5  # points by which the leading inside a cell varies


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a region: left and right end of the words in each, and the right end that text may reach."""

    left: tuple[float, ...]
    right: tuple[float, ...]
    limit: tuple[float, ...]

    def of(self, word: Word) -> int:
        """The column that a word stands in, by its middle."""
        middle = (word.x0 + word.x1) / 2
        return max((i for i, left in enumerate(self.left) if left - 1 <= middle), default=0)


def columns(region: Sequence[Line]) -> Columns:
    """Find the gutters: where no word of any line stands."""
    words = sorted((w for line in region for w in line.words), key=lambda word: word.x0)
    size = median(line.size for line in region)
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


@dataclass(frozen=True, kw_only=True)
class Region:
    """The lines of a table on one page, and the rules on that page below its caption: height, left end, right end."""

    lines: tuple[Line, ...]
    bars: tuple[tuple[float, float, float], ...]
    page: int


def continues(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether the first lines of a page go on with a table: they repeat its head, or share its gutters."""
    if before[0].text == after[0].text:
        return True
    return len(columns([*before, *after]).left) >= max(2, len(columns(before).left))


def pieces(regions: Sequence[Region]) -> list[Piece]:
    """The cells of a table on one page or several; its columns are those that all its lines have in common."""
    found = columns([line for region in regions for line in region.lines])
    bars = [bar for region in regions for bar in region.bars]
    if bars:  # the rules reach beyond the last column by what they reach beyond the first
        end = max(bar[2] for bar in bars) - max(found.left[0] - min(bar[1] for bar in bars), 0.0)
        found = dataclasses.replace(found, limit=(*found.limit[:-1], max(end, found.right[-1])))
    else:
        found = dataclasses.replace(found, limit=(*found.limit[:-1], 1e9))
    return [_piece(region, found) for region in regions]


def _piece(region: Region, found: Columns) -> Piece:
    """The cells of one region; the second rule ends the head."""
    rows = [_bits(line, found) for line in region.lines]
    head = _head_lines(region.lines, rows, [bar[0] for bar in region.bars])
    drafts = _head(rows[:head], found, region.page)
    drafts += _body(rows[head:], found, region.page, _pitch(rows[:head], rows), first=1 if head else 0)
    return Piece(
        drafts=drafts,
        columns=found.left,
        page=region.page,
        head=1 if head else 0,
        top=region.lines[0].top,
        bottom=region.lines[-1].bottom,
    )


def _bits(line: Line, found: Columns) -> dict[int, Bit]:
    """The words of a line, by column."""
    held: dict[int, list[Word]] = {}
    for word in line.words:
        held.setdefault(found.of(word), []).append(word)
    return {column: Bit(tuple(words)) for column, words in held.items()}


def _head_lines(region: Sequence[Line], rows: Sequence[dict[int, Bit]], rules: Sequence[float]) -> int:
    """How many lines are head: those above the second rule, else those above the first line of numbers."""
    inner = [rule for rule in rules if region[0].bottom - 3 < rule < region[-1].top + 3]
    if inner:
        above = sum(line.bottom <= inner[0] + 3 for line in region)
        if 0 < above < len(region):
            return above
    numeric = (i for i, row in enumerate(rows) if 2 * sum(bit.is_number for bit in row.values()) >= len(row) > 1)
    return next(numeric, len(region) if len(rules) >= 2 and len(region) <= 6 else 0)


def _head(rows: Sequence[dict[int, Bit]], found: Columns, page: int) -> list[Draft]:
    """One head cell a column, its lines joined."""
    drafts: dict[int, Draft] = {}
    for row in rows:
        for column, bit in row.items():
            draft = drafts.setdefault(column, Draft(row=0, column=column, limit=found.limit[column], page=page))
            draft.bits.append(bit)
    return list(drafts.values())


def _pitch(head: Sequence[dict[int, Bit]], rows: Sequence[dict[int, Bit]]) -> float:
    """The leading inside a cell: that of the head's lines, else the least in any column."""
    gaps = _gaps(head) or _gaps(rows)
    return median(gaps) if _gaps(head) else min(gaps, default=12.0)


def _gaps(rows: Sequence[dict[int, Bit]]) -> list[float]:
    """Distances between lines that follow each other in a column."""
    last: dict[int, float] = {}
    gaps = []
    for row in rows:
        for column, bit in row.items():
            if column in last:
                gaps.append(bit.middle - last[column])
            last[column] = bit.middle
    return [gap for gap in gaps if gap > 1]


def _body(rows: Sequence[dict[int, Bit]], found: Columns, page: int, pitch: float, first: int) -> list[Draft]:
    """Cells of the body.

    A bit goes on with the cell above it where the leading is that inside a cell, unless both are whole numbers. A line
    with a bit that does not go on begins a row; one nearer to the last line than a leading is the same row (cells that
    are centred). On a line that begins a row, words that go on are the rest of a merged cell, unless rows are dense.
    """
    drafts: list[Draft] = []
    last: dict[int, Draft] = {}
    row, before = first - 1, -1e9
    dense = _is_dense(rows, pitch)
    for line in rows:
        middle = max(bit.middle for bit in line.values())
        reach = [1e9] * len(found.limit) if dense else found.limit
        goes_on = {column: _goes_on(last.get(column), bit, pitch, reach[column]) for column, bit in line.items()}
        begins = not all(goes_on.values())
        if begins and (middle - before > 0.8 * pitch or row < first):
            row += 1
        before = middle
        for column, bit in line.items():
            if (goes_on[column] and not (begins and dense)) or (column in last and last[column].row == row):
                last[column].bits.append(bit)
            else:
                last[column] = Draft(row=row, column=column, bits=[bit], limit=found.limit[column], page=page)
                drafts.append(last[column])
    return drafts


def _goes_on(draft: Draft | None, bit: Bit, pitch: float, limit: float) -> bool:
    """Whether a bit is the next line of a cell."""
    if draft is None or not draft.bits:
        return False
    above = draft.bits[-1]
    if bit.middle - above.middle > pitch + LEADING:
        return False
    if not (above.is_number and bit.is_number):
        return True
    return is_full(above, bit, limit) and read_cell(above.text + bit.text).kind == "number"


def _is_dense(rows: Sequence[dict[int, Bit]], pitch: float) -> bool:
    """Whether rows follow each other at the leading that lines inside a cell have: by the closest column of numbers."""
    heights: dict[int, list[float]] = {}
    for row in rows:
        for column, bit in row.items():
            if bit.is_number:
                heights.setdefault(column, []).append(bit.middle)
    means = [(found[-1] - found[0]) / (len(found) - 1) for found in heights.values() if len(found) >= 3]
    return bool(means) and min(means) <= pitch + LEADING


def is_parted(line: Line) -> bool:
    """Whether a line is parted into columns: white much wider than a space between its words."""
    gaps = [after.x0 - before.x1 for before, after in zip(line.words, line.words[1:], strict=False)]
    return any(gap > 1.2 * line.size for gap in gaps)


def until_prose(below: Sequence[Line], far: float) -> list[Line]:
    """The lines up to the first that crosses most gutters of those before it, or lies `far` font sizes below."""
    region: list[Line] = []
    for line in below:
        if len(region) >= 2:
            found = columns(region)
            whites = list(zip(found.right, found.left[1:], strict=False))
            crossed = sum(any(w.x0 < (a + b) / 2 < w.x1 for w in line.words) for a, b in whites)
            if (whites and 2 * crossed > len(whites)) or line.top - region[-1].bottom > far * line.size:
                break
        region.append(line)
    return region

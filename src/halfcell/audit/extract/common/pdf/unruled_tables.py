"""Tables of a PDF without a grid: columns from the gaps between words, rows from line spacing and whole numbers."""

from __future__ import annotations

import dataclasses
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.cells import UNLIMITED, Bit, Draft, Piece, is_full
from halfcell.audit.extract.common.pdf.centred_cells import centred
from halfcell.audit.extract.common.pdf.stretched_heads import merged
from halfcell.audit.extract.common.pdf.table_columns import (
    GUTTER,
    SHORT_RULE,
    Bits,
    Columns,
    Region,
    columns,
    header_cells,
    phrases,
)
from halfcell.core.printed_cells import read_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.audit.extract.common.pdf.text_lines import Line, Word

LEADING = 0.5  # points by which the line spacing inside a cell varies
DEFAULT_PITCH = 12.0  # points between two lines, if no column has two
MOST_WORDS = 6  # of a name on one line
WIDE = 1.2  # of the font size: a gap between words that only columns have


def continues(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether the first lines of a page continue a table: they repeat its header, or have the same columns."""
    if before[0].text == after[0].text:
        return True
    return len(columns([*before, *after]).left) >= max(2, len(columns(before).left))


def pieces(regions: Sequence[Region]) -> list[Piece]:
    """The cells of a table on one page or several; its columns are those that all its lines have in common."""
    regions = [region for region in regions if region.lines]
    if not regions:
        return []
    found = _columns_of(regions)
    bars = [bar for region in regions for bar in region.bars]
    if bars:  # the ruling lines extend beyond the last column as far as beyond the first
        end = max(bar.x1 for bar in bars) - max(found.left[0] - min(bar.x0 for bar in bars), 0.0)
        found = found.limited(max(end, found.right[-1]))
    else:
        found = found.limited(UNLIMITED)
    return [_piece(region, found) for region in regions]


def _columns_of(regions: Sequence[Region]) -> Columns:
    """The columns of a table: of all its lines, or of those below the heads where a head spans several columns.

    A line that is a single phrase (a title between the rows), and one with a cell over several columns, may cross the
    columns.
    """
    lines = [line for region in regions for line in region.lines]
    several = _without_spanning([line for line in lines if len(phrases(line)) > 1]) or lines
    below = _without_spanning([line for region in regions for line in _below_rule(region) if len(phrases(line)) > 1])
    whole = columns(several)
    body = columns(below) if below else whole
    if len(body.left) <= len(whole.left):
        under = [line for region in regions for line in _below_rule(region)]
        heads = [line for line in regions[0].lines if line not in under]
        return merged(whole, heads, under) if len(heads) > 1 and len(under) > 1 else whole
    gutter = GUTTER * median(line.size for line in below)  # heads that span columns hide how wide a column is
    return dataclasses.replace(body, limit=(*(left - gutter for left in body.left[1:]), body.right[-1]))


def _without_spanning(lines: list[Line]) -> list[Line]:
    """The lines without those whose phrases lie over, or between, several columns of most others; all if none do."""
    counts = Counter(len(phrases(line)) for line in lines)
    for width, _ in counts.most_common(1):
        whole = [line for line in lines if len(phrases(line)) >= width]
        if 2 <= len(whole) > len(lines) / 2 and len(columns(whole).left) == width != len(columns(lines).left):
            return whole
    return lines


def _below_rule(region: Region) -> Sequence[Line]:
    """The lines below the heads."""
    lines = region.lines
    inner = [bar.top for bar in region.bars if lines[0].bottom - 3 < bar.top < lines[-1].top + 3]
    whole = max((bar.x1 - bar.x0 for bar in region.bars), default=0.0)
    full = [bar.top for bar in region.bars if bar.top in inner and bar.x1 - bar.x0 > SHORT_RULE * whole]
    return [line for line in lines if full and line.top >= full[0] - 3]


def _piece(region: Region, found: Columns) -> Piece:
    """The cells of one region; its second ruling line ends the header."""
    rows = [_bits(line, found) for line in region.lines]
    header = _header_lines(region, rows)
    drafts = header_cells(region, header, found)
    body = _body(rows[header:], found, region.page, _pitch(rows[:header], rows), first=1 if header else 0)
    drafts += centred(body, _rules_between(region, header))
    return Piece(
        drafts=tuple(drafts),
        columns=found.left,
        page=region.page,
        header_rows=1 if header else 0,
        top=region.lines[0].top,
        bottom=region.lines[-1].bottom,
    )


def _rules_between(region: Region, header: int) -> list[float]:
    """The heights of the ruling lines between the rows below the heads, as wide as the table."""
    body = region.lines[header:]
    widest = max((bar.x1 - bar.x0 for bar in region.bars), default=0.0)
    wide = [bar.top for bar in region.bars if bar.x1 - bar.x0 > SHORT_RULE * widest]
    return sorted(top for top in wide if body and body[0].bottom - 3 < top < body[-1].top + 3)


def _bits(line: Line, found: Columns) -> Bits:
    """The words of a line, by column; a phrase that crosses columns is in the first of them."""
    held: dict[int, list[Word]] = {}
    for phrase in phrases(line):
        held.setdefault(found.of(phrase.words[0]), []).extend(phrase.words)
    return {column: Bit(tuple(words)) for column, words in held.items()}


def _header_lines(region: Region, rows: Sequence[Bits]) -> int:
    """The number of header lines: those above the second ruling line, else those above the first line of numbers."""
    lines = region.lines
    inner = [bar.top for bar in region.bars if lines[0].bottom - 3 < bar.top < lines[-1].top + 3]
    if inner:
        above = sum(line.bottom <= inner[0] + 3 for line in lines)
        if 0 < above < len(lines):
            return above
    numeric = (i for i, row in enumerate(rows) if 2 * sum(bit.is_number for bit in row.values()) >= len(row) > 1)
    return next(numeric, len(lines) if len(region.bars) >= 2 and len(lines) <= 6 else 0)


def _pitch(header: Sequence[Bits], rows: Sequence[Bits]) -> float:
    """The line spacing inside a cell: that of the header lines, else the smallest in any column."""
    gaps = _gaps(header)
    return median(gaps) if gaps else min(_gaps(rows), default=DEFAULT_PITCH)


def _gaps(rows: Sequence[Bits]) -> list[float]:
    """Distances between consecutive lines in a column."""
    last: dict[int, float] = {}
    gaps = []
    for row in rows:
        for column, bit in row.items():
            if column in last:
                gaps.append(bit.height - last[column])
            last[column] = bit.height
    return [gap for gap in gaps if gap > 1]


def _body(rows: Sequence[Bits], found: Columns, page: int, pitch: float, first: int) -> list[Draft]:
    """The cells below the header.

    A bit continues the cell above it if the line spacing is that inside a cell, unless both are whole numbers. A line
    with a bit that does not continue a cell begins a row, unless it is closer to the line before than a line spacing:
    then it is the same row (centred cells). If a line begins a row, its bits that continue a cell are the rest of a
    merged cell, unless rows are dense.
    """
    drafts: list[Draft] = []
    last: dict[int, int] = {}  # column -> index of its last cell
    row, before = first - 1, -1e9
    complete = _is_complete(rows)
    dense = complete or _is_dense(rows, pitch)
    for line in rows:
        height = max(bit.height for bit in line.values())
        above = {column: drafts[last[column]] for column in line if column in last}
        limits = [UNLIMITED] * len(found.limit) if dense else found.limit
        on = {column: _continues(above.get(column), bit, pitch, limits[column]) for column, bit in line.items()}
        begins = complete or not all(on.values())
        taken = any(above[c].row == row and not on[c] and bit.is_number for c, bit in line.items() if c in above)
        if begins and (height - before > 0.8 * pitch or row < first or taken):
            row += 1
        before = height
        for column, bit in line.items():
            if (on[column] and not (begins and dense)) or (column in above and above[column].row == row):
                drafts[last[column]] = above[column].extended(bit)
            else:
                last[column] = len(drafts)
                drafts.append(Draft(row=row, column=column, bits=(bit,), limit=found.limit[column], page=page))
    return drafts


def _continues(draft: Draft | None, bit: Bit, pitch: float, limit: float) -> bool:
    """Whether a bit is the next line of a cell."""
    if draft is None or not draft.bits:
        return False
    above = draft.bits[-1]
    if bit.height - above.height > pitch + LEADING:
        return False
    if not (above.is_number and bit.is_number):
        return True
    return is_full(above, bit, limit) and read_cell(above.text + bit.text).kind == "number"


def _is_complete(rows: Sequence[Mapping[int, Bit]]) -> bool:
    """Whether every line fills every column: then none continues another."""
    width = len({column for row in rows for column in row})
    return len(rows) > 1 and width > 1 and all(len(row) == width for row in rows)


def _is_dense(rows: Sequence[Mapping[int, Bit]], pitch: float) -> bool:
    """Whether rows have the same spacing as the lines inside a cell, by the closest column of numbers."""
    heights: dict[int, list[float]] = {}
    for row in rows:
        for column, bit in row.items():
            if bit.is_number:
                heights.setdefault(column, []).append(bit.height)
    gaps = [[b - a for a, b in pairwise(found)] for found in heights.values() if len(found) >= 3]
    close = [sum(gap <= pitch + LEADING for gap in found) for found in gaps]
    return any(2 * count > len(found) for count, found in zip(close, gaps, strict=True))


def has_columns(line: Line) -> bool:
    """Whether a line is divided into columns by gaps much wider than a space."""
    gaps = [after.x0 - before.x1 for before, after in zip(line.words, line.words[1:], strict=False)]
    return any(gap > WIDE * line.size for gap in gaps)


def until_prose(below: Sequence[Line], far: float) -> list[Line]:
    """The lines up to the first that crosses most column gaps of those before it, or lies `far` font sizes below."""
    found: list[Line] = []
    for line in below:
        ends = crosses(line, found) and not _is_row(line, found) if found else False
        if len(found) >= 2 and (ends or line.top - found[-1].bottom > far * line.size):
            break
        found.append(line)
    return found


def rows_below(table: Sequence[Line], below: Sequence[Line]) -> list[Line]:
    """The lines below the last ruling line that are rows all the same: no rule closes the table.

    They follow closely, each of their phrases lies in a column of its own, and one of them is a number; between them
    may stand lines of names.
    """
    found = columns(table) if table else None
    if found is None or len(found.left) < 2:
        return []
    rows: list[Line] = []
    names: list[Line] = []
    for line in below:
        before = [*table, *rows, *names][-1]
        if line.top - before.bottom > line.size or not _is_apart(line, found):
            break
        names.append(line)
        if any(group.is_number for group in phrases(line)):
            rows, names = [*rows, *names], []
    return [*rows, *(line for line in names if rows and line.top < rows[-1].bottom)]


def _is_apart(line: Line, found: Columns) -> bool:
    """Whether each phrase of a line lies in a column of its own; a single one is not running text."""
    groups = phrases(line)
    places = {found.of(group.words[0]) for group in groups}
    apart = len(places) == len(groups) and all(found.of(g.words[0]) == found.of(g.words[-1]) for g in groups)
    return apart and (len(groups) > 1 or len(line.words) < MOST_WORDS)


def _is_row(line: Line, before: Sequence[Line]) -> bool:
    """Whether a line has one phrase per column of the lines before it, one of them a number: a row with a long text."""
    found, groups = columns(before), phrases(line)
    places = {found.of(group.words[0]) for group in groups}
    return len(groups) == len(found.left) == len(places) and any(group.is_number for group in groups)


def crosses(line: Line, before: Sequence[Line]) -> bool:
    """Whether a line has words in most gaps between the columns of the lines before it, as running text has."""
    known = columns(before)
    gaps = list(zip(known.right, known.left[1:], strict=False))
    crossed = sum(any(w.x0 < (a + b) / 2 < w.x1 for w in line.words) for a, b in gaps)
    return bool(gaps) and 2 * crossed > len(gaps)

"""Pieces of a table on several pages -> one table: repeated headers dropped, a row that a page break cut made whole."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.cells import Draft, Piece, joined
from halfcell.core.printed_document import PrintedCell

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME = 6.0  # points by which the columns of two pieces may differ
ALWAYS = 0.9  # a column that is filled in this fraction of the rows is taken as filled in every whole row
HEADER = 3  # rows that may repeat a header
_NAMELESS = "no name is printed above this row: one may be missing between it and the header"


def continues(before: Piece, piece: Piece) -> bool:
    """Whether a piece at the top of a page continues the table at the end of the page before."""
    if piece.page != before.page + 1 or len(piece.columns) != len(before.columns):
        return False
    near = all(abs(a - b) < SAME for a, b in zip(piece.columns, before.columns, strict=True))
    return near or bool(_repeated([_row(before.drafts, index) for index in range(HEADER)], piece))


def cells(pieces: Sequence[Piece]) -> list[PrintedCell]:
    """The cells of a table on one page or several."""
    found = pieces[0].drafts
    for piece in pieces[1:]:
        found = _appended(found, piece)
    kept = sorted((d for d in found if d.bits or d.rows > 1), key=lambda d: (d.row, d.column))
    nameless = _nameless(kept, pieces[0].header_rows)
    return [_cell(draft, _NAMELESS if draft.row in nameless else "") for draft in kept]


def _nameless(drafts: Sequence[Draft], header_rows: int | None) -> range:
    """The rows between the header and the first row with a name, if others have names: theirs may be missing."""
    starts = {d.row for d in drafts if d.column == 0 and d.bits}
    if not header_rows or len(starts) <= 2:
        return range(0)
    named = {d.row + n for d in drafts if d.column == 0 and d.bits for n in range(d.rows)}
    return range(header_rows, min((row for row in named if row >= header_rows), default=header_rows))


def _appended(found: tuple[Draft, ...], piece: Piece) -> tuple[Draft, ...]:
    """Add the rows of the next page; a first row that is only the end of the last row is added to that."""
    height = max((d.row + d.rows for d in found), default=0)
    skip = _repeated([_row(found, index) for index in range(min(height, HEADER))], piece)
    rest = [d for d in piece.drafts if d.row >= skip]
    is_cut = _is_cut(found, [d for d in rest if d.row == skip])
    whole = list(found)
    for draft in rest:
        at = _above(whole, draft.column) if draft.row == skip else None
        if at is not None and (_reaches(whole[at], height) if is_cut else _is_broken(whole[at], draft)):
            whole[at] = whole[at].extended(*draft.bits)
        elif draft.bits or not is_cut or draft.row > skip:
            whole.append(dataclasses.replace(draft, row=draft.row - skip + height - (1 if is_cut else 0)))
    return tuple(whole)


def _above(found: Sequence[Draft], column: int) -> int | None:
    """Index of the last cell of a column that has words."""
    filled = [index for index, d in enumerate(found) if d.column == column and d.bits]
    return max(filled, key=lambda index: found[index].row, default=None)


def _reaches(above: Draft, height: int) -> bool:
    """Whether a cell reaches the last row before the page break."""
    return above.row + above.rows == height


def _is_broken(above: Draft, draft: Draft) -> bool:
    """Whether a name was broken by the page: its first part ends as no name does."""
    return bool(draft.bits) and above.row > 0 and above.bits[-1].text.endswith(("/", "|", "@"))


def _is_cut(found: Sequence[Draft], first: Sequence[Draft]) -> bool:
    """Whether the first row of a page lacks what every row has: then it is the end of the row before."""
    rows = {d.row for d in found if d.bits and d.row > 0}
    filled: dict[int, int] = {}
    for draft in found:
        if draft.bits and draft.row > 0:
            filled[draft.column] = filled.get(draft.column, 0) + 1
    always = {column for column, count in filled.items() if count >= ALWAYS * len(rows)}
    return len(rows) >= 2 and bool(always) and not always <= {d.column for d in first if d.bits}


def _repeated(header: Sequence[Sequence[str]], piece: Piece) -> int:
    """How many of the first rows of a piece repeat the header."""
    count = 0
    for index, row in enumerate(header):
        if not any(row) or _row(piece.drafts, index) != row:
            break
        count += 1
    return count


def _row(drafts: Sequence[Draft], row: int) -> list[str]:
    """The texts of a row without spaces, for comparison."""
    held = sorted((d for d in drafts if d.row == row), key=lambda d: d.column)
    return [re.sub(r"\s+", "", joined(d.bits, d.limit).text.plain) for d in held]


def _cell(draft: Draft, doubt: str) -> PrintedCell:
    made = joined(draft.bits, draft.limit)
    return PrintedCell(
        text=made.text.plain,
        markup=made.text.markup,
        row=draft.row,
        column=draft.column,
        rows=draft.rows,
        columns=draft.columns,
        page=draft.page,
        doubt=made.doubt or doubt,
    )

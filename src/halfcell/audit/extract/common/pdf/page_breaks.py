"""Pieces of tables on pages -> whole tables: repeated heads dropped, a row that a page cut made whole."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.cells import Draft, Piece, joined
from halfcell.core.paper import PrintedCell

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME = 6.0  # points by which the columns of two pieces may differ
ALWAYS = 0.9  # share of rows in which a column is filled that a whole row always fills


def goes_on(open_piece: Piece, piece: Piece) -> bool:
    """Whether a piece at the top of a page is the rest of a table that reached the page before."""
    if piece.page != open_piece.page + 1 or len(piece.columns) != len(open_piece.columns):
        return False
    near = all(abs(a - b) < SAME for a, b in zip(piece.columns, open_piece.columns, strict=True))
    return near or bool(_repeated(_rows([open_piece]), piece))


def cells(pieces: Sequence[Piece]) -> list[PrintedCell]:
    """The cells of a table that stands on one page or several."""
    found = list(pieces[0].drafts)
    for piece in pieces[1:]:
        height = max((d.row + d.rows for d in found), default=0)
        skip = _repeated([_row(found, index) for index in range(min(height, 3))], piece)
        rest = [d for d in piece.drafts if d.row >= skip]
        _append(found, rest, height, skip)
    kept = sorted((d for d in found if d.bits or d.rows > 1), key=lambda d: (d.row, d.column))
    nameless = _nameless(kept, pieces[0].head)
    doubt = "no name stands above this row: one may be missing between it and the head"
    return [_cell(draft, doubt if draft.row in nameless else "") for draft in kept]


def _nameless(drafts: Sequence[Draft], head: int | None) -> range:
    """The rows below the head before the first that has a name, although others have: whose they are is not known."""
    named = {d.row + n for d in drafts if d.column == 0 and d.bits for n in range(d.rows)}
    if not head or len({d.row for d in drafts if d.column == 0 and d.bits}) <= 2:
        return range(0)
    return range(head, min((row for row in named if row >= head), default=head))


def _append(found: list[Draft], rest: list[Draft], height: int, skip: int) -> None:
    """Put the rows of the next page below; a first row that is only the end of the last one goes into it."""
    cut = _is_cut(found, [d for d in rest if d.row == skip])
    for draft in rest:
        row = draft.row - skip + height - (1 if cut else 0)
        above = _above(found, draft.column)
        if draft.row == skip and above and (above.row + above.rows == height if cut else _broken(above, draft)):
            above.bits.extend(draft.bits)
        elif draft.bits or not cut or draft.row > skip:
            found.append(dataclasses.replace(draft, row=row))


def _above(found: Sequence[Draft], column: int) -> Draft | None:
    """The last cell of a column that holds words."""
    return max((d for d in found if d.column == column and d.bits), key=lambda d: d.row, default=None)


def _broken(above: Draft, draft: Draft) -> bool:
    """Whether a name was broken by the page: the part before ends as no name does."""
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


def _repeated(head: Sequence[Sequence[str]], piece: Piece) -> int:
    """How many first rows of a piece repeat the head."""
    count = 0
    for index, row in enumerate(head):
        if not any(row) or _row(piece.drafts, index) != row:
            break
        count += 1
    return count


def _rows(pieces: Sequence[Piece]) -> list[list[str]]:
    return [_row(pieces[0].drafts, index) for index in range(3)]


def _row(drafts: Sequence[Draft], row: int) -> list[str]:
    """The texts of a row without spaces, to compare."""
    held = sorted((d for d in drafts if d.row == row), key=lambda d: d.column)
    return [re.sub(r"\s+", "", joined(d.bits, d.limit)[0]) for d in held]


def _cell(draft: Draft, beheaded: str) -> PrintedCell:
    text, markup, doubt = joined(draft.bits, draft.limit)
    return PrintedCell(
        text=text,
        markup=markup,
        row=draft.row,
        column=draft.column,
        rows=draft.rows,
        columns=draft.columns,
        page=draft.page,
        doubt=draft.doubt or doubt or beheaded,
    )

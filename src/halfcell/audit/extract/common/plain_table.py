"""A table from rows of plain texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.printed_document import PrintedCell, PrintedTable

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain_table(name: str, caption: str, rows: Sequence[Sequence[str]]) -> PrintedTable:
    """Make a table; the cells of a row that is longer than the first one are marked as doubtful."""
    width = len(rows[0])
    cells = tuple(
        PrintedCell(text=text, row=row, column=column, doubt=doubt_of_length(len(texts), width) if width > 1 else "")
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return PrintedTable(name=name, caption=caption, cells=cells)


def doubt_of_length(cells: int, width: int) -> str:
    """The doubt about a row that has more cells than the header; empty if it has not."""
    return f"this row has {cells} cells, the header has {width}" if cells > width else ""

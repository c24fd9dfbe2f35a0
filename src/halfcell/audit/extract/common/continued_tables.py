"""Tables that continue under a caption of their own: "Table 3.3 (continued)"; their rows join those of the table."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.printed_document import PrintedTable

MOST_HEADS = 4  # rows that a continued table may repeat


def appended(table: PrintedTable, rest: PrintedTable) -> PrintedTable | None:
    """A table with the rows of the one that continues it, without repeated heads; None if their widths differ."""
    if table.width != rest.width:
        return None
    skip = _repeated(table, rest)
    height = table.height
    moved = tuple(dataclasses.replace(cell, row=cell.row - skip + height) for cell in rest.cells if cell.row >= skip)
    return dataclasses.replace(table, cells=table.cells + moved, notes=table.notes + rest.notes)


def _repeated(table: PrintedTable, rest: PrintedTable) -> int:
    """How many of the first rows of the rest repeat the heads."""
    above, below = table.texts(), rest.texts()
    count = 0
    for one, other in zip(above[:MOST_HEADS], below[:MOST_HEADS], strict=False):
        if [_bare(text) for text in one] != [_bare(text) for text in other]:
            break
        count += 1
    return count


def _bare(text: str) -> str:
    return "".join(text.split())

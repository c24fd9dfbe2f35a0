"""Columns that hold words only: whatever their head says, they hold names and no numbers to understand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.tables.grid import Grid, text_of
from halfcell.core.printed_cells import read_cell

if TYPE_CHECKING:
    from halfcell.audit.heads import Head

WORDS = "words"  # the base of a head that only its cells tell
_NUMBER = re.compile(r"^[~≈<>≤≥±(\[]?\s*[-+−]?[\d.]")


def word_columns(heads: tuple[Head, ...], rows: Grid) -> tuple[Head, ...]:
    """The heads; one that was not understood and stands above words only is a name, and the first column names rows."""
    return tuple(
        replace(head, names=True, quantity="other" if place else "material", base=WORDS, note="")
        if head.text and not head.understood and head.unit is None and _holds_words(rows, place)
        else head
        for place, head in enumerate(heads)
    )


def _holds_words(rows: Grid, place: int) -> bool:
    cells = [row[place] for row in rows if text_of(row[place])]
    return bool(cells) and all(
        cell is not None and read_cell(cell.text, cell.markup).kind in {"text", "none"} and not _NUMBER.match(cell.text)
        for cell in cells
    )

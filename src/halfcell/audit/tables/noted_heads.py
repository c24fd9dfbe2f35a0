"""Footnotes of heads that say which cycle is meant: ``Charge capacity^{b}`` with the note "b After 100 cycles"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.tables.grid import Grid, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.printed_document import PrintedCell

_NOTE = re.compile(
    r"(?:^|[.;]\s+)\(?([a-h*†‡§])[).:]?\s+((?:in |of |at |for |after )?(?:the )?"
    r"(?:first|initial|1st|second|2nd|\d{1,5}(?:st|nd|rd|th)?)(?: charge.discharge)? cycles?)(?=\s*(?:[.;,]|$| at ))",
    re.IGNORECASE,
)
_MARK = re.compile(r"\^\{\s*([a-h*†‡§])\s*\}")
MOST_HEADER_ROWS = 4  # as in `head_cells`


def noted(grid: Grid, notes: Sequence[str]) -> Grid:
    """The grid with the cycles that notes name written into the heads that carry their marks."""
    found = {mark: words for note in notes for mark, words in _NOTE.findall(" ".join(note.split()))}
    if not found:
        return grid
    made: dict[int, PrintedCell] = {}
    rows = [[_with_note(cell, found, made) for cell in row] for row in grid[:MOST_HEADER_ROWS]]
    return [*rows, *grid[MOST_HEADER_ROWS:]]


def _with_note(cell: PrintedCell | None, notes: Mapping[str, str], made: dict[int, PrintedCell]) -> PrintedCell | None:
    """A cell whose mark has such a note, with its words; merged cells stay one and the same."""
    marks = _MARK.findall(cell.markup) if cell and any(sign.isalpha() for sign in text_of(cell)[:1]) else []
    words = [notes[mark] for mark in marks if mark in notes]
    if cell is None or len(words) != 1:
        return cell
    bare = _MARK.sub("", cell.markup)
    return made.setdefault(id(cell), replace(cell, markup=f"{bare} ({words[0]})"))

"""A table ready for print: cells as marked-up text, merged cells, footnotes for doubts; the same for all formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core import markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from halfcell.core.table import Column, Entry, Table

_POWER = re.compile(r"^(.*?)[eE]([+-]?)0*(\d+)$")
_EMPTY = "This table is empty: the results have nothing to put into it."
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: marked-up `text`, its place and extent, the mark of its footnote, the number it shows."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    mark: str = ""
    number: str = ""  # id of the Number whose origin the cell has
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as cells: `head` has one text a column, `rows` the cells that begin in each row.

    `words` tells of each column whether it holds words (set to the left) or numbers (centred).
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: tuple[bool, ...]
    footnotes: tuple[tuple[str, str], ...] = ()  # mark, text
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to set in rows and columns; its notes say so."""
        return not self.rows or not self.head

    @property
    def groups(self) -> tuple[int, ...]:
        """Rows before which a new group begins, where cells of the first column span several rows."""
        starts = [cell for row in self.rows for cell in row if cell.column == 0]
        return tuple(cell.row for cell in starts if cell.row) if any(cell.rows > 1 for cell in starts) else ()

    def left(self, cell: Cell) -> bool:
        """Whether a cell is set to the left."""
        return self.words[cell.column] and cell.columns == 1


def grid(table: Table, numbers: Mapping[str, str]) -> Grid:
    """Lay out a table; `numbers` leads from an entry's origin to the id of its Number."""
    doubts = list(dict.fromkeys(entry.doubt for row in table.rows for entry in row if entry and entry.doubt))
    marks = {doubt: _letter(index) for index, doubt in enumerate(doubts)}
    rows = tuple(
        tuple(_cell(entry, (at, column), marks, numbers) for column, entry in enumerate(row) if entry is not None)
        for at, row in enumerate(table.rows)
    )
    units = [at for at, column in enumerate(table.columns) if column.key == "unit"]
    rows = tuple(
        tuple(replace(cell, text=markup.unit(cell.text)) if cell.column in units else cell for cell in row)
        for row in rows
    )
    footnotes = tuple((mark, markup.prose(doubt)) for doubt, mark in marks.items())
    bare = () if table.rows and table.columns else (_EMPTY,)
    notes = (markup.prose(note) for note in (*bare, *table.notes))
    return Grid(
        head=tuple(head(column) for column in table.columns),
        rows=rows,
        words=tuple(_holds_words(rows, column) for column in range(len(table.columns))),
        footnotes=footnotes,
        notes=tuple(note for note in notes if not any(note.endswith(doubt) for doubt in told(footnotes))),
    )


def told(footnotes: Iterable[tuple[str, str]]) -> set[str]:
    """The doubts that footnotes tell: each may hold several."""
    return {part for _, text in footnotes for part in (text, *text.split("; "))}


def _holds_words(rows: tuple[tuple[Cell, ...], ...], column: int) -> bool:
    cells = [cell for row in rows for cell in row if cell.column == column and cell.columns == 1]
    return column == 0 or not any(cell.is_number for cell in cells)


def _letter(index: int) -> str:
    """a, b, ... z, aa, ab ..."""
    first, last = divmod(index, 26)
    return (_LETTERS[first - 1] if first else "") + _LETTERS[last]


def _cell(entry: Entry, place: tuple[int, int], marks: Mapping[str, str], numbers: Mapping[str, str]) -> Cell:
    return Cell(
        text=shown(entry),
        row=place[0],
        column=place[1],
        rows=entry.rows,
        columns=entry.columns,
        mark=marks.get(entry.doubt, ""),
        number=numbers.get(entry.origin, ""),
        is_number=entry.quantity is not None or _looks_numeric(entry.text),
    )


def head(column: Column) -> str:
    """Label and unit of a column, the unit on a line of its own."""
    label = markup.prose(column.label)
    return f"{label}\n({markup.unit(column.unit)})" if column.unit else label


def shown(entry: Entry) -> str:
    """The text of an entry: numbers with a minus sign and raised powers, words with lowered formulas."""
    if entry.quantity is None and not _looks_numeric(entry.text):
        return "–" if entry.text == "-" else markup.prose(entry.text)
    return number_text(entry.text)


def number_text(text: str) -> str:
    """``-3.07(12)e-09`` -> ``−3.07(12) × 10^{−9}``."""
    power = _POWER.match(text)
    if power:
        sign = "−" if power.group(2) == "-" else ""
        text = f"{power.group(1)} × 10^{{{sign}{power.group(3)}}}"
    if not re.search(r"[1-9]", text):
        return text.lstrip("+-")
    return re.sub(r"^-(?=[\d.])", "−", text)


def _looks_numeric(text: str) -> bool:
    return bool(re.match(r"^[-+−±]?\d[\d.,()]*(?:[eE][-+]?\d+)?$", text.strip()))

"""A table ready for print: cells as marked-up text, merged cells, footnotes for doubts; the same for all formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core import markup
from halfcell.report.wording import EMPTY_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from halfcell.core.table import Column, Entry, Table

_POWER = re.compile(r"^(.*?)[eE]([+-]?)0*(\d+)$")
_SPREAD = re.compile(r"([-−]?[\d.]+)[eE]([+-]?\d+) ± ([\d.]+)(?:[eE]([+-]?\d+))?")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell.

    Parameters
    ----------
    text
        Its text with markup.
    row, column, rows, columns
        Its place, and how many rows and columns it covers.
    mark
        The mark of its footnote.
    number
        The id of the number in the cell, for its origin; empty if the cell holds none.
    is_number
        Whether the text is a number.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    mark: str = ""
    number: str = ""
    is_number: bool = False


class Footnote(NamedTuple):
    """A footnote: its mark and its text."""

    mark: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as cells.

    Parameters
    ----------
    headers
        One text per column.
    above
        For each column the texts of the heads above it, from the top; equal ones of neighbours are one merged cell.
    rows
        The cells that begin in each row.
    words
        For each column, whether it holds words (aligned left) or numbers (centred).
    footnotes, notes
        What is printed below the table.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: tuple[bool, ...]
    above: tuple[tuple[str, ...], ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there are no rows or no columns; the notes then say so."""
        return not self.rows or not self.headers

    @property
    def groups(self) -> tuple[int, ...]:
        """The rows that begin a new group, if cells of the first column span several rows."""
        starts = [cell for row in self.rows for cell in row if cell.column == 0]
        return tuple(cell.row for cell in starts if cell.row) if any(cell.rows > 1 for cell in starts) else ()

    @property
    def head_rows(self) -> int:
        """How many rows the heads take."""
        return 1 + max(map(len, self.above), default=0)

    @property
    def heads(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells of the head, row by row; a column without heads above it has one cell over all rows."""
        above = self.above or ((),) * len(self.headers)
        rows: list[list[Cell]] = [[] for _ in range(self.head_rows)]
        for column, (text, over) in enumerate(zip(self.headers, above, strict=True)):
            for row, head in enumerate(over):
                if not column or above[column - 1][: row + 1] != over[: row + 1]:
                    wide = 1
                    while column + wide < len(above) and above[column + wide][: row + 1] == over[: row + 1]:
                        wide += 1
                    rows[row].append(Cell(text=head, row=row, column=column, columns=wide))
            rows[len(over)].append(Cell(text=text, row=len(over), column=column, rows=self.head_rows - len(over)))
        return tuple(map(tuple, rows))

    def left(self, cell: Cell) -> bool:
        """Whether a cell is aligned left."""
        return self.words[cell.column] and cell.columns == 1


def grid(table: Table, numbers: Mapping[str, str]) -> Grid:
    """Lay out a table; `numbers` maps the origin of an entry to the id of its number."""
    doubts = list(dict.fromkeys(entry.doubt for row in table.rows for entry in row if entry and entry.doubt))
    marks = {doubt: _letter(index) for index, doubt in enumerate(doubts)}
    rows = tuple(
        tuple(
            _cell(entry, at, column, marks.get(entry.doubt, ""), numbers)
            for column, entry in enumerate(row)
            if entry is not None
        )
        for at, row in enumerate(table.rows)
    )
    units = [at for at, column in enumerate(table.columns) if column.key == "unit"]
    rows = tuple(
        tuple(replace(cell, text=markup.unit(cell.text)) if cell.column in units else cell for cell in row)
        for row in rows
    )
    footnotes = tuple(Footnote(mark, markup.prose(doubt)) for doubt, mark in marks.items())
    bare = () if table.rows and table.columns else (EMPTY_TABLE,)
    notes = (markup.prose(note) for note in (*bare, *table.notes))
    return Grid(
        headers=tuple(header(column) for column in table.columns),
        above=_above(table.columns),
        rows=rows,
        words=tuple(_holds_words(rows, column) for column in range(len(table.columns))),
        footnotes=footnotes,
        notes=tuple(note for note in notes if not any(note.endswith(doubt) for doubt in doubts_in(footnotes))),
    )


def doubts_in(footnotes: Iterable[Footnote]) -> set[str]:
    """The doubts that footnotes state: each may state several."""
    return {part for _, text in footnotes for part in (text, *text.split("; "))}


def _holds_words(rows: tuple[tuple[Cell, ...], ...], column: int) -> bool:
    cells = [cell for row in rows for cell in row if cell.column == column and cell.columns == 1]
    return column == 0 or not any(cell.is_number for cell in cells)


def _letter(index: int) -> str:
    """a, b, ... z, aa, ab ..."""
    first, last = divmod(index, 26)
    return (_LETTERS[first - 1] if first else "") + _LETTERS[last]


def _cell(entry: Entry, row: int, column: int, mark: str, numbers: Mapping[str, str]) -> Cell:
    return Cell(
        text=shown(entry),
        row=row,
        column=column,
        rows=entry.rows,
        columns=entry.columns,
        mark=mark,
        number=numbers.get(entry.origin, ""),
        is_number=entry.quantity is not None or _looks_numeric(entry.text),
    )


def _above(columns: tuple[Column, ...]) -> tuple[tuple[str, ...], ...]:
    """The heads above each column; none at all where no column has any."""
    if not any(column.above for column in columns):
        return ()
    return tuple(tuple(markup.prose(text) for text in column.above) for column in columns)


def header(column: Column) -> str:
    """Label and unit of a column, the unit on a line of its own; heads above it are not part of it."""
    label = markup.prose(column.own_label)
    unit = markup.unit(column.unit).replace("^{-", "^{−")
    return f"{label}\n({unit})" if column.unit else label


def shown(entry: Entry) -> str:
    """The text of an entry: numbers with a minus sign and powers of ten, words with subscripts in formulas."""
    if entry.quantity is None and not _looks_numeric(entry.text):
        return "–" if entry.text == "-" else markup.prose(entry.text)
    return number_text(entry.text)


def number_text(text: str) -> str:
    """``-3.07(12)e-09`` -> ``−3.07(12) × 10^{−9}``; ``5.620e-05 ± 0.066e-05`` -> ``(5.620 ± 0.066) × 10^{−5}``."""
    spread = _SPREAD.fullmatch(text)
    if spread:
        return _with_spread(spread)
    power = _POWER.match(text)
    if power:
        sign = "−" if power.group(2) == "-" else ""
        text = f"{power.group(1)} × 10^{{{sign}{power.group(3)}}}"
    if not re.search(r"[1-9]", text):
        return text.lstrip("+-")
    return re.sub(r"^-(?=[\d.])", "−", text)


def _with_spread(found: re.Match[str]) -> str:
    """A value and its spread with one power of ten, that of the value."""
    from decimal import Decimal

    power = int(found[2])
    spread = Decimal(found[3]).scaleb(int(found[4] or 0) - power)
    value = number_text(found[1])
    return f"({value} ± {spread:f}) × 10^{{{'−' if power < 0 else ''}{abs(power)}}}"


def _looks_numeric(text: str) -> bool:
    return bool(re.match(r"^[-+−±]?\d[\d.,()]*(?:[eE][-+]?\d+)?$", text.strip()))

"""A document as printed: tables cell by cell, captions, text; nothing is retyped."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.result import Note


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedCell:
    """One cell: the string as printed, and its position.

    `text` keeps line breaks as ``\\n``; `markup` is the same text with ``^{...}`` and ``_{...}`` for superscripts and
    subscripts, if the format has them (empty: none). `row` and `column` count from 0 and include the column headers;
    `rows` and `columns` are the extent of a merged cell. `doubt` says why text or position may be wrong.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    markup: str = ""
    page: int | None = None
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class PrintedTable:
    """A table: its cells in reading order, without those covered by merged cells.

    `head_rows` is the number of header rows, if the format marks them; None leaves it to the audit.
    """

    name: str
    cells: tuple[PrintedCell, ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    head_rows: int | None = None
    page: int | None = None

    @cached_property
    def height(self) -> int:
        """Number of rows, including column headers."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """Number of columns."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    @cached_property
    def at(self) -> Mapping[tuple[int, int], PrintedCell]:
        """(row, column) -> the cell that starts there."""
        return {(cell.row, cell.column): cell for cell in self.cells}

    def texts(self) -> list[list[str]]:
        """All texts as rows of strings; cells covered by merged cells are empty."""
        grid = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell.text
        return grid


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """The caption of a figure or a table: ``Fig. S31`` and the text after it."""

    name: str
    text: str
    page: int | None = None


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document as printed. `format` is the extractor that read it."""

    path: str
    format: str
    tables: tuple[PrintedTable, ...] = ()
    captions: tuple[Caption, ...] = ()
    paragraphs: tuple[str, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    def table(self, name: str) -> PrintedTable | None:
        """The table with a name (``Table S1`` or ``S1``), or None."""
        return next((t for t in self.tables if t.name == name or t.name.removeprefix("Table ") == name), None)

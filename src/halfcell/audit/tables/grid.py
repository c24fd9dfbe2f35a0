"""A printed table as a grid: merged cells in each place that they cover, blank cells filled from above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.printed_cells import read_cell

if TYPE_CHECKING:
    from halfcell.core.printed_document import PrintedCell, PrintedTable

Grid = list[list["PrintedCell | None"]]


def covered(table: PrintedTable) -> Grid:
    """A grid in which a merged cell stands in every place that it covers."""
    grid: Grid = [[None] * table.width for _ in range(table.height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = cell
    return grid


def text_of(cell: PrintedCell | None) -> str:
    """The text of a cell without blanks around it."""
    return cell.text.strip() if cell else ""


def is_number(cell: PrintedCell | None) -> bool:
    """Whether a cell holds a number, a range, or a sign for "none"."""
    return cell is not None and read_cell(cell.text, cell.markup).kind in {"number", "range", "none"}


def is_title(row: list[PrintedCell | None]) -> bool:
    """Whether one cell spans the whole row."""
    return len(row) > 1 and row[0] is not None and all(cell is row[0] for cell in row)


def filled(rows: Grid) -> Grid:
    """Copy values down into the blank cells of rows that continue a group.

    A row continues the group of the row above if its first cell is blank or the same merged cell. A new value in a
    column replaces the old one for the rows below. A row that begins with a value of its own is not filled.
    """
    found: Grid = []
    for row in rows:
        new = list(row)
        if found and (not text_of(row[0]) or row[0] is found[-1][0]):
            above = found[-1]
            new = [cell if text_of(cell) else above[column] for column, cell in enumerate(row)]
        found.append(new)
    return found

"""Layout of a printed table: its header rows, what each column means, how far merged cells reach, transposed or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.column_headers import Head, read_head
from halfcell.core.printed_cells import read_cell

if TYPE_CHECKING:
    from halfcell.core.printed_document import PrintedCell, PrintedTable

Grid = list[list["PrintedCell | None"]]
MOST_HEADER_ROWS = 4


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A table with one header per column, its merged and blank cells filled in.

    Each of `rows` is one subject, also if the table is transposed (labels in its first column). Each place in a row
    holds the cell that covers it. `subjects` are the names in the first row of a transposed table.
    """

    headers: tuple[Head, ...]
    rows: tuple[tuple[PrintedCell | None, ...], ...]
    subjects: tuple[str, ...] = ()
    transposed: bool = False


def layout(table: PrintedTable) -> Layout:
    """Find the layout of a table."""
    grid = _covered(table)
    if not grid:
        return Layout(headers=(), rows=())
    if _is_transposed(grid):
        return _transpose(grid)
    first = table.head_rows or _header_rows(grid)
    headers = tuple(read_head(_joined([row[column] for row in grid[:first]])) for column in range(table.width))
    return Layout(headers=headers, rows=tuple(tuple(row) for row in _filled(grid[first:])))


def _covered(table: PrintedTable) -> Grid:
    """A grid in which a merged cell stands in every place that it covers."""
    grid: Grid = [[None] * table.width for _ in range(table.height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = cell
    return grid


def _text(cell: PrintedCell | None) -> str:
    return cell.text.strip() if cell else ""


def _is_number(cell: PrintedCell | None) -> bool:
    return cell is not None and read_cell(cell.text, cell.markup).kind in {"number", "range", "none"}


def _has_unit(cell: PrintedCell | None) -> bool:
    return bool(cell and not _is_number(cell) and read_head(_text(cell)).unit)


def _joined(cells: list[PrintedCell | None]) -> str:
    """The header of a column; a cell that is merged over several header rows counts once."""
    seen: list[PrintedCell] = []
    for cell in cells:
        if cell and cell not in seen:
            seen.append(cell)
    return " ".join(_text(cell) for cell in seen if _text(cell))


def _header_rows(grid: Grid) -> int:
    """The number of rows above the first one with numbers (at least one)."""
    for index, row in enumerate(grid[1 : MOST_HEADER_ROWS + 1], start=1):
        if any(_is_number(cell) and _text(cell) for cell in row[1:]):
            return index
    return 1


def _is_transposed(grid: Grid) -> bool:
    """Whether the labels with units are in the first column, not in the first row."""
    if len(grid[0]) < 2:
        return False
    down = sum(_has_unit(row[0]) for row in grid)
    across = sum(_has_unit(cell) for cell in grid[0][1:])
    return down >= 2 and down > across and 2 * down >= len(grid) - 1


def _transpose(grid: Grid) -> Layout:
    """Transpose a table whose first column holds the headers; its first row may name the subjects."""
    named = not _has_unit(grid[0][0]) and not any(_is_number(cell) for cell in grid[0][1:])
    body = grid[1:] if named else grid
    headers = tuple(read_head(_text(row[0])) for row in body)
    width = len(grid[0])
    rows = tuple(tuple(row[column] for row in body) for column in range(1, width))
    subjects = tuple(_text(grid[0][column]) if named else "" for column in range(1, width))
    return Layout(headers=headers, rows=rows, subjects=subjects, transposed=True)


def _filled(rows: Grid) -> Grid:
    """Copy values down into the blank cells of rows that continue a group.

    A row continues the group of the row above if its first cell is blank or the same merged cell. A new value in a
    column replaces the old one for the rows below. A row that begins with a value of its own is not filled.
    """
    filled: Grid = []
    for row in rows:
        new = list(row)
        if filled and (not _text(row[0]) or row[0] is filled[-1][0]):
            above = filled[-1]
            new = [cell if _text(cell) else above[column] for column, cell in enumerate(row)]
        filled.append(new)
    return filled

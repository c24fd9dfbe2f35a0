"""Layout of a printed table: its head rows, what each column means, where merged cells reach, which way it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.cells import read_cell
from halfcell.core.heads import Head, read_head

if TYPE_CHECKING:
    from halfcell.core.paper import PrintedCell, PrintedTable

Grid = list[list["PrintedCell | None"]]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A table made ready: one head a column, and rows in which merged and continued cells are filled down.

    In `rows` a cell is the one that holds there: of a merge the cell that covers the place. A transposed table (labels
    in its first column) is turned, so that each of `rows` is one subject.
    """

    heads: tuple[Head, ...]
    rows: tuple[tuple[PrintedCell | None, ...], ...]
    subjects: tuple[str, ...] = ()
    turned: bool = False


def layout(table: PrintedTable) -> Layout:
    """Understand the layout of a table."""
    grid = _covered(table)
    if not grid:
        return Layout(heads=(), rows=())
    if _is_turned(grid):
        return _turn(grid)
    first = table.head_rows or _head_rows(grid)
    heads = tuple(read_head(_joined([row[column] for row in grid[:first]])) for column in range(table.width))
    return Layout(heads=heads, rows=tuple(tuple(row) for row in _filled(grid[first:])))


def _covered(table: PrintedTable) -> Grid:
    """A grid in which every place of a merge holds the cell that covers it."""
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
    """The words over a column; a cell that reaches over several head rows counts once."""
    seen: list[PrintedCell] = []
    for cell in cells:
        if cell and cell not in seen:
            seen.append(cell)
    return " ".join(_text(cell) for cell in seen if _text(cell))


def _head_rows(grid: Grid) -> int:
    """How many rows stand before the first one with numbers (at least one, at most four)."""
    for index, row in enumerate(grid[1:5], start=1):
        if any(_is_number(cell) and _text(cell) for cell in row[1:]):
            return index
    return 1


def _is_turned(grid: Grid) -> bool:
    """Whether the labels with units stand in the first column, not in the first row."""
    if len(grid[0]) < 2:
        return False
    down = sum(_has_unit(row[0]) for row in grid)
    across = sum(_has_unit(cell) for cell in grid[0][1:])
    return down >= 2 and down > across and 2 * down >= len(grid) - 1


def _turn(grid: Grid) -> Layout:
    """Turn a table whose first column holds the heads; its first row may name the subjects."""
    named = not _has_unit(grid[0][0]) and not any(_is_number(cell) for cell in grid[0][1:])
    body = grid[1:] if named else grid
    heads = tuple(read_head(_text(row[0])) for row in body)
    width = len(grid[0])
    rows = tuple(tuple(row[column] for row in body) for column in range(1, width))
    subjects = tuple(_text(grid[0][column]) if named else "" for column in range(1, width))
    return Layout(heads=heads, rows=rows, subjects=subjects, turned=True)


def _filled(rows: Grid) -> Grid:
    """Fill a blank from above in rows that go on with the group: those whose first cell is blank or the same merge.

    A new value in a column ends the filling of the old one. A row that begins with words of its own is filled nowhere.
    """
    filled: Grid = []
    for row in rows:
        new = list(row)
        if filled and (not _text(row[0]) or row[0] is filled[-1][0]):
            above = filled[-1]
            new = [cell if _text(cell) else above[column] for column, cell in enumerate(row)]
        filled.append(new)
    return filled

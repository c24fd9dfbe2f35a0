"""How a wide table is placed: as it is, transposed, on a landscape page, or split by columns; never cut, never tiny."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from halfcell.report.column_widths import PAGE_MM, fitted

if TYPE_CHECKING:
    from halfcell.report.table_grid import Cell, Grid

LANDSCAPE_MM: Final = 262.0  # between the margins of A4 turned
_READABLE: Final = 7.0  # pt; smaller letters than this are a reason to place the table otherwise
_TURNED: Final = 6.5  # pt; on a landscape page
_START: Final = 9.5  # pt
_LEAST_MM: Final = 3.0
_BROADER: Final = 1.15  # a font that replaces the one asked for may be this much broader
_MUCH_BROADER: Final = 1.3  # DejaVu Serif, where Times New Roman is missing; a table of few rows allows for that
_FEW_ROWS: Final = 5  # a table of more rows is not transposed


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A table as it is placed: its parts, one below the other, and whether the page is turned."""

    parts: tuple[Grid, ...]
    landscape: bool = False


def laid_out(grid: Grid) -> Layout:
    """The first of these with readable letters: as it is, transposed, on a landscape page, split by columns."""
    if grid.empty:
        return Layout(parts=(grid,))
    turned = transposed(grid)
    if _size(grid, PAGE_MM, _MUCH_BROADER if turned else _BROADER) >= _READABLE:
        return Layout(parts=(grid,))
    if turned is not None and _size(turned, PAGE_MM) >= _READABLE:
        return Layout(parts=(turned,))
    if _size(grid, LANDSCAPE_MM) >= _TURNED:
        return Layout(parts=(grid,), landscape=True)
    parts = _split(grid)
    return Layout(parts=parts, landscape=any(_size(part, PAGE_MM) < _READABLE for part in parts))


def _size(grid: Grid, page_mm: float, broader: float = _BROADER) -> float:
    """The size of letters with which a table fits on a page, in pt; 0 if it does not fit at all."""
    narrow_mm = page_mm / broader
    size, widths = fitted(grid, _START, _LEAST_MM, page_mm=narrow_mm)
    return size if sum(widths) <= narrow_mm * 1.001 else 0.0


def transposed(grid: Grid) -> Grid | None:
    """Rows as columns; None if cells are merged or there are too many rows. The notes stay."""
    cells = [cell for row in grid.rows for cell in row]
    if len(grid.rows) > _FEW_ROWS or any(cell.rows > 1 or cell.columns > 1 for cell in cells):
        return None
    above = grid.above or ((),) * len(grid.headers)
    heads = [", ".join((*over, text.replace("\n", " "))) for text, over in zip(grid.headers, above, strict=True)]
    rows = []
    for column in range(1, len(heads)):
        begin = _new_cell(heads[column], column - 1)
        found = (replace(row[column], row=column - 1, column=at + 1) for at, row in enumerate(grid.rows))
        rows.append((begin, *found))
    return replace(
        grid,
        headers=(heads[0], *(row[0].text for row in grid.rows)),
        above=(),
        rows=tuple(rows),
        words=(True, *(not any(row[at + 1].is_number for row in rows) for at in range(len(grid.rows)))),
    )


def _new_cell(text: str, row: int) -> Cell:
    from halfcell.report.table_grid import Cell

    return Cell(text=text, row=row, column=0)


def _split(grid: Grid) -> tuple[Grid, ...]:
    """Parts of neighbouring columns, each with the first column before them; the last part has the notes."""
    if any(cell.columns > 1 for row in grid.rows for cell in row):
        return (grid,)
    parts: list[list[int]] = [[]]
    for column in range(1, len(grid.headers)):
        longer = [*parts[-1], column]
        if parts[-1] and _size(_columns(grid, longer), PAGE_MM) < _READABLE:
            parts.append([column])
        else:
            parts[-1] = longer
    grids = [_columns(grid, part) for part in parts]
    marks = [{cell.mark for row in part.rows for cell in row} for part in grids]
    return tuple(
        replace(
            part,
            footnotes=tuple(note for note in grid.footnotes if note.mark in found),
            notes=grid.notes if part is grids[-1] else (),
        )
        for part, found in zip(grids, marks, strict=True)
    )


def _columns(grid: Grid, chosen: list[int]) -> Grid:
    """The table with the first column and the chosen ones."""
    places = {column: at for at, column in enumerate([0, *chosen])}
    rows = tuple(
        tuple(replace(cell, column=places[cell.column]) for cell in row if cell.column in places) for row in grid.rows
    )
    return replace(
        grid,
        headers=tuple(grid.headers[column] for column in places),
        above=tuple(grid.above[column] for column in places) if grid.above else (),
        rows=rows,
        words=tuple(grid.words[column] for column in places),
    )

"""A table in LaTeX: longtable between three lines, its head repeated, the notes below it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from halfcell.report.column_widths import fitted
from halfcell.report.latex.text import rich

if TYPE_CHECKING:
    from halfcell.report.table_grid import Cell, Grid

_LEAST_MM: Final = 3.0
_SIZES: Final = ((10.0, r"\normalsize"), (9.0, r"\small"), (8.0, r"\footnotesize"), (7.0, r"\scriptsize"))
_BROADER: Final = 1.12  # bold letters of Computer Modern, over those that `column_widths` assumes
_NEW_LINE: Final = r"\newline{}"
_KEPT: Final = 3  # rows at either end of a table that stay together
_GROUP: Final = 10  # rows at most, of a group that is not broken over pages


def table(grid: Grid, page_mm: float, caption: str = "") -> str:
    """A table with its notes; of an empty one only the notes. The caption stands inside it, with its first head."""
    lines = [] if grid.empty else _ruled(grid, page_mm, caption)
    lines += [rf"\note{{\textsuperscript{{{mark}}}~{rich(text)}}}" for mark, text in grid.footnotes]
    lines += [rf"\note{{{rich(text)}}}" for text in grid.notes]
    return "\n".join(lines)


def _ruled(grid: Grid, page_mm: float, caption: str) -> list[str]:
    size, widths = fitted(grid, 10.0, _LEAST_MM, _BROADER, page_mm=page_mm)
    command = next((name for least, name in _SIZES if size >= least), r"\tiny")
    columns = "".join(
        rf">{{\{'raggedright' if words else 'centering'}\arraybackslash}}p{{{width - 2 * 1.2:.1f}mm}}"
        for words, width in zip(grid.words, widths, strict=True)
    )
    begin = rf"{{{command}\begin{{longtable}}{{{columns}}}"
    head = [r"\toprule", *_heads(grid), r"\midrule"]
    first = [rf"{caption}\\", *head, r"\endfirsthead"] if caption else []
    top = [begin, *first, *head, r"\endhead", r"\bottomrule", r"\endlastfoot"]
    return [*top, *_rows(grid), r"\end{longtable}}"]


def _heads(grid: Grid) -> list[str]:
    """The rows of the head: a ``\\multicolumn`` has a line below it; a lone head stands lowest."""
    lines = []
    for at in range(grid.head_rows):
        begun = {cell.column: cell for row in grid.heads for cell in row if cell.row + cell.rows - 1 == at}
        lines.append(_line(begun, len(grid.headers), bold=True))
        wide = [cell for cell in begun.values() if cell.columns > 1]
        lines += [rf"\cmidrule(lr){{{cell.column + 1}-{cell.column + cell.columns}}}" for cell in wide]
    return lines


def _rows(grid: Grid) -> list[str]:
    """The rows: a cell over several rows is a ``\\multirow``, one over several columns a ``\\multicolumn``."""
    lines, kept = [], _kept_with_next(grid)
    for at, row in enumerate(grid.rows):
        rule = [r"\addlinespace[1pt]\midrule[0.2pt]"] if at in grid.groups else []
        line = _line({cell.column: cell for cell in row}, len(grid.headers))
        lines += [*rule, f"{line}*" if at in kept else line]
    return lines


def _kept_with_next(grid: Grid) -> set[int]:
    """The rows after which no page ends: the first and the last ones of a table, and those inside a short group."""
    count = len(grid.rows)
    kept = {*range(_KEPT - 1), *range(count - _KEPT, count - 1)}
    for start, stop in itertools.pairwise([0, *grid.groups, count] if grid.groups else []):
        kept |= set(range(start, stop - 1)) if stop - start <= _GROUP else set()
    return {at for at in kept if 0 <= at < count - 1}


def _line(begun: dict[int, Cell], width: int, *, bold: bool = False) -> str:
    """A row from the cells that begin in it."""
    cells: list[str] = []
    column = 0
    while column < width:
        cell = begun.get(column)
        cells.append((_head(cell) if bold else _cell(cell)) if cell else "")
        column += cell.columns if cell else 1
    return f"{' & '.join(cells)} \\\\"


def _head(cell: Cell) -> str:
    """A head: its unit stands on a line of its own, unbroken, where the cell has one column."""
    label, *units = cell.text.split("\n")
    whole = "\n".join([label, *(one.replace(" ", "\u00a0") for one in units)])
    if cell.columns > 1:
        return rf"\multicolumn{{{cell.columns}}}{{c}}{{\textbf{{{rich(whole)}}}}}"
    return rf"\textbf{{{rich(whole, _NEW_LINE)}}}"


def _cell(cell: Cell) -> str:
    mark = rf"\textsuperscript{{{cell.mark}}}" if cell.mark else ""
    text = rich(cell.text) + mark
    if cell.rows > 1:
        text = rf"\multirow{{{cell.rows}}}{{=}}{{{text}}}"
    return rf"\multicolumn{{{cell.columns}}}{{c}}{{{text}}}" if cell.columns > 1 else text

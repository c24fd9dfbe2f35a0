"""A table in the language of typst: three lines, the head repeated on each page, the notes below it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from halfcell.report.column_widths import PAGE_MM, fitted
from halfcell.report.typeset.content import rich, words

if TYPE_CHECKING:
    from halfcell.report.table_grid import Cell, Grid

_NARROW: Final = 0.94  # the letters of the text are narrower than `column_widths` assumes
_LEAST_MM: Final = 3.6  # insets of a cell
_GROUP: Final = 10  # rows at most, of a group that is not broken over pages
_MANY: Final = 40  # rows; with more, lines are closer
_DENSE_PT: Final = 2.4  # above and below the letters of a cell
_LAST: Final = 2  # rows that stay with the notes below them


def table_below(table: Grid, page_mm: float = PAGE_MM, after: str = "", *, kept: bool = False) -> str:
    """A table with the notes below it, `after` them more notes; of an empty one only the notes.

    With `kept` the table may go on with the next page, but its last rows stay together with the notes.
    """
    feet = [f"#note([#super[{words(mark)}] #{rich(text)}])" for mark, text in table.footnotes]
    feet += [f"#note({rich(text)})" for text in table.notes]
    feet += [after] if after else []
    if table.empty:
        return "\n".join(feet)
    return _ruled(table, page_mm, "\n".join(feet)) if kept else "\n".join([_ruled(table, page_mm), *feet])


def _ruled(table: Grid, page_mm: float, feet: str = "") -> str:
    """A table between two thick lines, its header repeated on each page; `feet` are notes as a row of it."""
    size = 9.5 if len(table.headers) <= 6 else 8.5 if len(table.headers) <= 8 else 7.5
    down = table.head_rows
    columns = ", ".join("left + horizon" if words else "center + horizon" for words in table.words)
    header = ", ".join(_head(cell) for row in table.heads for cell in row)
    body = ",\n".join([*(_cell(cell, down) for row in table.rows for cell in row), *_kept_rows(table, feet)])
    heavy, light = "table.hline(y: 0, stroke: 1pt)", f"table.hline(y: {down}, stroke: 0.5pt)"
    part, found = fitted(table, size * _NARROW, _LEAST_MM, page_mm=page_mm)
    size = part / _NARROW
    widths = ", ".join(f"{width:.2f}mm" for width in found)
    shape = f"columns: ({widths}, 0mm), align: ({columns}, center)"
    between = "".join(f"table.hline(y: {row + down}, stroke: 0.3pt + luma(170)), " for row in table.groups)
    last = f"table.hline(y: {len(table.rows) + down}, stroke: 1pt){_notes_row(table, feet, page_mm)}"
    rules = "".join(_rule_below(cell) for row in table.heads for cell in row if cell.columns > 1)
    grid = f"table({shape}, table.header({heavy}, {header}, {rules}{light}),\n{between}{body},\n{last})"
    dense = f"\n#set table(inset: (x: 5pt, y: {_DENSE_PT}pt))" if len(table.rows) > _MANY else ""
    return f"#text(size: {size:.3g} * pt)[#show table: set text(size: {size:.3g} * pt){dense}\n#{grid}]"


def _kept_rows(table: Grid, feet: str) -> list[str]:
    """Empty cells in a column without width: a cell over several rows keeps them on one page.

    They keep the rows of a short group together, and the last rows with the notes.
    """
    starts = (
        [0, *table.groups, len(table.rows)] if table.groups else [0, max(len(table.rows) - _LAST, 0), len(table.rows)]
    )
    kept = []
    for start, stop in itertools.pairwise(starts):
        is_last = stop == len(table.rows)
        if stop - start > _GROUP:
            start = max(stop - _LAST, 0) if is_last else stop
        if start < stop and (is_last or table.groups):
            rows = stop - start + bool(is_last and feet)
            place = f"x: {len(table.headers)}, y: {start + table.head_rows}, rowspan: {rows}"
            kept.append(f"table.cell({place}, breakable: false)[]")
    return kept


def _notes_row(table: Grid, feet: str, page_mm: float) -> str:
    """The notes as the last row of a table; they may be broader than the table."""
    if not feet:
        return ""
    place = f"x: 0, y: {len(table.rows) + table.head_rows}, colspan: {len(table.headers)}, align: left, inset: (x: 0pt)"
    return f",\ntable.cell({place})[#box(width: {page_mm:g}mm)[{feet}]]"


def _head(cell: Cell) -> str:
    where = f"x: {cell.column}, y: {cell.row}, rowspan: {cell.rows}, colspan: {cell.columns}"
    where += ", align: center + horizon" if cell.columns > 1 else ""
    return f"table.cell({where}, strong({rich(cell.text)}))"


def _rule_below(cell: Cell) -> str:
    """A thin line below a head that spans several columns."""
    return f"table.hline(y: {cell.row + 1}, start: {cell.column}, end: {cell.column + cell.columns}, stroke: 0.3pt), "


def _cell(cell: Cell, down: int) -> str:
    mark = f"#super[{words(cell.mark)}]" if cell.mark else ""
    where = f"x: {cell.column}, y: {cell.row + down}, rowspan: {cell.rows}, colspan: {cell.columns}"
    where += ", align: center + horizon" if cell.columns > 1 else ""
    return f"table.cell({where})[#{rich(cell.text)}{mark}]"

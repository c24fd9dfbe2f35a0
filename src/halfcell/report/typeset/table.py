"""A table in the language of typst: three lines, the head repeated on each page, the notes below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.report.column_widths import PAGE_MM, fitted
from halfcell.report.typeset.content import rich, words

if TYPE_CHECKING:
    from halfcell.report.table_grid import Cell, Grid

_LIBERTINUS: Final = 0.92  # its letters are narrower than `column_widths` assumes
_LEAST_MM: Final = 3.6  # insets of a cell


def table_below(table: Grid, page_mm: float = PAGE_MM) -> str:
    """A table with the notes below it; of an empty one only the notes."""
    feet = [f"#note([#super[{words(mark)}] #{rich(text)}])" for mark, text in table.footnotes]
    feet += [f"#note({rich(text)})" for text in table.notes]
    return "\n".join(feet if table.empty else [_ruled(table, page_mm), *feet])


def _ruled(table: Grid, page_mm: float) -> str:
    """A table between two thick lines, its header repeated on each page."""
    size = 9.5 if len(table.headers) <= 6 else 8.5 if len(table.headers) <= 8 else 7.5
    columns = ", ".join("left + horizon" if words else "center + horizon" for words in table.words)
    header = ", ".join(f"strong({rich(text)})" for text in table.headers)
    body = ",\n".join(_cell(cell) for row in table.rows for cell in row)
    heavy, light = "table.hline(stroke: 1pt)", "table.hline(stroke: 0.5pt)"
    part, found = fitted(table, size * _LIBERTINUS, _LEAST_MM, page_mm=page_mm)
    size = part / _LIBERTINUS
    widths = ", ".join(f"{width:.2f}mm" for width in found)
    shape = f"columns: ({widths},), align: ({columns},)"
    between = "".join(f"table.hline(y: {row + 1}, stroke: 0.3pt + luma(170)), " for row in table.groups)
    grid = f"table({shape}, table.header({heavy}, {header}, {light}),\n{between}{body},\n{heavy})"
    return f"#text(size: {size:.3g}pt)[#show table: set text(size: {size:.3g}pt)\n#{grid}]"


def _cell(cell: Cell) -> str:
    mark = f"#super[{words(cell.mark)}]" if cell.mark else ""
    where = f"x: {cell.column}, y: {cell.row + 1}, rowspan: {cell.rows}, colspan: {cell.columns}"
    where += ", align: center + horizon" if cell.columns > 1 else ""
    return f"table.cell({where})[#{rich(cell.text)}{mark}]"

"""A table for Word: editable, with merged cells, three lines, and the header repeated on each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.report.column_widths import PAGE_MM, fitted
from halfcell.report.word.paragraphs import keep_with_next
from halfcell.report.word.xml import element, rule, write_runs

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Cell as WordCell
    from docx.table import _Row as WordRow
    from docx.text.paragraph import Paragraph

    from halfcell.report.table_grid import Cell, Grid

_MARGIN_TWIPS: Final = 45  # 0.8 mm
_LEAST_MM: Final = 2.0  # the margins of a narrow column, and a little more
_BROADER: Final = 1.3  # how much broader letters may be in a font that replaces one which is missing
_HEAVY: Final = 8  # eighths of a point
_LIGHT: Final = 4
_FAINT: Final = 2
_KEPT_ROWS: Final = 2  # rows at the end of a long table that stay with its notes
_WHOLE: Final = 18  # rows; a table of up to so many is kept on one page


def put(document: WordDocument, grid: Grid, page_mm: float = PAGE_MM) -> None:
    """Add the table and the notes below it, which stay on the page of its end; of an empty one only the notes."""
    if not grid.empty:
        _add(document, grid, page_mm)
    notes = [_note(document, f"^{{{mark}}} {text}") for mark, text in grid.footnotes]
    notes += [_note(document, text) for text in grid.notes]
    keep_with_next(notes[:-1])


def _add(document: WordDocument, grid: Grid, page_mm: float) -> None:
    """Add the table itself."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    size = 10.0 if len(grid.headers) <= 6 else 9.0 if len(grid.headers) <= 8 else 8.0
    size, widths = fitted(grid, size, _LEAST_MM, _BROADER, page_mm=page_mm)
    table = document.add_table(rows=len(grid.rows) + grid.head_rows, cols=len(grid.headers))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = True
    cells = [_row(table, row) for row in table.rows]  # once: python-docx would search the table for each cell
    for column, width in enumerate(widths):
        table.columns[column].width = Mm(width)
        for row in cells:
            row[column].width = Mm(width)
    for cell in (cell for row in grid.heads for cell in row):
        filled = _place(cells[: grid.head_rows], cell, size, centred=not grid.left(cell), bold=True)
        if cell.columns > 1:
            rule(filled, "bottom", _FAINT)
    for cell in (cell for row in grid.rows for cell in row):
        _place(cells[grid.head_rows :], cell, size, centred=not grid.left(cell))
    _rules(table, grid)
    _narrow_margins(table)
    _repeat_header(table, grid.head_rows)
    _keep_together(cells, grid)


def _keep_together(cells: list[list[WordCell]], grid: Grid) -> None:
    """Keep a short table on one page; of a long one the head with its first row, and the last rows with the notes."""
    last, has_notes = len(cells) - 1, bool(grid.footnotes or grid.notes)
    for at, row in enumerate(cells):
        is_kept = at <= grid.head_rows or at >= last - _KEPT_ROWS or last <= _WHOLE
        if is_kept and (at < last or has_notes):
            keep_with_next([paragraph for cell in row for paragraph in cell.paragraphs])


def _narrow_margins(table: WordTable) -> None:
    """Set narrow margins, so that words also fit in a wider font, if the family is not installed."""
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", {"w": str(_MARGIN_TWIPS), "type": "dxa"}))
    properties = table._tbl.tblPr
    look = properties.find(margins.tag.replace("tblCellMar", "tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _place(cells: list[list[WordCell]], cell: Cell, size: float, centred: bool, bold: bool = False) -> WordCell:
    """Write one cell of the body or the head, whose rows are given; merge the cells that it spans."""
    target = cells[cell.row][cell.column]
    if cell.rows > 1 or cell.columns > 1:
        target = target.merge(cells[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
    text = cell.text + (f"^{{{cell.mark}}}" if cell.mark else "")
    _fill(target, text, size, centred=centred, bold=bold)
    return target


def _fill(cell: WordCell, text: str, size: float, centred: bool, bold: bool = False) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    write_runs(paragraph, text, bold=bold, size_pt=size)


def _rules(table: WordTable, grid: Grid) -> None:
    """Thick lines above and below, a thin one below the header, faint ones between groups of rows."""
    rows = list(table.rows)
    for cell in _row(table, rows[0]):
        rule(cell, "top", _HEAVY)
    for cell in _row(table, rows[grid.head_rows - 1]):
        rule(cell, "bottom", _LIGHT)
    for group in grid.groups:
        for cell in _row(table, rows[group + grid.head_rows]):
            rule(cell, "top", _FAINT, "A6A6A6")
    for cell in _row(table, rows[-1]):
        rule(cell, "bottom", _HEAVY)


def _row(table: WordTable, row: WordRow) -> list[WordCell]:
    """The cells of a row, merged ones once."""
    from docx.table import _Cell

    return [_Cell(found, table) for found in row._tr.tc_lst]


def _repeat_header(table: WordTable, head_rows: int) -> None:
    """Repeat the rows of the header on each page, and do not break rows over pages."""
    for index, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if index < head_rows:
            properties.append(element("w:tblHeader"))


def _note(document: WordDocument, text: str) -> Paragraph:
    """A line below the table."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.keep_together = True
    write_runs(paragraph, text, size_pt=9)
    return paragraph

"""Spreadsheets (.xlsx): one table per sheet, numbers as the format of their cell prints them, merged cells kept."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.archive import has_part
from halfcell.audit.extract.common.limits import MAX_CELLS, MAX_PART, check_cell_count
from halfcell.core.errors import InputError
from halfcell.core.printed_document import Paper, PrintedCell, PrintedTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from halfcell.audit.extract import Progress
    from halfcell.core.raw import RawFile

SUFFIXES = (".xlsx", ".xlsm")
_DECIMALS = re.compile(r"0\.(0+)")
_SCIENTIFIC = re.compile(r"E[+-]0", re.IGNORECASE)


def recognises(raw: RawFile) -> bool:
    """A zip archive with a workbook in it."""
    return has_part(raw.path, raw.head, "xl/workbook.xml")


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read all sheets; of formulas the stored values."""
    _check(raw)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(raw.path, data_only=True)
    except (InvalidFileException, KeyError, ValueError, TypeError, OSError, SyntaxError, zipfile.BadZipFile) as error:
        raise InputError("the workbook is damaged or truncated", hint="save it again") from error
    tables = []
    cells = 0
    for index, sheet in enumerate(book.worksheets, start=1):
        found = list(_cells(sheet))
        cells += len(found)
        check_cell_count(cells, sheet.title)
        if found:
            tables.append(PrintedTable(name=f"Table {sheet.title}", caption=sheet.title, cells=tuple(found)))
        progress(index, len(book.worksheets), "sheet")
    if not tables:
        raise InputError("the workbook is empty")
    return Paper(path=str(raw.path), format="xlsx", tables=tuple(tables))


def _check(raw: RawFile) -> None:
    """Refuse a workbook that unpacks to too much, before anything is parsed."""
    try:
        with zipfile.ZipFile(raw.path) as archive:
            large = [item.filename for item in archive.infolist() if item.file_size > MAX_PART]
            broken = archive.testzip() if not large else None
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise InputError("the workbook is damaged or truncated", hint="save it again") from error
    if large:
        raise InputError(f"a part unpacks to more than {MAX_PART >> 20} MiB", large[0], "it looks like a zip bomb")
    if broken:
        raise InputError("the workbook is damaged", broken, "save it again")


def _cells(sheet: Worksheet) -> Iterator[PrintedCell]:
    """The filled cells, counted from the first used row and column."""
    if sheet.max_row * sheet.max_column > 50 * MAX_CELLS:
        raise InputError(f"the sheet spans {sheet.max_row} rows", sheet.title, "leave out raw data")
    merged = {
        (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1) for r in sheet.merged_cells
    }
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    if not filled:
        return
    top, left = min(cell.row for cell in filled), min(cell.column for cell in filled)
    for cell in filled:
        rows, columns = merged.get((cell.row, cell.column), (1, 1))
        text = _printed(cell.value, str(cell.number_format))
        yield PrintedCell(
            text=text, row=cell.row - top, column=cell.column - left, rows=rows, columns=columns,
            doubt="the cell shows an error" if text.startswith("#") else "",
        )  # fmt: skip


def _printed(value: object, form: str) -> str:
    """A value as its format prints it; a number without format has all its digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    decimals = _DECIMALS.search(form)
    if _SCIENTIFIC.search(form):
        return f"{value:.{len(decimals.group(1)) if decimals else 0}e}"
    if "%" in form:
        return f"{value * 100:.{len(decimals.group(1)) if decimals else 0}f} %"
    if decimals:
        return f"{value:.{len(decimals.group(1))}f}"
    if form in {"0", "#,##0"}:
        return f"{value:.0f}"
    return repr(value)

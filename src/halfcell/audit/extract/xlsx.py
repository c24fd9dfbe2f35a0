"""Spreadsheets (.xlsx): tables with their captions, numbers as the format of their cell prints them, merged cells."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.document_counts import check_cell_count, check_count
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.sheet_blocks import Row, Sheet, Spans, is_figure, take_sheet
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_CELLS, MAX_SHEET_ROWS, MAX_SHEETS
from halfcell.core.result import Note
from halfcell.core.unpacked_size import check_part, checked_rows, has_part, read_part
from halfcell.core.workbook_bounds import check_workbook

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    from halfcell.audit.extract import Progress
    from halfcell.core.printed_document import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".xlsx", ".xlsm")
_DECIMALS = re.compile(r"0\.(0+)")
_BEHIND = re.compile(r'"([^"]*)"$')
_SCIENTIFIC = re.compile(r"E[+-]0", re.IGNORECASE)
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"[^>]*?:id="([^"]*)"')
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MERGED_ROOM = 50  # times the cells that an audit reads may be merged: whole rows and columns are at times
_LOOK = 5  # rows by which the sheet of a figure is told


def recognises(raw: RawFile) -> bool:
    """A zip archive with a workbook in it."""
    return has_part(raw.path, raw.head, "xl/workbook.xml")


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read all sheets; of formulas the stored values. Left out are the data of figures, and long lists of data.

    So is, with a note, each sheet with which the workbook had more cells than an audit reads.

    Raises
    ------
    InputError
        If the workbook is damaged, too large or empty.
    """
    _check(raw)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    builder = PaperBuilder()
    left_out: list[str] = []
    broken = (InvalidFileException, LookupError, ValueError, TypeError, OSError, SyntaxError, zipfile.BadZipFile)
    try:
        book = openpyxl.load_workbook(raw.path, data_only=True, read_only=True)
        parts = _parts(raw)
        check_count(len(book.worksheets), MAX_SHEETS, "sheets")
        cells = 0
        for index, sheet in enumerate(book.worksheets, start=1):
            rows = _rows(sheet)
            if rows is None or cells + sum(map(len, rows.values())) > MAX_CELLS:
                left_out.append(sheet.title)
            elif rows:
                spans = _merged(raw, parts.get(sheet.title, ""))
                cells += take_sheet(Sheet(title=sheet.title, rows=rows, spans=spans), builder)
                check_cell_count(cells, sheet.title)
            progress(index, len(book.worksheets), "sheet")
    except broken as error:
        raise InputError("the workbook is damaged or truncated", hint="save it again") from error
    return _noted(builder, raw, left_out)


def _noted(builder: PaperBuilder, raw: RawFile, left_out: list[str]) -> Paper:
    """The document, with a note of the sheets that hold data.

    Raises
    ------
    InputError
        If there is nothing else.
    """
    if builder.is_empty:
        what = "the workbook holds only data" if left_out else "the workbook is empty"
        raise InputError(what, hint="an audit reads printed tables" if left_out else "")
    paper = builder.paper(str(raw.path), "xlsx")
    if not left_out:
        return paper
    count = f"{len(left_out)} sheet{'' if len(left_out) == 1 else 's'}"
    what = f"{count} with data, not printed tables, left out: {left_out[0]}" + (" ..." if len(left_out) > 1 else "")
    return replace(paper, notes=(*paper.notes, Note("info", "sheets_left_out", what)))


def _check(raw: RawFile) -> None:
    """Refuse a workbook that unpacks to too much, before anything is parsed."""
    check_workbook(raw.path)
    try:
        with zipfile.ZipFile(raw.path) as archive:
            for item in archive.infolist():
                check_part(item.file_size, item.filename)
            broken = archive.testzip()
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise InputError("the workbook is damaged or truncated", hint="save it again") from error
    if broken:
        raise InputError("the workbook is damaged", broken, "save it again")


def _rows(sheet: ReadOnlyWorksheet) -> dict[int, Row] | None:
    """The filled rows of a sheet; None if it holds data: those of a figure, or more rows than a printed table has."""
    found: dict[int, Row] = {}
    for cells in checked_rows(sheet.iter_rows(), sheet.title, 300 * MAX_CELLS):
        row = {
            cell.column: text
            for cell in cells
            if cell.value is not None and (text := _printed(cell.value, str(cell.number_format)).strip())
        }
        if row:
            found[next(cell.row for cell in cells if cell.value is not None)] = row
        if len(found) == _LOOK and is_figure(found):
            return None
        if len(found) > MAX_SHEET_ROWS:
            return None
    return None if is_figure(found) else found


def _parts(raw: RawFile) -> dict[str, str]:
    """The name of each sheet and the part of the archive that holds it."""
    from html import unescape

    targets = {}
    for match in _RELATION.finditer(read_part(raw.path, "xl/_rels/workbook.xml.rels")):
        given = dict(_ATTRIBUTE.findall(match[0]))
        targets[given.get(b"Id", b"")] = given.get(b"Target", b"").decode(errors="replace")
    found = {}
    for name, key in _SHEET.findall(read_part(raw.path, "xl/workbook.xml")):
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[unescape(name.decode(errors="replace"))] = part
    return found


def _merged(raw: RawFile, part: str) -> Spans:
    """The merged cells of a sheet: place of the first cell -> rows and columns."""
    from openpyxl.utils.cell import column_index_from_string as number

    content = read_part(raw.path, part) if part else b""
    start = content.rfind(b"</sheetData>")
    found = {}
    merged = _MERGED.findall(content[max(start, 0) :])
    check_cell_count(len(merged), part)
    for left, top, right, bottom in merged:
        first, last = number(left.decode()), number(right.decode())
        found[int(top), first] = (int(bottom) - int(top) + 1, last - first + 1)
    check_cell_count(sum(rows * columns for rows, columns in found.values()) // _MERGED_ROOM, part)
    return found


def _printed(value: object, form: str) -> str:
    """A value as its format prints it; a number without format has all its digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    behind = _BEHIND.search(form)
    if behind:  # a text that the format prints behind the number
        return f"{_printed(value, form[: behind.start()])}{behind[1]}"
    decimals = _DECIMALS.search(form)
    if _SCIENTIFIC.search(form):
        return f"{value:.{len(decimals.group(1)) if decimals else 0}e}"
    if "%" in form:
        return f"{value * 100:.{len(decimals.group(1)) if decimals else 0}f} %"
    if decimals or form in {"0", "#,##0"}:
        return f"{value:.{len(decimals.group(1)) if decimals else 0}f}"
    return repr(value)

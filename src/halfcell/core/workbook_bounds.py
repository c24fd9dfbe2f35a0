"""Bounds on the parts of a workbook (.xlsx), checked before a library parses any of them as a whole."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Final

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_WITHOUT_DIMENSIONS, MAX_WORKBOOK_OTHER, MAX_WORKBOOK_PIECE, MAX_WORKBOOK_SHEETS
from halfcell.core.unpacked_size import check_part

if TYPE_CHECKING:
    from pathlib import Path

_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s")
_DATA: Final = ("xl/worksheets/", "xl/media/", "xl/embeddings/", "xl/sharedStrings.xml")
_HINT: Final = "save it as a new workbook, or export the data as text (csv)"


def check_workbook(file: Path | IO[bytes]) -> None:
    """Refuse a workbook with a part that takes gigabytes or minutes to parse.

    Parameters
    ----------
    file
        The workbook, or a file object that can be sought.

    Raises
    ------
    InputError
        If it has more than a thousand sheets, one row of more than 2 MiB, as much behind the rows of a sheet, a sheet
        of more than 8 MiB that does not state its dimensions, or another part of more than 16 MiB. A damaged archive
        passes: who reads it says what is wrong.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                    check_part(member.file_size, member.filename)
                    _check_sheet(archive.read(member), member.filename)
                elif member.filename.endswith((".xml", ".rels")) and not member.filename.startswith(_DATA):
                    _check_other(archive, member)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, ValueError):
        return


def _check_other(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.file_size > MAX_WORKBOOK_OTHER:
        raise InputError(f"this part unpacks to more than {MAX_WORKBOOK_OTHER >> 20} MiB", member.filename, _HINT)
    if member.filename == "xl/workbook.xml" and len(_SHEET.findall(archive.read(member))) > MAX_WORKBOOK_SHEETS:
        raise InputError(f"the workbook has more than {MAX_WORKBOOK_SHEETS} sheets", member.filename, _HINT)


def _check_sheet(content: bytes, name: str) -> None:
    """Refuse a sheet with a row, or something behind its rows, that is parsed as a whole and too long."""
    if len(content) > MAX_WITHOUT_DIMENSIONS and b"<dimension" not in content[:16384]:
        raise InputError("the sheet does not state its dimensions, as spreadsheet programs do", name, _HINT)
    end, place = max(content.rfind(b"</sheetData>"), 0), max(content.find(b"<row"), 0)
    if len(content) - max(end, place) > MAX_WORKBOOK_PIECE and b"<row" not in content[-MAX_WORKBOOK_PIECE:]:
        raise InputError("the sheet has too many merged cells or formats, or one row of too many cells", name, _HINT)
    while end - place > MAX_WORKBOOK_PIECE:
        following = content.rfind(b"<row", place + 1, place + MAX_WORKBOOK_PIECE)
        if following < 0:
            raise InputError("a row of the sheet has too many cells", name, _HINT)
        place = following

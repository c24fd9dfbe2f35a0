"""OpenDocument spreadsheets (.ods) as rows of cells; numbers from their stored value, repeated cells expanded."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
import zlib

from halfcell.core.errors import InputError
from halfcell.readers.common.spreadsheets import Rows

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST = 4096  # more repeated cells or rows are the empty rest of a sheet


def tables(content: bytes) -> dict[str, Rows]:
    """Read every sheet, by its name.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tree = ET.fromstring(archive.read("content.xml"))
    except (zipfile.BadZipFile, zlib.error, LookupError, ET.ParseError, EOFError, ValueError, RuntimeError) as error:
        raise InputError("the spreadsheet is damaged or truncated", hint="copy or export it again") from error
    return {
        table.get(f"{_TABLE}name", f"sheet {i + 1}"): [
            cells for row in table.iter(f"{_TABLE}table-row") for cells in [_cells(row)] * _times(row, "rows")
        ]
        for i, table in enumerate(tree.iter(f"{_TABLE}table"))
    }


def _times(element: ET.Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    count = int(text) if text.isdigit() else 1
    return count if count <= _MOST else 1


def _cells(row: ET.Element) -> list[object]:
    found: list[object] = []
    for cell in row:
        if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            found += [_value(cell)] * _times(cell, "columns")
    return found


def _value(cell: ET.Element) -> object:
    stored = cell.get(f"{_OFFICE}value")
    if stored is not None:
        try:
            return float(stored)
        except ValueError:
            return stored
    text = "".join(cell.itertext()).strip()
    return text or None

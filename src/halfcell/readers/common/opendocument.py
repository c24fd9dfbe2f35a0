"""OpenDocument spreadsheets as rows of cells: numbers from their stored value, texts, repeated cells unfolded."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
import zlib
from typing import Any

from halfcell.core.errors import InputError

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST = 4096  # repeated cells or rows beyond this are the empty rest of a sheet


def tables(content: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet by its name.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tree = ET.fromstring(archive.read("content.xml"))
    except (zipfile.BadZipFile, zlib.error, LookupError, ET.ParseError, EOFError, ValueError, RuntimeError) as error:
        raise InputError("the spreadsheet is damaged or cut off", hint="copy it again, or export it again") from error
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


def _cells(row: ET.Element) -> list[Any]:
    found: list[Any] = []
    for cell in row:
        if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            found += [_value(cell)] * _times(cell, "columns")
    return found


def _value(cell: ET.Element) -> Any:
    stored = cell.get(f"{_OFFICE}value")
    if stored is not None:
        try:
            return float(stored)
        except ValueError:
            return stored
    text = "".join(cell.itertext()).strip()
    return text or None

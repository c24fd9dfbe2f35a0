"""Whether two files of one kind say the same, whatever their bytes: tables cell by cell, documents line by line."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any, Final

from halfcell.core.errors import InputError
from halfcell.core.unpacked_size import check_size
from halfcell.report.verify.numbers import SMALL

_DAMAGED: Final = "cannot be read: damaged"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIGURES: Final = "out/figures/"


def is_compared(name: str) -> bool:
    """Whether the content of a file is compared; a picture has bytes only."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in _READING and not (name.startswith(_FIGURES) and suffix == ".pdf")


def first_difference(name: str, archive: bytes, computed: bytes) -> str:
    """The first place where two files say something else; empty if they say the same.

    Numbers in tables may differ by a millionth of the largest in their column, in digits that no other file prints.
    """
    read = _READING[PurePosixPath(name).suffix.lower()]
    try:
        _check_packed(archive, name)
        before = read(archive)
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, SyntaxError, InputError, csv.Error):
        return _DAMAGED
    now = read(computed)
    for part in dict.fromkeys((*before, *now)):
        where = _difference(before.get(part, []), now.get(part, []))
        if where:
            return f"{part}: {where}" if part else where
    return ""


def _check_packed(content: bytes, name: str) -> None:
    """Refuse an Office file that unpacks to too much."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            check_size(sum(entry.file_size for entry in file.infolist()), len(content), name)


_Rows = list[list[Any]]


def _difference(before: _Rows, now: _Rows) -> str:
    """The first row of two tables that differs."""
    largest = _largest([*before, *now])
    for number, (one, two) in enumerate(zip_longest(before, now), start=1):
        if one is None or two is None:
            return f"row {number}: {'only here' if one is None else 'only in the archive'}: {_words(one or two or [])}"
        for place, (a, b) in enumerate(zip_longest(one, two)):
            if not _same(a, b, largest.get(place, 0.0)):
                return f"row {number}: {_short(a)} in the archive, {_short(b)} here"
    return ""


def _same(a: object, b: object, largest: float) -> bool:
    if a == b:
        return True
    one, two = _number(a), _number(b)
    return one is not None and two is not None and abs(one - two) <= SMALL * largest


def _largest(rows: Sequence[Sequence[object]]) -> Mapping[int, float]:
    """The largest number of each column."""
    found: dict[int, float] = {}
    for row in rows:
        for place, cell in enumerate(row):
            number = _number(cell)
            if number is not None:
                found[place] = max(found.get(place, 0.0), abs(number))
    return found


def _number(cell: object) -> float | None:
    """The number in a cell with many digits: what is printed short (``92.5``) is compared as text."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    if not isinstance(cell, str) or len(re.sub(r"\D", "", cell)) < 6:
        return None
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _short(cell: object) -> str:
    text = repr(cell)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _words(row: Sequence[object]) -> str:
    return _short(" ".join(str(cell) for cell in row if cell is not None))


def _csv(content: bytes) -> dict[str, _Rows]:
    return {"": [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))]}


def _text(content: bytes) -> dict[str, _Rows]:
    return {"": [[line] for line in content.decode().splitlines()]}


def _xlsx(content: bytes) -> dict[str, _Rows]:
    """Sheet -> its rows; a number counts with the format in which it is printed."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(_cells(sheet)) for sheet in book.worksheets}


def _cells(sheet: Any) -> Iterator[list[Any]]:
    for row in sheet.iter_rows():
        yield [value for cell in row for value in (cell.value, cell.number_format)]


def _docx(content: bytes) -> dict[str, _Rows]:
    """The paragraphs of the document, its notes, heads and feet, with those in tables."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    found: dict[str, _Rows] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in sorted(file.namelist()):
            if name.startswith("word/") and name.count("/") == 1 and name.endswith(".xml"):
                tree = etree.fromstring(file.read(name), parser)
                paragraphs = ("".join(text.text or "" for text in one.iter(f"{_W}t")) for one in tree.iter(f"{_W}p"))
                found[name] = [[text] for text in paragraphs]
    return found


def _html(content: bytes) -> dict[str, _Rows]:
    """What a page shows; its scripts hold the same data for drawing."""
    from lxml import html

    if not content.strip():
        return {}
    tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    for hidden in tree.xpath("//script|//style"):
        hidden.drop_tree()
    return {"": [[text.strip()] for text in tree.itertext() if text.strip()]}


def _pdf(content: bytes) -> dict[str, _Rows]:
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(content)) as file:
            return {
                f"page {number}": [[line] for line in (page.extract_text() or "").splitlines()]
                for number, page in enumerate(file.pages, start=1)
            }
    except PdfminerException as error:
        raise ValueError("not a PDF") from error


_READING: Final[Mapping[str, Callable[[bytes], dict[str, _Rows]]]] = {
    ".csv": _csv,
    ".tex": _text,
    ".json": _text,
    ".xlsx": _xlsx,
    ".docx": _docx,
    ".html": _html,
    ".pdf": _pdf,
}

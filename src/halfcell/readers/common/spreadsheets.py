"""Spreadsheets (.xlsx, .xls) and delimited text as rows of cells."""

from __future__ import annotations

import csv
import io
import math
import struct
import zipfile
import zlib
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.unpacked_size import checked_rows
from halfcell.core.workbook_bounds import check_workbook
from halfcell.readers.common.text_files import decode, lines_as_lf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from halfcell.core.raw import RawFile

Rows = list[list[object]]  # numbers, texts, dates; None for an empty cell

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOK = 64  # sheets in which words are looked for
_FREE = 0xFFFFFFFF  # of a sector in the allocation table of an OLE file


def mentions(raw: RawFile, *words: str) -> bool:
    """Whether a workbook (or the first 64 KiB of a text) contains all the words; False if it is damaged."""
    try:
        content = _words(raw)
    except (InputError, zipfile.BadZipFile, LookupError, OSError, zlib.error, EOFError, ValueError, RuntimeError):
        return False
    return all(any(word.encode(code) in content for code in ("utf-8", "latin-1", "utf-16-le")) for word in words)


def _words(raw: RawFile) -> bytes:
    if raw.head.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(raw.read())) as archive:
            names = [
                n for n in archive.namelist() if n == "xl/sharedStrings.xml" or n.startswith("xl/worksheets/sheet")
            ]
            return b"".join(_beginning(archive, name) for name in names[:_LOOK])
    return raw.read() if raw.head.startswith(_OLE) else raw.head


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first 4 MiB of a part; the rest is not unpacked."""
    with archive.open(name) as file:
        return file.read(4 * 2**20)


def sheets(raw: RawFile, most: int | None = None) -> dict[str, Rows]:
    """Every sheet of a workbook, or the one table of a text, as rows of cells.

    With `most`, only the first rows of each sheet (of a text only the first 64 KiB): enough to recognise a table
    without reading a large file.

    Raises
    ------
    InputError
        If the workbook is damaged.
    """
    if most is not None and not raw.head.startswith((_ZIP, _OLE)):
        return {"": text_rows(raw.head)[:most]}
    content = raw.read()
    if content.startswith(_ZIP):
        return _xlsx(content, most)
    if content.startswith(_OLE):
        return _xls(content, most)
    return {"": text_rows(content)}


def quiet_xlrd() -> ModuleType:
    """Import xlrd so that its log goes nowhere, also where another package calls it.

    Its default log is what standard output is when it is first imported; standard output is the program's own.
    """
    with redirect_stdout(io.StringIO()):
        import xlrd
    module: ModuleType = xlrd
    return module


@contextmanager
def damaged(what: str, content: bytes = b"") -> Iterator[None]:
    """Convert what libraries raise on a damaged file (nearly anything) to an `InputError`.

    It says that the file is damaged where its container says so; `content` is that of an OLE file, if it may be one.
    """
    xlrd = quiet_xlrd()
    try:
        yield
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise InputError(f"the {what} is encrypted", hint="save it without a password") from error
        raise _damaged(what) from error
    except (
        xlrd.compdoc.CompDocError,
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        SyntaxError,
    ) as error:
        raise _damaged(what) from error
    except (ValueError, LookupError, TypeError, AttributeError, NameError, ArithmeticError) as error:
        raise _damaged(what) if _is_cut(content) else _unknown(what) from error
    except (AssertionError, MemoryError, NotImplementedError, RecursionError) as error:
        raise _damaged(what) if _is_cut(content) else _unknown(what) from error


def _is_cut(content: bytes) -> bool:
    """Whether an OLE file ends before the last sector that its allocation table uses ([MS-CFB] 2.2 and 2.3)."""
    if not content.startswith(_OLE) or len(content) < 512:
        return False
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    held = len(content) // size - 1
    count = min(struct.unpack_from("<I", content, 44)[0], 109)
    tables = struct.unpack_from(f"<{count}I", content, 76)
    if any(sector >= held for sector in tables):
        return True
    used = [
        128 * (size // 512) * place + index
        for place, sector in enumerate(tables)
        for index, (entry,) in enumerate(struct.iter_unpack("<I", content[size * (sector + 1) : size * (sector + 2)]))
        if entry != _FREE
    ]
    return bool(max(used, default=-1) >= held)


def _damaged(what: str) -> InputError:
    return InputError(f"the {what} is damaged or truncated", hint="copy or export it again")


def _unknown(what: str) -> InputError:
    return InputError(f"unknown layout of the {what}", hint="export it again, or as csv")


def _xlsx(content: bytes, most: int | None) -> dict[str, Rows]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException as NotAWorkbook

    check_workbook(io.BytesIO(content))
    with damaged("workbook"):
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return {
                s.title: [list(row) for row in checked_rows(s.iter_rows(values_only=True, max_row=most), s.title)]
                for s in book.worksheets
            }
        except NotAWorkbook as error:
            raise _damaged("workbook") from error


def _xls(content: bytes, most: int | None) -> dict[str, Rows]:
    with damaged("workbook", content):
        book = quiet_xlrd().open_workbook(file_contents=content, logfile=io.StringIO())
        return {
            s.name: [[v if v != "" else None for v in s.row_values(i)] for i in range(s.nrows)[:most]]
            for s in book.sheets()
        }


def text_rows(content: bytes, *encodings: str) -> Rows:
    """Rows of a text delimited by tab, semicolon or comma, whichever is most frequent; numbers become floats."""
    lines = decode(lines_as_lf(content), *encodings).replace("\0", "").split("\n")
    delimiter = best_delimiter(lines)
    try:
        return [[cell(part, delimiter) for part in line] for line in csv.reader(lines, delimiter=delimiter)]
    except csv.Error as error:
        raise InputError(f"unknown layout of the table: {error}") from error


def best_delimiter(lines: Sequence[str]) -> str:
    """The delimiter of a text, from its first 200 lines: tab before semicolon before comma."""
    sample = lines[:200]
    counts = {mark: sum(line.count(mark) for line in sample) for mark in ("\t", ";", ",")}
    for mark in ("\t", ";"):
        if counts[mark] >= max(len([line for line in sample if line.strip()]) // 3, 1):
            return mark
    return ","


def cell(text: str, delimiter: str = "\t") -> float | str | None:
    """The value of a cell: a number (also with decimal comma, unless commas delimit), a text, or None."""
    word = text.strip().strip('"').strip()
    if not word:
        return None
    found = number(word) if delimiter != "," else _float(word)
    return word if found is None else found


def number(word: object) -> float | None:
    """Read a number with decimal point or comma ("1.589,6174", too); None if it is not a number."""
    if isinstance(word, int | float) and not isinstance(word, bool):
        return float(word)
    if not isinstance(word, str):
        return None
    text = word.strip().replace(" ", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".") if text.rfind(",") > text.rfind(".") else text.replace(",", "")
    return _float(text)


def _float(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None

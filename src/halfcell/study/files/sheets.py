"""Tables that people write (CSV in any spreadsheet's dialect, XLSX): rows of text, each cell with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.study.files.file_names import composed

_WORKBOOK = b"PK\x03\x04"  # how a ZIP archive begins, and with it every .xlsx
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (1 is the first line) and head -> text, empty cells left out."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table: its name for errors, heads in order, rows; with `comma` 1,5 means one and a half.

    `uneven` are the rows with more cells than heads, with their number of cells, also where the surplus is empty (one
    decimal comma moves all that follows): it is unknown which cell belongs to which head.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    comma: bool = False
    head_number: int = 1
    uneven: Mapping[int, int] = field(default_factory=dict)

    def place(self, row: int, head: str = "") -> str:
        """``cells.csv:4 (active_mass_mg)``, or ``cells.xlsx: C4``."""
        if self.name.lower().endswith(".xlsx"):
            letter = _letter(self.heads.index(head)) if head in self.heads else ""
            return f"{self.name}: {letter}{row}" if letter else f"{self.name}: row {row}"
        return f"{self.name}:{row} ({head})" if head else f"{self.name}:{row}"

    @property
    def problems(self) -> tuple[InputError, ...]:
        """The uneven rows as mistakes."""
        count = len(self.heads)
        hint = "one comma too many? write 1.5, not 1,5; put text with commas in quotes"
        return tuple(
            InputError(f"{cells} cells in a table of {count} columns", self.place(row), hint)
            for row, cells in self.uneven.items()
        )

    @property
    def head_place(self) -> str:
        """The place of the heads."""
        return self.place(self.head_number)


def read_sheet(path: Path) -> Sheet:
    """Read a CSV (comma, semicolon or tab; UTF-8, UTF-16 or Windows' code page) or the first sheet of an XLSX.

    Lines that begin with ``#`` are comments.

    Raises
    ------
    InputError
        If the file is missing, empty, or not a table.
    """
    if not path.is_file():
        raise InputError("no such file", path.name, f"looked in {path.parent.name or '.'}/")
    lines, comma = _from_xlsx(path) if path.suffix.lower() == ".xlsx" else _from_csv(path)
    filled = [(number, line) for number, line in lines if any(line) and not line[0].startswith("#")]
    if not filled:
        raise InputError("the table is empty", path.name, "its first line names the columns")
    number, first = filled[0]
    heads = tuple(first)
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if twice:
        raise InputError(f"column {twice[0]!r} appears twice", f"{path.name}:{number}", "rename one")
    rows = [Row(n, {h: text for h, text in zip(heads, line, strict=False) if h and text}) for n, line in filled[1:]]
    uneven = {n: len(line) for n, line in filled[1:] if len(line) > len(heads)}
    return Sheet(path.name, heads, tuple(rows), comma, number, uneven)


def rows_of_file(path: Path, sheet: str = "") -> list[tuple[int, list[str]]]:
    """All rows of a table with their numbers, heads included, as they are written; `sheet` is one of a workbook.

    Raises
    ------
    InputError
        If the file is not a readable table, or the workbook has no such sheet.
    """
    return (_from_xlsx(path, sheet) if path.suffix.lower() == ".xlsx" else _from_csv(path))[0]


def _from_csv(path: Path) -> tuple[list[tuple[int, list[str]]], bool]:
    content = path.read_bytes()
    if content.startswith(_WORKBOOK):
        raise InputError("this is a workbook (.xlsx), not CSV", path.name, "rename it to .xlsx, or save it as CSV")
    without_comments = ["" if line.startswith("#") else line for line in _decode(content).splitlines()]
    text = "\n".join(without_comments)
    head = next((line for line in without_comments if line.strip()), "")
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines, before = [], 0
    try:
        for line in reader:
            lines.append((before + 1, [cell.strip() for cell in line]))
            before = reader.line_num
    except csv.Error as error:
        raise InputError(f"not a readable table: {error}", f"{path.name}:{reader.line_num}") from error
    return lines, delimiter != ","


def _decode(content: bytes) -> str:
    for mark, code in _MARKS:
        if content.startswith(mark):
            return composed(content.decode(code, errors="replace"))
    try:
        return composed(content.decode("utf-8"))
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _from_xlsx(path: Path, sheet: str = "") -> tuple[list[tuple[int, list[str]]], bool]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        if sheet and sheet not in book.sheetnames:
            raise InputError(f"no sheet {sheet!r}", path.name, did_you_mean(sheet, book.sheetnames))
        chosen = book[sheet] if sheet else book.worksheets[0]
        rows = [list(row) for row in chosen.iter_rows(values_only=True)]
        book.close()
    except PermissionError as error:
        hint = "if it is open in Excel, close it there"
        raise InputError(f"cannot be read: {error.strerror}", path.name, hint) from error
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as error:
        raise InputError(f"not a readable workbook: {error}", path.name, "save it again as .xlsx or .csv") from error
    return [(number, [_text(value) for value in row]) for number, row in enumerate(rows, start=1)], False


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return composed(str(value)).strip()


def _letter(index: int) -> str:
    """Letter of a spreadsheet column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

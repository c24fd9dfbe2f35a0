"""Changes of samples.csv and cells.csv that leave every other line of the file as it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from halfcell.core.errors import InputError


@dataclass(frozen=True, kw_only=True)
class TableText:
    """A table as text: its lines with their ends, its delimiter, and which lines are rows (the first one the heads)."""

    lines: tuple[str, ...]
    delimiter: str
    rows: tuple[int, ...]

    @property
    def heads(self) -> list[str]:
        """The heads of the columns."""
        return [cell.strip() for cell in _split(self.lines[self.rows[0]], self.delimiter)]

    def cells(self, row: int) -> list[str]:
        """The cells of a row; row 0 is the first one below the heads."""
        cells = [cell.strip() for cell in _split(self.lines[self.rows[row + 1]], self.delimiter)]
        return cells + [""] * (len(self.heads) - len(cells))

    @property
    def count(self) -> int:
        """How many rows there are below the heads."""
        return len(self.rows) - 1


def read_table(path: Path) -> TableText:
    """Read a table that can be changed here.

    Raises
    ------
    InputError
        If it is a workbook, not UTF-8, or has cells of several lines.
    """
    if path.suffix.lower() != ".csv":
        raise InputError("only tables in CSV can be changed here", path.name, "change it in the spreadsheet program")
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("the table is not UTF-8 text", path.name, "save it as UTF-8 CSV") from None
    lines = tuple(re.findall(r"[^\n]*\n|[^\n]+$", text))
    head = next((line for line in lines if line.strip() and not line.lstrip("\ufeff").startswith("#")), "")
    delimiter = max(",;\t", key=head.count)
    rows = tuple(
        at
        for at, line in enumerate(lines)
        if line.strip(f"\r\n{delimiter} ") and not line.lstrip("\ufeff").startswith("#")
    )
    if not rows:
        raise InputError("the table is empty", path.name)
    if any(line.count('"') % 2 for line in lines):
        raise InputError("a cell of several lines cannot be changed here", path.name, "change it in an editor")
    return TableText(lines=lines, delimiter=delimiter, rows=rows)


def with_cell(table: TableText, row: int, head: str, value: str) -> str:
    """The text of the table with another value in one cell.

    Raises
    ------
    InputError
        If there is no such row or column, or the value has several lines.
    """
    if head not in table.heads or not 0 <= row < table.count:
        raise InputError("there is no such cell in this table", head[:100])
    cells = table.cells(row)
    cells[table.heads.index(head)] = _one_line(value)
    return _with_line(table, table.rows[row + 1], cells)


def with_row(table: TableText, cells: Sequence[str]) -> str:
    """The text of the table with one more row at its end."""
    lines = list(table.lines)
    last = table.rows[-1]
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[last].endswith("\n"):
        lines[last] += end
    lines.insert(last + 1, _joined([_one_line(cell) for cell in cells], table.delimiter) + end)
    return "".join(lines)


def without_row(table: TableText, row: int) -> str:
    """The text of the table without one row.

    Raises
    ------
    InputError
        If there is no such row.
    """
    if not 0 <= row < table.count:
        raise InputError("there is no such row in this table")
    return "".join(line for at, line in enumerate(table.lines) if at != table.rows[row + 1])


def _one_line(value: str) -> str:
    if re.search(r"[\r\n\x00]", value):
        raise InputError("a cell holds one line of text", value[:40])
    return value.strip()


def _with_line(table: TableText, at: int, cells: Sequence[str]) -> str:
    old = table.lines[at]
    end = old[len(old.rstrip("\r\n")) :]
    while cells and not cells[-1] and len(cells) > len(_split(old, table.delimiter)):
        cells = cells[:-1]  # a short row stays short
    return "".join((*table.lines[:at], _joined(cells, table.delimiter) + end, *table.lines[at + 1 :]))


def _joined(cells: Sequence[str], delimiter: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="").writerow(cells)
    return buffer.getvalue()


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n").lstrip("\ufeff")], delimiter=delimiter), [])

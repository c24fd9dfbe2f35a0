"""A table from a file of the author: heads, merged cells, and numbers that keep the place they come from."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import NamedTuple

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.study.files.own_content import TableSpec
from halfcell.study.files.sheets import rows_of_file

_UNIT = re.compile(r"(.*?)\s*\(([^()]+)\)\s*")
_NUMBER = re.compile(r"[-+−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
Grid = list[list[str]]


class _Span(NamedTuple):
    """A merged cell: its place and how many rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int


def own_table(spec: TableSpec, root: Path, result_id: str) -> Table:
    """The table of a file; its numbers are traced to `result_id`.

    Parameters
    ----------
    spec
        The file, its sheet, and the number of its head rows. With several head rows a head over several columns is
        a merged cell above these: ``Capacity`` over ``discharge (mAh/g)`` and ``charge (mAh/g)``.
    root
        The study's folder.
    result_id
        What stands for the file among results.

    Raises
    ------
    InputError
        If the file cannot be read or has fewer rows than heads.
    """
    path = root / spec.file
    rows = [line for _, line in rows_of_file(path, spec.sheet) if any(line) and not line[0].startswith("#")]
    if len(rows) <= spec.head_rows:
        raise InputError(f"the table has {len(rows)} rows, {spec.head_rows} of them heads", path.name)
    width = max(len(row) for row in rows)
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    spans = _spans(path, spec, len(rows), spec.head_rows)
    columns = _columns(grid[: spec.head_rows], width, _spans(path, spec, spec.head_rows, 0))
    body = grid[spec.head_rows :]
    return Table(columns=columns, rows=_entries(body, columns, spans, result_id))


def _columns(heads: Grid, width: int, merged: list[_Span]) -> tuple[Column, ...]:
    """The columns, each with the heads above it: those of merged cells, or of cells that are empty to their right."""
    columns = []
    filled = _filled_by_merged_cells(heads, merged) if merged else _filled_to_the_right(heads)
    for place in range(width):
        *above, head = [row[place] for row in filled if row[place]] or [""]
        match = _UNIT.fullmatch(head)
        label, unit = (match[1], match[2]) if match else (head, "")
        found = [_UNIT.fullmatch(text) for text in above]
        unit = unit or next((one[2] for one in reversed(found) if one), "")  # a unit above holds for each column below
        names = tuple(dict.fromkeys(one[1] if one else text for one, text in zip(found, above, strict=True)))
        joined = ", ".join(dict.fromkeys((*names, label)))
        key = joined or f"column {place + 1}"
        columns.append(Column(key=key, label=joined, unit=unit, above=names if label not in names else ()))
    return tuple(columns)


def _filled_to_the_right(heads: Grid) -> Grid:
    """A head goes on to the right where cells are empty and have a head below; not one that has none below itself."""
    filled = [list(row) for row in heads]
    for row, below in itertools.pairwise(filled):
        for place in range(1, len(row)):
            if not row[place] and below[place] and below[place - 1]:
                row[place] = row[place - 1]
    return filled


def _filled_by_merged_cells(heads: Grid, merged: list[_Span]) -> Grid:
    filled = [list(row) for row in heads]
    for span in merged:
        for place in range(span.column, span.column + span.columns):
            filled[span.row][place] = heads[span.row][span.column]
    return filled


def _entries(
    body: Grid, columns: tuple[Column, ...], spans: list[_Span], result_id: str
) -> tuple[tuple[Entry | None, ...], ...]:
    """The entries; cells that a merged one covers are left out."""
    starts = {(span.row, span.column): span for span in spans}
    covered = {
        (row, column)
        for span in spans
        for row in range(span.row, span.row + span.rows)
        for column in range(span.column, span.column + span.columns)
    } - set(starts)
    return tuple(
        tuple(
            None
            if (row, place) in covered
            else _entry(text, column, starts.get((row, place)), f"{result_id}:{column.key}")
            for place, (text, column) in enumerate(zip(line, columns, strict=True))
        )
        for row, line in enumerate(body)
    )


def _entry(text: str, column: Column, span: _Span | None, origin: str) -> Entry:
    """One cell: as it is written; a number also with its value."""
    rows, wide = (span.rows, span.columns) if span else (1, 1)
    if not _NUMBER.fullmatch(text):
        return Entry(text=text, rows=rows, columns=wide)
    value = float(text.replace("−", "-"))
    return Entry(text=text, quantity=Quantity(value, column.unit), origin=origin, rows=rows, columns=wide)


def _spans(path: Path, spec: TableSpec, count: int, heads: int) -> list[_Span]:
    """The merged cells of a workbook's body, counted from its first row below the heads."""
    if path.suffix.lower() != ".xlsx":
        return []
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=True)
    sheet = book[spec.sheet] if spec.sheet else book.worksheets[0]
    merged = [
        _Span(one.min_row - 1 - heads, one.min_col - 1, one.max_row - one.min_row + 1, one.max_col - one.min_col + 1)
        for one in sheet.merged_cells.ranges
    ]
    return [span for span in merged if 0 <= span.row < count - heads]

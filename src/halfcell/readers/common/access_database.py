"""Tables of an Access database (Arbin's .res) as arrays: rows of fixed length with numpy, others with access-parser."""

from __future__ import annotations

import csv
import io
import logging
import shutil
import struct
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.optional_dependencies import require

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[Any]  # of any type that Access has

Table = dict[str, "Values"]
_TYPES = {2: "<i1", 3: "<i2", 4: "<i4", 6: "<f4", 7: "<f8", 8: "<f8"}  # Access's codes of its column types
_PAGE = 2048  # bytes in Access 97; later versions have twice as many
_MISSING_PAGE = ("beyond EOF", "Unable to find page", "reading page")  # mdbtools, of a page beyond the end of the file
_HINT = "copy it from the instrument again, or export it from Arbin's software as .csv or .xlsx"


class _AccessColumn(Protocol):
    """A column as access-parser describes it."""

    type: int
    fixed_offset: int
    column_id: int
    col_name_str: str
    column_flags: _Flags


class _Flags(Protocol):
    fixed_length: bool


class _Pages(Protocol):
    linked_pages: list[bytes]


class _Header(Protocol):
    number_of_rows: int


class _AccessTable(Protocol):
    """A table as access-parser describes it."""

    version: int
    table: _Pages
    table_header: _Header
    columns: Mapping[int, _AccessColumn]

    def parse(self) -> Mapping[str, Sequence[object]]:
        """Read the table row by row."""
        ...


class _Database(Protocol):
    """access-parser's database."""

    def get_table(self, name: str) -> _AccessTable:
        """One table."""
        ...


def tables(path: Path) -> Callable[[str], Table]:
    """Open a database; return a function that gives a table by its name (empty if there is no such table).

    The database is opened with access-parser; if that fails, with ``mdb-export`` (mdbtools) where it is installed.

    Raises
    ------
    InputError
        If neither can open it; the hint says what may help.
    MissingExtra
        If access-parser is not installed; the hint is the command that installs it.
    """
    AccessParser = require("access_parser", "arbin").AccessParser

    try:
        logging.getLogger("access_parser").addHandler(logging.NullHandler())
        database = AccessParser(str(path))
        known = set(database.catalog)
    except _parser_errors() as error:
        program = shutil.which("mdb-export")
        if program:
            return lambda name: _exported(program, path, name)
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        text = _truncation(path) or f"the database is truncated or damaged: {reason}"
        raise InputError(text, hint=f"{_HINT}, or install mdbtools, whose mdb-export may read it") from error
    return lambda name: _read_table(path, database, name) if name in known else {}


def _read_table(path: Path, database: _Database, name: str) -> Table:
    """Read a table; if that fails and the file is truncated, the error says so."""
    try:
        return _table(database, name)
    except InputError as error:
        if cut := _truncation(path):
            raise InputError(cut, hint=error.hint) from error
        raise


def _truncation(path: Path) -> str:
    """Says that the file is truncated unless its size is a whole number of pages, as every Access database's is."""
    size = path.stat().st_size
    return "" if size % _PAGE == 0 else f"the file is truncated: its {size} bytes end within a page of the database"


def _parser_errors() -> tuple[type[BaseException], ...]:
    """What access-parser raises on a damaged file."""
    from construct import ConstructError

    kinds = (ValueError, LookupError, TypeError, AttributeError, OverflowError, OSError, struct.error)
    return (*kinds, UnboundLocalError, RecursionError, ConstructError)


def _table(database: _Database, name: str) -> Table:
    try:
        table = database.get_table(name)
        fast = _fixed(table)
        if fast is not None:
            return fast
        columns = table.parse()
    except _parser_errors() as error:
        raise InputError(f"the table {name} is damaged", hint=_HINT) from error
    found = {str(key): _numbers(list(values)) for key, values in columns.items() if len(values)}
    if len({len(values) for values in found.values()}) > 1:
        raise InputError(f"the table {name} is damaged: its columns differ in length", hint=_HINT)
    return found


def _fixed(table: _AccessTable) -> Table | None:
    """Read a table whose rows have one length, all rows at once.

    A row is the number of columns (2 bytes; Access 97: 1), then the columns at fixed offsets. The last bytes of a row
    are a mask with one bit per column that says whether it has a value. None if the table has columns of varying
    length, or rows that are stored elsewhere (overflow): access-parser then reads it row by row.
    """
    columns = list(table.columns.values())
    pages = table.table.linked_pages
    if not pages or any(not c.column_flags.fixed_length or c.type not in _TYPES for c in columns):
        return None
    lead, first = (2, 14) if table.version > 3 else (1, 10)
    parts = [_rows(page, first) for page in pages]
    if any(part is None for part in parts):
        return None
    rows = [part for part in parts if part is not None and len(part)]
    if not rows or len({part.shape[1] for part in rows}) != 1:
        return None
    block = np.concatenate(rows)
    wanted = int(table.table_header.number_of_rows)
    if len(block) < wanted:
        raise InputError(f"the file is truncated: {len(block)} of {wanted} rows", hint=_HINT)
    return {str(c.col_name_str): _column(block, c, lead, (len(columns) + 7) // 8) for c in columns}


def _rows(page: bytes, first: int) -> NDArray[np.uint8] | None:
    """The rows of one page as a matrix of bytes; None if one is stored elsewhere or lengths differ."""
    count = struct.unpack_from("<H", page, first - 2)[0]
    places = np.frombuffer(page, dtype="<u2", count=count, offset=first).astype(np.int64)
    if (places & 0x4000).any():
        return None
    starts = places & 0x0FFF
    ends = np.concatenate(([len(page)], starts[:-1]))
    live = (places & 0x8000) == 0
    lengths = (ends - starts)[live]
    if not live.any():
        return np.zeros((0, 0), dtype=np.uint8)
    if lengths.min() != lengths.max() or lengths[0] <= 0:
        return None
    content = np.frombuffer(page, dtype=np.uint8)
    found: NDArray[np.uint8] = content[starts[live][:, None] + np.arange(lengths[0])]
    return found


def _column(block: NDArray[np.uint8], column: _AccessColumn, lead: int, mask: int) -> Values:
    """The values of one column; NaN where the mask says that there is none."""
    kind = np.dtype(_TYPES[column.type])
    start = lead + column.fixed_offset
    values = np.ascontiguousarray(block[:, start : start + kind.itemsize]).view(kind).ravel()
    bit = block[:, block.shape[1] - mask + column.column_id // 8] & (1 << (column.column_id % 8))
    if (bit == 0).any():
        values = np.where(bit == 0, np.nan, values)
    return values


def _exported(program: str, path: Path, name: str) -> Table:
    """Read a table with ``mdb-export``, which prints CSV."""
    done = subprocess.run([program, str(path), name], capture_output=True, text=True, check=False, timeout=600)
    if any(words in done.stderr for words in _MISSING_PAGE):
        text = f"the file is truncated: it ends before the last page of the table {name}"
        raise InputError(_truncation(path) or text, hint=_HINT)
    if done.returncode:
        reason = " ".join(done.stderr.split())[:100]
        raise InputError(f"mdb-export cannot read {name}: {reason}", hint=_HINT)
    rows = list(csv.reader(io.StringIO(done.stdout)))
    if len(rows) < 2:
        return {}
    return {key: _numbers([value or None for value in values]) for key, *values in zip(*rows, strict=False)}


def _numbers(values: list[object]) -> Values:
    """Floats if all are numbers or missing, otherwise objects."""
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        return np.array(values, dtype=object)


def first(table: Mapping[str, Values], name: str) -> str | float | None:
    """The first value of a column as a plain Python value, or None."""
    values = table.get(name)
    if values is None or not len(values):
        return None
    value = values[0]
    value = value.item() if hasattr(value, "item") else value
    return value if isinstance(value, str | int | float) else None

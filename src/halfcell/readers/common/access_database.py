"""Tables of an Access database (Arbin's .res) as arrays: rows of fixed length by numpy, others by access-parser."""

from __future__ import annotations

import csv
import io
import logging
import shutil
import struct
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Table = dict[str, "NDArray[Any]"]
_TYPES = {2: "<i1", 3: "<i2", 4: "<i4", 6: "<f4", 7: "<f8", 8: "<f8"}  # Access's numbers of its types
_PAGE = 2048  # bytes, of Access 97; later ones have twice as many
_BEYOND = ("beyond EOF", "Unable to find page", "reading page")  # mdbtools, of a page that the file does not hold
_HINT = "copy it from the instrument again, or export it from Arbin's software as .csv or .xlsx"


def tables(path: Path) -> Callable[[str], Table]:
    """Open a database; return a function that gives a table by its name (no rows where there is none of that name).

    access-parser opens it; where that fails and the program ``mdb-export`` (mdbtools) is installed, that is asked.

    Raises
    ------
    InputError
        If neither can open it; the hint says what is needed.
    """
    from access_parser import AccessParser

    try:
        logging.getLogger("access_parser").addHandler(logging.NullHandler())
        database = AccessParser(str(path))
        known = set(database.catalog)
    except _stumbles() as error:
        program = shutil.which("mdb-export")
        if program:
            return lambda name: _exported(program, path, name)
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        text = _cut(path) or f"the database is truncated or damaged: {reason}"
        raise InputError(text, hint=f"{_HINT}, or install mdbtools, whose mdb-export may read it") from error
    return lambda name: _whole(path, _table, database, name) if name in known else {}


def _whole(path: Path, take: Callable[[Any, str], Table], database: Any, name: str) -> Table:
    """The table; where it cannot be read and the file ends within a page, that is the reason that is said."""
    try:
        return take(database, name)
    except InputError as error:
        if cut := _cut(path):
            raise InputError(cut, hint=error.hint) from error
        raise


def _cut(path: Path) -> str:
    """That a file is cut off: an Access database is a whole number of pages; nothing where it is one."""
    size = path.stat().st_size
    return "" if size % _PAGE == 0 else f"the file is cut off: its {size} bytes end within a page of the database"


def _stumbles() -> tuple[type[BaseException], ...]:
    from construct import ConstructError

    kinds = (ValueError, LookupError, TypeError, AttributeError, OverflowError, OSError, struct.error)
    return (*kinds, UnboundLocalError, RecursionError, ConstructError)


def _table(database: Any, name: str) -> Table:
    try:
        table = database.get_table(name)
        fast = _fixed(table)
        if fast is not None:
            return fast
        columns = table.parse()
    except _stumbles() as error:
        raise InputError(f"the table {name} is damaged", hint=_HINT) from error
    found = {str(key): _numbers(list(values)) for key, values in columns.items() if len(values)}
    if len({len(values) for values in found.values()}) > 1:
        raise InputError(f"the table {name} is damaged: its columns differ in length", hint=_HINT)
    return found


def _fixed(table: Any) -> Table | None:
    """Rows of one length in one gather.

    A row is the count of columns (2 bytes; Access 97: 1), then the columns in their places. The last bytes of a row
    tell by one bit a column whether it has a value. None where the table has columns of varying length, or rows that
    lie elsewhere (overflow): the slow way reads those.
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
        raise InputError(f"the file is cut off: {len(block)} rows of {wanted}", hint=_HINT)
    return {str(c.col_name_str): _column(block, c, lead, (len(columns) + 7) // 8) for c in columns}


def _rows(page: bytes, first: int) -> NDArray[np.uint8] | None:
    """The rows of one page as a matrix of bytes; None where one lies elsewhere or lengths differ."""
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


def _column(block: NDArray[np.uint8], column: Any, lead: int, mask: int) -> NDArray[Any]:
    kind = np.dtype(_TYPES[column.type])
    start = lead + column.fixed_offset
    values = np.ascontiguousarray(block[:, start : start + kind.itemsize]).view(kind).ravel()
    bit = block[:, block.shape[1] - mask + column.column_id // 8] & (1 << (column.column_id % 8))
    if (bit == 0).any():
        values = np.where(bit == 0, np.nan, values)
    return values


def _exported(program: str, path: Path, name: str) -> Table:
    """The table as ``mdb-export`` prints it: CSV."""
    done = subprocess.run([program, str(path), name], capture_output=True, text=True, check=False, timeout=600)
    if any(words in done.stderr for words in _BEYOND):
        text = f"the file is cut off: it ends before pages of the table {name}"
        raise InputError(_cut(path) or text, hint=_HINT)
    if done.returncode:
        said = " ".join(done.stderr.split())[:100]
        raise InputError(f"mdb-export cannot read {name}: {said}", hint=_HINT)
    rows = list(csv.reader(io.StringIO(done.stdout)))
    if len(rows) < 2:
        return {}
    return {key: _numbers([value or None for value in values]) for key, *values in zip(*rows, strict=False)}


def _numbers(values: list[Any]) -> NDArray[Any]:
    """Floats where all are numbers or missing, else the objects."""
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        return np.array(values, dtype=object)


def first(table: Mapping[str, NDArray[Any]], name: str) -> Any:
    """The first value of a column as a plain Python value, or None."""
    values = table.get(name)
    if values is None or not len(values):
        return None
    value = values[0]
    return value.item() if hasattr(value, "item") else value

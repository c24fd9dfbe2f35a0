"""Spreadsheets of cyclers (Arbin, Neware, Landt .xlsx), by the same dialects as their text exports."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.readers.common import cycler_dialect, cycler_records

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile
    from halfcell.readers.common.cycler_dialect import Dialect

VERSION = "1"
SUFFIXES = (".xlsx", ".xlsm")

_PART = re.compile(r"^xl/(?:sharedStrings|worksheets/sheet\d+)\.xml$")
_WORDS = tuple(
    word.encode()
    for word in (
        "Test[_ ]Time|TestTime/|Cumulative Time|Total Time|Relative Time|Absolute Time|Realtime|总时间|绝对时间",
        "Voltage|电压",
        "Current|Cur\\(|电流",
    )
)
_SHOWN = 1 << 18  # bytes of each part that are searched for heads
_TOP = 20  # rows at the top of a sheet among which the heads are
_HINT = "save it again from the instrument's software, or export it as text"


def recognises(raw: RawFile) -> bool:
    """Whether the heads of a cycler's table stand in the workbook's texts."""
    if not raw.head.startswith(b"PK\x03\x04") or raw.packer:
        return False
    try:
        with zipfile.ZipFile(raw.path) as book:
            texts = [_begin(book, name) for name in book.namelist() if _PART.match(name)]
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, RuntimeError):
        return False
    joined = b" ".join(texts)
    return all(re.search(word, joined) for word in _WORDS)


def _begin(book: zipfile.ZipFile, name: str) -> bytes:
    with book.open(name) as part:
        return part.read(_SHOWN)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every sheet that has the heads of a dialect; sheets that go on from one another are one test.

    Raises
    ------
    InputError
        If the workbook is damaged, no sheet is of a known dialect, or a needed column is missing.
    """
    import fastexcel

    with raw.on_disk() as path:
        try:
            book = fastexcel.read_excel(str(path))
            found = [(name, *_sheet(book, name)) for name in book.sheet_names if not name.startswith("Statistics")]
        except (fastexcel.FastExcelError, ValueError, OSError) as error:
            reason = " ".join(str(error).split())[:100]
            raise InputError(f"the workbook is truncated or damaged: {reason}", hint=_HINT) from error
    tests: dict[str, tuple[Dialect, list[Any]]] = {}
    for name, dialect, frame in found:
        if dialect is not None:
            tests.setdefault(_test(name), (dialect, []))[1].append(frame)
    if not tests:
        raise InputError("no sheet has the columns of a known cycler", hint="name them in the study file, from a .csv")
    return tuple(_measurement(name, dialect, frames) for name, (dialect, frames) in tests.items())


def _test(sheet: str) -> str:
    """The sheet's name without the number of its continuation: ``Channel_1-008_2`` goes on from ``Channel_1-008_1``."""
    return re.sub(r"_\d+$", "", sheet)


def _sheet(book: Any, name: str) -> tuple[Dialect | None, Any]:
    """The dialect of a sheet and its rows, or None."""
    top = book.load_sheet(name, header_row=None, n_rows=_TOP).to_polars()
    for place, row in enumerate(top.iter_rows()):
        heads = ["" if cell is None else str(cell).strip() for cell in row]
        dialect = cycler_dialect.find(",".join(heads).rstrip(",") + "\n")
        if dialect is not None and not dialect.refuse:
            return dialect, book.load_sheet(name, header_row=place).to_polars()
    return None, None


def _measurement(name: str, dialect: Dialect, frames: list[Any]) -> Measurement:
    import polars as pl

    frame = frames[0] if len(frames) == 1 else pl.concat(frames, how="vertical_relaxed")
    heads = [re.sub(r"_duplicated_\d+$", "", head) for head in frame.columns]
    places = cycler_dialect.assign(dialect, heads)
    columns = {ours: (frame[frame.columns[at]], factor) for ours, (at, factor) in places.items()}
    return cycler_records.measurement(dialect, columns, {"title": name})

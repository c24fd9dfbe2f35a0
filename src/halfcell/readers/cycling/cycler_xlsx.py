"""Spreadsheets of cyclers (.xlsx of Arbin, Neware, Landt), by the same dialects as their text exports."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol

from halfcell.core.errors import InputError
from halfcell.readers.common import cycler_dialect, cycler_languages, cycler_records, cycler_times

if TYPE_CHECKING:
    from polars import DataFrame

    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile
    from halfcell.core.result import Note
    from halfcell.readers.common.cycler_dialect import Dialect

VERSION = "4"
SUFFIXES = (".xlsx", ".xlsm")

_PART = re.compile(r"^xl/(?:sharedStrings|worksheets/sheet\d+)\.xml$")
_WORDS = tuple(
    word.encode()
    for word in (
        (
            "Test[_ ]Time|TestTime/|Cumulative Time|Total Time|Relative Time|Absolute Time|Realtime|总时间|绝对时间"
            "|[Zz]eit|Temps|Durée|時間|日時|시간|일시|날짜"
        ),
        "Voltage|电压|Spannung|Tension|電圧|전압",
        "Current|Cur\\(|电流|Strom|Courant|電流|전류",
    )
)
_SHOWN = 1 << 18  # bytes of each part that are searched for column headers
_TOP = 20  # rows at the top of a sheet that are searched for column headers
_HINT = "save it again from the instrument's software, or export it as text"


class _Sheet(Protocol):
    """A sheet as fastexcel loads it."""

    def to_polars(self) -> DataFrame:
        """The sheet as a data frame."""
        ...


class _Book(Protocol):
    """A workbook as fastexcel opens it."""

    sheet_names: list[str]

    def load_sheet(self, name: str, *, header_row: int | None, n_rows: int | None = None) -> _Sheet:
        """Load one sheet."""
        ...


def recognises(raw: RawFile) -> bool:
    """Whether the texts of the workbook include the column headers of a cycler."""
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
    """Read every sheet that has the column headers of a dialect; a sheet and its continuations are one test.

    Raises
    ------
    InputError
        If the workbook is damaged, no sheet is of a known dialect, or a required column is missing.
    """
    import fastexcel

    with raw.on_disk() as path:
        try:
            book: _Book = fastexcel.read_excel(str(path))
            found = [(name, *_sheet(book, name)) for name in book.sheet_names if not name.startswith("Statistics")]
        except (fastexcel.FastExcelError, ValueError, OSError) as error:
            reason = " ".join(str(error).split())[:100]
            raise InputError(f"the workbook is truncated or damaged: {reason}", hint=_HINT) from error
    tests: dict[str, tuple[Dialect, list[DataFrame]]] = {}
    for name, dialect, frame in found:
        if dialect is not None and frame is not None:
            tests.setdefault(_test(name), (dialect, []))[1].append(frame)
    if not tests:
        raise InputError(
            "no sheet with known columns of a cycler", hint="save it as .csv and name its columns in the study"
        )
    return tuple(_measurement(name, dialect, frames) for name, (dialect, frames) in tests.items())


def _test(sheet: str) -> str:
    """The name of a sheet without its running number: ``Channel_1-008_2`` continues ``Channel_1-008_1``."""
    return re.sub(r"_\d+$", "", sheet)


def _sheet(book: _Book, name: str) -> tuple[Dialect | None, DataFrame | None]:
    """The dialect of a sheet and its rows, or None."""
    top = book.load_sheet(name, header_row=None, n_rows=_TOP).to_polars()
    for place, row in enumerate(top.iter_rows()):
        heads = ["" if cell is None else str(cell).strip() for cell in row]
        dialect = cycler_dialect.find(",".join(heads).rstrip(",") + "\n") or cycler_languages.find_heads(heads)
        if dialect is not None and not dialect.refuse:
            return dialect, book.load_sheet(name, header_row=place).to_polars()
    return None, None


def _measurement(name: str, dialect: Dialect, frames: list[DataFrame]) -> Measurement:
    import polars as pl

    frame = frames[0] if len(frames) == 1 else pl.concat(frames, how="vertical_relaxed")
    heads = [re.sub(r"_duplicated_\d+$", "", head) for head in frame.columns]
    places = cycler_dialect.assign(dialect, heads)
    columns = {ours: (frame[frame.columns[at]], factor) for ours, (at, factor) in places.items()}
    told: tuple[Note, ...] = ()
    if "test_time_second" in columns:
        told = cycler_times.unit_told(heads[places["test_time_second"][0]], columns["test_time_second"][0])
    return cycler_records.measurement(dialect, columns, {"title": name}, told)

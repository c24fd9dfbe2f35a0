"""Text files of instruments: line ends, encoding, truncated last rows, and columns of numbers."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common import text_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from polars import DataFrame, Series

_NULLS = ["", "NaN", "nan", "NA", "N/A", "null", "-", "1.#QNAN", "-1.#IND", "XXX", "#N/A"]


def lines_as_lf(content: bytes) -> bytes:
    """Convert line ends to LF and remove a byte-order mark.

    Line ends are CR LF, CR, and CR CR LF, which a transfer in text mode makes of CR LF.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", errors="replace").encode()
    content = content.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in content:
        content = _LINE_END.sub(b"\n", content) if b"\r\r\n" in content else content.replace(b"\r\n", b"\n")
        content = content.replace(b"\r", b"\n")
    return content


def decode(content: bytes, *encodings: str) -> str:
    """Decode as UTF-8, or else in the first of the encodings that fits (latin-1 always does)."""
    for encoding in ("utf-8", *encodings):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def numbers(
    body: bytes, names: Sequence[str], separator: str = "\t", first_line: int = 1
) -> dict[str, NDArray[np.float64]]:
    """Read rows of numbers as columns of floats.

    Parameters
    ----------
    body
        The rows, with line feeds and decimal points.
    names
        A name for each column; short rows are filled with NaN.
    separator
        One character.
    first_line
        Line number of the first row in the file, for errors.

    Raises
    ------
    InputError
        If an entry is not a number (with its line and column), or a row has more entries than there are names.
    """
    text_rows.refuse_broken_rows(body, separator, first_line)
    body = body.strip(b"\n ")
    values = _few_plain_numbers(body, separator.encode(), len(names))
    if values is not None:
        return dict(zip(names, values, strict=True))
    return _many_numbers(body, names, separator, first_line)


def _few_plain_numbers(body: bytes, separator: bytes, width: int) -> NDArray[np.float64] | None:
    """The columns of a short table of which each cell is a number in digits; None for all others.

    Importing polars takes as long as reading half a million numbers in this way.
    """
    lines = body.split(b"\n") if len(body) <= _SHORT and _DIGITS.fullmatch(body) else []
    count = lines[0].count(separator) + 1 if lines else 0
    if not 0 < count <= width or any(line.count(separator) != count - 1 for line in lines):
        return None
    try:
        found = np.array([float(cell) for cell in separator.join(lines).split(separator)]).reshape(-1, count)
    except ValueError:
        return None
    lacking = np.full((width - count, len(lines)), np.nan)
    return np.ascontiguousarray(np.vstack((found.T, lacking)))


def _many_numbers(body: bytes, names: Sequence[str], separator: str, first_line: int) -> dict[str, NDArray[np.float64]]:
    """The columns of any table of numbers."""
    import polars as pl

    end = body.find(b"\n")
    end = end if end >= 0 else len(body)
    width = len(body[:end].decode("latin-1").rstrip(separator + " ").split(separator))
    if width > len(names):
        text = f"{width} values for {len(names)} column names"
        raise InputError(text, f"line {first_line}", "a column has no name")
    keys = [f"{place}: {name}" for place, name in enumerate(names)]
    found = frame(body, keys, range(len(names)), separator, first_line)
    texts = [key for key in found.columns if found[key].dtype == pl.String]
    found = found.with_columns(_cast(found.select(texts), texts, first_line))
    there = set(found.columns)
    rows = len(found)
    pairs = zip(names, keys, strict=True)
    return {name: found[key].to_numpy() if key in there else np.full(rows, np.nan) for name, key in pairs}


def _cast(frame: DataFrame, names: Sequence[str], first_line: int) -> DataFrame:
    """Convert texts to numbers one by one; an error says where the first is that is not a number."""
    import polars as pl

    made = frame.with_columns(pl.all().str.strip_chars().cast(pl.Float64, strict=False))
    for key, name in zip(frame.columns, names, strict=True):
        bad = np.flatnonzero((made[key].is_null() & (frame[key].fill_null("").str.strip_chars() != "")).to_numpy())
        if len(bad):
            shown = str(frame[key][int(bad[0])])[:40]
            where = f"line {first_line + int(bad[0])}, column {name.split(': ', 1)[-1]}"
            raise InputError(f"{shown!r} is not a number", where, "expected numbers")
    return made


def whole_rows(body: bytes, separator: str, first_line: int) -> tuple[bytes, tuple[Note, ...]]:
    """Leave out what is damaged: rows that lost a field (see `text_rows`), and a truncated last row."""
    body, broken = text_rows.without_broken_rows(body, separator, first_line)
    body, cut = without_cut_row(body, separator)
    return body, (*broken, *cut)


def without_cut_row(body: bytes, separator: str) -> tuple[bytes, tuple[Note, ...]]:
    """Drop a truncated last row: one without a line end that is shorter than the rows before it.

    A truncated number looks like another number, so nothing of such a row is kept. A row without a line end that is as
    long as the others may be complete: it is kept, with a doubt.
    """
    tail = body[-_TAIL:].split(b"\n")
    sign = separator.encode()
    rows = [line.split(sign) for line in tail[1:] if line.strip()]
    if not tail[-1].strip():
        return body, ()
    if len(rows) > 2 and (len(rows[-1]) < min(map(len, rows[:-1])) or _is_truncated([row[-1].strip() for row in rows])):
        return body[: body.rfind(b"\n") + 1], (
            Note("doubt", "rows_dropped", "the last row has no line end and is shorter than the others; left out"),
        )
    text = "no line end after the last row; its last number may be cut: compare it with the original file"
    return body, (Note("doubt", "last_row_unended", text),)


def _is_truncated(cells: Sequence[bytes]) -> bool:
    """Whether the last entry of a column is shorter than all others: fewer decimals, or no digit at its end."""
    decimals = [_DECIMALS.search(cell) for cell in cells]
    lengths = [len(found[1]) if found else 0 for found in decimals]
    ended = [cell[-1:].isdigit() for cell in cells]
    return lengths[-1] < min(lengths[:-1]) or (all(ended[:-1]) and not ended[-1])


def frame(body: bytes, names: Sequence[str], wanted: Sequence[int], separator: str, first_line: int) -> DataFrame:
    """Read columns of rows of text as a polars frame: numbers as floats, the rest as texts.

    Parameters
    ----------
    body
        The rows, with line feeds and decimal points.
    names
        A name for each column of the file.
    wanted
        Indices of the columns to read, from 0; those beyond the end of the rows are left out.
    separator, first_line
        As in `numbers`.

    Raises
    ------
    InputError
        If there are no rows, or a column of numbers contains something else (with its line).
    """
    import polars as pl

    body = _as_utf8(body.strip(b"\n "))
    if not body:
        raise InputError("the file contains no records", f"line {first_line}", "it ends after its header")
    body, count = _padded(body, separator.encode())
    wanted = [place for place in wanted if place < count]
    keys = [str(i) for i in range(count)]
    options: dict[str, Any] = {
        "has_header": False,
        "separator": separator,
        "quote_char": '"' if separator in {",", ";"} else None,
        "null_values": [*_NULLS, *(f" {null}" for null in _NULLS if null)],
        "truncate_ragged_lines": True,
        "columns": wanted,
    }
    try:
        found = _typed(body, keys, options, (names, first_line))
    except pl.exceptions.PolarsError as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(f"the rows cannot be read: {reason}", f"after line {first_line}") from error
    return found.rename({str(place): names[place] for place in wanted})


def _typed(body: bytes, keys: list[str], options: dict[str, Any], where: tuple[Sequence[str], int]) -> DataFrame:
    """Read columns that start with numbers as floats, the rest as texts."""
    import polars as pl

    texts = dict.fromkeys(keys, pl.String)
    sample = pl.read_csv(io.BytesIO(body[:_SAMPLE].rsplit(b"\n", 1)[0]), schema=texts, **options)
    numeric = [name for name in sample.columns if _is_numeric(sample[name])]
    try:
        return pl.read_csv(io.BytesIO(body), schema=texts | dict.fromkeys(numeric, pl.Float64), **options)
    except pl.exceptions.PolarsError:
        found = pl.read_csv(io.BytesIO(body), schema=texts, **options)
        names, first_line = where
        shown = [names[int(key)] if int(key) < len(names) else key for key in numeric]
        return found.with_columns(_cast(found.select(numeric), shown, first_line))


def _as_utf8(body: bytes) -> bytes:
    """Convert to UTF-8 what is not; it is taken as latin-1."""
    if body.isascii():
        return body
    try:
        body.decode()
    except UnicodeDecodeError:
        return body.decode("latin-1").encode()
    return body


def _padded(body: bytes, separator: bytes) -> tuple[bytes, int]:
    """Fill up the first row to the length of the longest near the start; also return that length."""
    first, _, rest = body.partition(b"\n")
    counts = [line.count(separator) for line in body[:65536].split(b"\n")]
    lacking = max(counts[:-1] or counts) - counts[0]
    return (body if lacking <= 0 else first + separator * lacking + b"\n" + rest), max(counts[:-1] or counts) + 1


_LINE_END = re.compile(rb"\r+\n")
_DECIMALS = re.compile(rb"\.(\d*(?:[eE][-+]?\d*)?)$")  # of a number, with its exponent
_TAIL = 8192  # bytes at the end, whose rows show how long a row is
_SHORT = 500_000  # bytes
_DIGITS = re.compile(rb"[-+0-9.,;eE\t \n]+")
_SAMPLE = 200_000  # bytes at the start, to tell numbers from texts


def _is_numeric(series: Series) -> bool:
    import polars as pl

    filled = series.drop_nulls().str.strip_chars()
    filled = filled.filter(filled != "")
    return bool(len(filled) == 0 or filled.cast(pl.Float64, strict=False).null_count() == 0)

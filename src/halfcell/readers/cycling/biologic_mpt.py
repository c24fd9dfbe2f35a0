"""BioLogic text files (.mpt) of EC-Lab and BT-Lab, with decimal point or comma; also written here."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common import biologic_columns, text_files, times
from halfcell.readers.common.biologic_text_writer import write

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

__all__ = ["SUFFIXES", "parse", "recognises", "write"]

VERSION = "3"
SUFFIXES = (".mpt", ".txt")

_FIRST = re.compile(rb"^\s*(?:\xef\xbb\xbf)?(?:EC|BT)-Lab ASCII FILE", re.IGNORECASE)
_COUNT = re.compile(r"Nb header lines\s*:\s*(\d+)")
_FIELD = re.compile(r"^([A-Z][^:\t]{2,50}?) : (.+?)\s*$", re.MULTILINE)
_DATES = ("%m/%d/%Y %H:%M:%S.%f", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S.%f", "%d/%m/%Y %H:%M:%S")
_VENDOR = ("Mass of active material", "Characteristic mass", "Electrode surface area", "Battery capacity")
_MARK = "simulated by halfcell"


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the first line of EC-Lab, or with its column headers."""
    return bool(_FIRST.match(raw.head) or biologic_columns.begins_with_heads(raw.head))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read header and columns; a truncated last row is left out.

    Raises
    ------
    InputError
        If the file is truncated in its header, a column has no name, or an entry is not a number.
    """
    content = text_files.lines_as_lf(raw.read())
    header, names, body, line = _split(content)
    fields = dict(_FIELD.findall(header))
    notes: list[Note] = []
    if b"," in body[:4000]:
        body = body.replace(b",", b".")
        notes.append(Note("info", "decimal_comma", "numbers have a decimal comma"))
    body, started = _elapsed(body, names, notes)
    table = _without_truncated_row(text_files.numbers(body, names, "\t", line), notes)
    meta = _meta(fields, header) | ({"started": started} if started else {})
    return biologic_columns.measurements(table, _protocol(header), meta, tuple(notes))


def _split(content: bytes) -> tuple[str, list[str], bytes, int]:
    """Header, column names, rows, line number of the first row."""
    found = _COUNT.search(content[:400].decode("latin-1"))
    count = int(found.group(1)) if found else 1
    parts = content.split(b"\n", count)
    if len(parts) <= count or not parts[count].strip():
        raise InputError("the file is truncated in its header", f"line {len(parts)}", "export it from EC-Lab again")
    head = text_files.decode(b"\n".join(parts[:count]), "latin-1")
    names = head.rsplit("\n", 1)[-1].rstrip("\t ").split("\t")
    if "time/s" not in names and "freq/Hz" not in names:
        raise InputError("no column header", f"line {count}", "expected time/s or freq/Hz")
    return head, names, parts[count], count + 1


def _elapsed(body: bytes, names: list[str], notes: list[Note]) -> tuple[bytes, str]:
    """Replace times that are dates by seconds since the first; also return the first date."""
    first = body.split(b"\n", 1)[0].split(b"\t")
    place = names.index("time/s") if "time/s" in names else -1
    if place < 0 or place >= len(first) or b"/" not in first[place]:
        return body, ""
    rows = [line.split(b"\t") for line in body.split(b"\n") if line.strip()]
    texts = [row[place].decode("latin-1").strip() if len(row) > place else "" for row in rows]
    seconds, told = _seconds(texts)
    if told:
        notes.append(Note("info", "date_order", told))
    for row, elapsed in zip(rows, seconds, strict=True):
        if len(row) > place:
            row[place] = repr(elapsed - seconds[0]).encode() if math.isfinite(elapsed) else b""
    started = datetime.fromtimestamp(seconds[0], UTC).replace(tzinfo=None).isoformat()
    return b"\n".join(b"\t".join(row) for row in rows), started


def _seconds(texts: list[str]) -> tuple[list[float], str]:
    """Dates in seconds since 1970, the order of day and month told by all of them; what cannot be read is not finite.

    Raises
    ------
    InputError
        If the first, or one that is not the last, is not a date.
    """
    import polars as pl

    found, told = times.dates_told(pl.Series(texts))
    if found is None and len(texts) > 1:  # the last may be cut
        found, told = times.dates_told(pl.Series([*texts[:-1], ""]))
    if found is None:
        raise InputError(f"{texts[0]!r} is not a date, or a later one has another form", "column time/s")
    return [float(one) for one in found], told


def _date(text: str) -> datetime | None:
    for form in _DATES:
        try:
            return datetime.strptime(text.strip(), form)  # noqa: DTZ007 - EC-Lab states no time zone
        except ValueError:
            continue
    return None


def _without_truncated_row(table: dict[str, NDArray[np.float64]], notes: list[Note]) -> dict[str, NDArray[np.float64]]:
    """Leave out a truncated last row; missing values elsewhere are damage."""
    needed = [table[n] for n in ("time/s", "freq/Hz", "Ewe/V", "<Ewe>/V", "-Im(Z)/Ohm") if n in table]
    holes = np.flatnonzero(np.any([np.isnan(values) for values in needed], axis=0))
    count = len(needed[0])
    last = np.isnan(next(reversed(table.values()))[-1:]).any() and count > 1
    if len(holes) == 0 and not last:
        return table
    if len(holes) > 1 or (len(holes) and holes[0] != count - 1):
        raise InputError("values are missing", f"record {holes[0] + 1}", "copy or export it again")
    notes.append(Note("doubt", "rows_dropped", "the last row has too few values and was left out"))
    return {name: values[:-1] for name, values in table.items()}


def _protocol(header: str) -> str:
    """EC-Lab's name of the technique, in the first line after the empty third line."""
    lines = [line.strip() for line in header.split("\n")[2:8]]
    return next((line for line in lines if line and ":" not in line and "\t" not in line), "")


def _meta(fields: dict[str, str], header: str) -> dict[str, Json]:
    meta: dict[str, Json] = {}
    started = _date(fields.get("Acquisition started on", "").replace(",", "."))
    if started:
        meta["started"] = started.isoformat()
    if "Device" in fields:
        meta["device"] = fields["Device"]
    if _MARK in header:
        meta["simulated"] = True
    vendor = {name: fields[name] for name in _VENDOR if name in fields}
    return meta | ({"vendor": vendor} if vendor else {})

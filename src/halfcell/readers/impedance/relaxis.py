"""RelaxIS (rhd instruments): text exports with "Data: Frequency" heads, and its database files."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common import impedance_spectra, record_checks, text_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = ()

_DATABASE = b"SQLite format 3\0"
_TABLES = (b"Datapoints", b"zreal", b"zimag", b"frequency")
_HEADS = re.compile(r"^Data: Frequency\t.*$", re.MULTILINE)
_NAMES = {
    "frequency_hertz": "Data: Frequency",
    "real_impedance_ohm": "Data: Z'",
    "imaginary_impedance_ohm": "Data: Z''",
}
_POINTS = "SELECT frequency, zreal, zimag FROM Datapoints WHERE file_id = ? ORDER BY rowid"
_HINT = "export the spectra from RelaxIS as text"


def recognises(raw: RawFile) -> bool:
    """Whether a line of heads begins with "Data: Frequency", or a database has RelaxIS' tables."""
    if raw.head.startswith(_DATABASE):
        return all(word in raw.head for word in _TABLES)
    return bool(_HEADS.search(text_files.decode(text_files.lines_as_lf(raw.head))))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every spectrum.

    Raises
    ------
    InputError
        If a column is missing, an entry is not a number, or the database is damaged.
    """
    if not raw.head.startswith(_DATABASE):
        return _text(raw)
    with raw.on_disk() as path:
        try:
            return tuple(_spectra(path))
        except sqlite3.Error as error:
            raise InputError(f"the database cannot be read: {error}", hint=_HINT) from error


def _text(raw: RawFile) -> tuple[Measurement, ...]:
    text = text_files.decode(text_files.lines_as_lf(raw.read()))
    found = _HEADS.search(text)
    if not found:
        raise InputError("no line of column heads", hint='expected "Data: Frequency"')
    heads = found[0].split("\t")
    missing = [head for head in _NAMES.values() if head not in heads]
    if missing:
        raise InputError(f"no column {missing[0]!r}", f"line {text.count(chr(10), 0, found.start()) + 1}", _HINT)
    first, _, rest = text[found.end() + 1 :].partition("\n")
    line = text.count("\n", 0, found.end()) + 2
    body, line = (text[found.end() + 1 :], line) if re.match(r"\s*[-+]?\d", first) else (rest, line + 1)
    if "," in body and "." not in body:
        body = body.replace(",", ".")
    rows, cut = text_files.without_cut_row(body.encode(), "\t")
    table = text_files.numbers(rows, heads, "\t", line)
    columns = {name: table[head] for name, head in _NAMES.items()}
    notes = (*cut, *record_checks.check(columns, tuple(_NAMES)))
    return tuple(
        Measurement(technique="impedance", columns={n: c[part] for n, c in columns.items()}, notes=notes)
        for part in impedance_spectra.split(columns["frequency_hertz"])
    )


def _spectra(path: Path) -> Iterator[Measurement]:
    """The spectra of a database, in the order of its files."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        for (number,) in database.execute("SELECT DISTINCT file_id FROM Datapoints ORDER BY file_id").fetchall():
            rows: NDArray[np.float64] = np.array(database.execute(_POINTS, (number,)).fetchall(), dtype=np.float64)
            columns = dict(zip(_NAMES, rows.T, strict=True))
            notes = tuple(record_checks.check(columns, tuple(_NAMES)))
            meta: dict[str, Json] = {"title": f"spectrum {number}"}
            yield Measurement(technique="impedance", columns=columns, meta=meta, notes=notes)

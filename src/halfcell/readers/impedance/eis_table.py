"""Impedance as a table (.csv, .txt, .xlsx, .xls, .ods), columns in any order and unit, several spectra per file.

Columns are recognised by their headers: frequency with real and imaginary part (a minus before a header inverts the
sign) or with modulus and phase; decimal point or comma; tab, semicolon, comma or blanks. Text without headers is read
if the first of three columns is a sweep of frequencies (logarithmic steps over two decades or more) and the third is
negative somewhere. Several sheets, a counter, or a frequency that jumps back make several spectra. Parstat (PowerSuite)
exports, whose direct-current records have frequency zero, are of this kind.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common import (
    biologic_columns,
    impedance_columns,
    impedance_spectra,
    opendocument,
    record_checks,
    spreadsheets,
    text_files,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.raw import RawFile
    from halfcell.readers.common.impedance_columns import Header, Role
    from halfcell.readers.common.spreadsheets import Rows

VERSION = "4"
SUFFIXES = (".csv", ".txt", ".tsv", ".dat", ".xlsx", ".xls", ".ods")

_DEEPEST = 60  # rows that are searched for column headers
_FOREIGN = re.compile(
    r"EC-Lab|^EXPLAIN|Freq\s*\(Hz\).*Z'\(a\)|frequency_hertz|Frequency / Hz|^A\.C\. Impedance", re.MULTILINE
)
_MARK = "simulated by halfcell"


def recognises(raw: RawFile) -> bool:
    """Whether the column headers are those of an impedance spectrum, or three columns without headers look like one."""
    if raw.head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        try:
            return any(_found(rows) is not None for rows in _tables(raw, 200).values())
        except InputError:
            return False
    text = text_files.decode(text_files.lines_as_lf(raw.head))
    if "\0" in text or _FOREIGN.search(text):
        return False
    if raw.suffix == ".txt" and biologic_columns.begins_with_heads(raw.head):
        return False  # read as EC-Lab's text
    rows = _rows(text.splitlines()[: 200 if len(raw.head) < 65536 else 150])
    return _found(rows) is not None or _bare(_without_comments(rows))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every spectrum of the file.

    Raises
    ------
    InputError
        If the workbook is damaged, a value is not a number, or there are no records.
    """
    made: list[Measurement] = []
    tables = _tables(raw)
    for title, rows in tables.items():
        found = _found(rows)
        if found is not None:
            made += _measurements(rows[found[0] + 1 :], found[1], title, found[0] + 2)
        elif len(tables) == 1 and _bare(bare := _without_comments(rows)):
            first = len(rows) - len(bare) + 1
            made += _measurements(bare, impedance_columns.headers(["f", "Z'", "Z''"]), title, first)
    if not made:
        raise InputError("no table in the file is an impedance spectrum", hint="name its columns in the study file")
    simulated = not raw.head.startswith(b"PK") and _MARK.encode() in raw.head
    return tuple(_marked(m) for m in made) if simulated else tuple(made)


def _marked(measurement: Measurement) -> Measurement:
    meta = {**measurement.meta, "simulated": True}
    return Measurement(technique="impedance", columns=measurement.columns, meta=meta, notes=measurement.notes)


def _tables(raw: RawFile, most: int | None = None) -> dict[str, Rows]:
    if raw.head.startswith(b"PK") and b"opendocument.spreadsheet" in raw.head[:200]:
        return opendocument.tables(raw.read())
    if raw.head.startswith((b"PK", b"\xd0\xcf")):
        try:
            return spreadsheets.sheets(raw, most)
        except zipfile.BadZipFile as error:
            raise InputError(f"the workbook is damaged: {error}", hint="export it again") from error
    return {"": _rows(text_files.decode(text_files.lines_as_lf(raw.read())).split("\n"))}


def _rows(lines: list[str]) -> Rows:
    """Cells of delimited text; without tabs, semicolons or commas, cells are separated by blanks."""
    mark = spreadsheets.best_delimiter(lines)
    if mark == "," and sum("," in line for line in lines) < 0.5 * sum(bool(line.strip()) for line in lines):
        return [[spreadsheets.cell(part) for part in line.split()] for line in lines]
    return [[spreadsheets.cell(part, mark) for part in line.split(mark)] for line in lines]


def _found(rows: Rows) -> tuple[int, dict[Role, Header]] | None:
    for line, cells in enumerate(rows[:_DEEPEST]):
        found = impedance_columns.headers(cells)
        if impedance_columns.is_spectrum(found):
            return line, found
    return None


def _without_comments(rows: Rows) -> Rows:
    """The rows from the first on that does not begin with ``#``."""
    first = next((at for at, row in enumerate(rows) if not str(row[0] if row else "").startswith("#")), 0)
    return rows[first:]


def _bare(rows: Rows) -> bool:
    """Whether three columns of numbers start at the first line: a logarithmic sweep, and Z'' negative somewhere."""
    full = [row for row in rows if any(cell is not None for cell in row)]
    if len(full) < 8 or any(len(row) != 3 or not all(isinstance(c, float) for c in row) for row in full[:-1]):
        return False
    table = np.array(full[:-1], dtype=float)
    f = table[:, 0]
    if not (f > 0).all():
        return False
    steps = np.diff(np.log(f))
    even = np.abs(steps - np.median(steps)) < 0.1 * abs(float(np.median(steps)))
    wide = float(np.ptp(np.log10(f))) >= 2.0
    return bool(wide and even.mean() > 0.7 and (table[:, 2] < 0).any())


def _measurements(rows: Rows, roles: dict[Role, Header], title: str, first: int) -> list[Measurement]:
    columns = _numbers(rows, roles, first)
    f = columns["frequency"]
    active = f > 0  # records of a direct-current step have frequency zero
    notes: list[Note] = []
    if not active.all():
        text = f"{int((~active).sum())} records without a frequency (a direct-current step) were left out"
        notes.append(Note("info", "records_without_frequency", text))
        columns = {role: values[active] for role, values in columns.items()}
    if "real" in columns and "imaginary" in columns:
        real, imaginary = columns["real"], columns["imaginary"]
    else:
        degrees, noted = impedance_columns.phase_in_degrees(columns, roles["phase"])
        notes += noted
        angle = np.deg2rad(degrees)
        real, imaginary = columns["modulus"] * np.cos(angle), columns["modulus"] * np.sin(angle)
    named = {"frequency_hertz": columns["frequency"], "real_impedance_ohm": real, "imaginary_impedance_ohm": imaginary}
    if "time" in columns and np.isfinite(columns["time"]).all():
        named["test_time_second"] = columns["time"]
    notes += record_checks.check(named, ("frequency_hertz",))
    meta = {"title": title} if title else {}
    parts = impedance_spectra.split(named["frequency_hertz"], columns.get("number"))
    return [
        Measurement(
            technique="impedance",
            columns={name: values[part] for name, values in named.items()},
            meta=meta if len(parts) == 1 else {**meta, "title": f"{title} {i + 1}".strip()},
            notes=tuple(notes),
        )
        for i, part in enumerate(parts)
    ]


def _numbers(rows: Rows, roles: dict[Role, Header], first: int) -> dict[Role, NDArray[np.float64]]:
    """The recognised columns in canonical units; empty rows are skipped."""
    needed = [h for r, h in roles.items() if r in {"frequency", "real", "imaginary", "modulus", "phase"}]
    kept: list[list[float]] = []
    for line, row in enumerate(rows, start=first):
        cells = [row[h.place] if h.place < len(row) else None for h in roles.values()]
        if all(cell is None for cell in row):
            continue
        wrong = [h for h in needed if not isinstance(row[h.place] if h.place < len(row) else None, int | float)]
        if wrong:
            value = row[wrong[0].place] if wrong[0].place < len(row) else None
            shown = "is missing" if value is None else f"is {str(value)[:30]!r}, not a number"
            raise InputError(f"the {wrong[0].role} {shown}", f"line {line}", "copy or export it again")
        kept.append([float(c) if isinstance(c, int | float) else np.nan for c in cells])
    table = np.array(kept, dtype=float).reshape(-1, len(roles))
    return {role: table[:, i] * head.factor for i, (role, head) in enumerate(roles.items())}

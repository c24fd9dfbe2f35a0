"""Gamry text files (.DTA): voltammetry, impedance, chronoamperometry, open circuit; decimal point or comma."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common import column_units, impedance_spectra, record_checks, text_files, times
from halfcell.readers.common.gamry_text_writer import MARK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "5"
SUFFIXES = (".dta",)

_PLACEHOLDER = 99999  # what Framework writes if it does not know the number of records
_NAMES = {  # canonical name -> column headers; the first found is taken
    "test_time_second": ("T", "Time"),
    "voltage_volt": ("Vf", "Vstep", "Vdc", "V"),
    "current_ampere": ("Im", "Idif", "Idc", "I"),
    "frequency_hertz": ("Freq",),
    "real_impedance_ohm": ("Zreal",),
    "imaginary_impedance_ohm": ("Zimag",),
}
_TECHNIQUES = (  # a word in the TAG or in the title -> technique
    (("CHRONOA", "MULTISTEP", "POTENTIOSTATIC"), "polarisation"),
    (("CV", "LSV", "VOLTAMMETRY", "WAVE", "POTENTIODYNAMIC", "POLRES", "TAFEL", "SWEEP"), "voltammetry"),
)
_NOT_READ = {"VFP600": "Gamry's virtual front panel (VFP600)"}
_VENDOR = {"scan_rate_mv_per_s": "SCANRATE", "area_cm2": "AREA", "open_circuit_volt": "EOC"}


@dataclass(frozen=True, kw_only=True)
class _Table:
    """One table of a file: name, stated number of records, column headers, units and the lines of the records."""

    name: str
    stated: int
    heads: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[str, ...]
    line: int


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with Gamry's first word."""
    return bool(re.match(rb"(?:\xef\xbb\xbf)?EXPLAIN\s*[\r\n]", raw.head))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the curves; several curves of a voltammogram are its cycles, several spectra are several measurements.

    Raises
    ------
    InputError
        If the file contains no curve (its header is incomplete), or an entry is not a number.
    """
    text = text_files.decode(text_files.lines_as_lf(raw.read()), "latin-1")
    fields = _fields(text)
    if (tag := " ".join(fields.get("TAG", ()))) in _NOT_READ:
        what = f"records of {_NOT_READ[tag]} are not read"
        raise InputError(what, "TAG", "run the experiment in Gamry Framework, or export its curve as a table")
    tables = _tables(text)
    main = [t for t in tables if t.name.startswith(("ZCURVE", "CURVE"))] or [t for t in tables if t.name == "OCVCURVE"]
    if not any(table.rows for table in main):
        raise InputError("the file contains no curve", hint="its header is incomplete: the run ended too early")
    notes = []
    if fields.get("EXPERIMENTABORTED", ("", ""))[1] == "T":
        notes.append(Note("doubt", "aborted", "the experiment was aborted"))
    if left := [f"{table.name} ({len(table.rows)} records)" for table in tables if table not in main]:
        notes.append(Note("info", "columns_left_out", f"left out: {', '.join(left)}"))
    meta = _meta(fields) | ({"simulated": True} if f"\t{MARK}\n" in text else {})
    if main[0].name.startswith("ZCURVE"):
        return tuple(m for table in main for m in _impedance(table, meta, notes))
    return (_curves(main, meta, notes),)


def _fields(text: str) -> dict[str, tuple[str, ...]]:
    """The header: key -> (type, value, ...)."""
    rows = (line.split("\t") for line in text.split("\n"))
    return {row[0]: tuple(part.strip() for part in row[1:]) for row in rows if len(row) > 1 and row[0]}


def _tables(text: str) -> list[_Table]:
    lines = text.split("\n")
    found = []
    for start, line in enumerate(lines):
        parts = line.rstrip().split("\t")
        if len(parts) < 2 or parts[1] != "TABLE" or start + 2 >= len(lines):
            continue
        end = start + 3
        while end < len(lines) and lines[end].startswith("\t"):
            end += 1
        if end < len(lines) and re.match(r"[-+.\d]", lines[end]):
            raise InputError("a row of the table has lost its first field", f"line {end + 1}", "export it again")
        heads, units = (tuple(lines[start + i].rstrip().split("\t")[1:]) for i in (1, 2))
        stated = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else 0
        rows = tuple(lines[start + 3 : end])
        found.append(_Table(name=parts[0], stated=stated, heads=heads, units=units, rows=rows, line=start + 4))
    return found


def _columns(table: _Table, notes: list[Note]) -> dict[str, NDArray[np.float64]]:
    """The canonical columns of a table; a truncated last row is left out, with a note."""
    columns: dict[str, NDArray[np.float64]] = {}
    cells = [row.split("\t")[1:] for row in table.rows]
    for name, choices in _NAMES.items():
        head = next((choice for choice in choices if choice in table.heads), None)
        if head is None:
            continue
        place = table.heads.index(head)
        unit = table.units[place].split(" vs")[0] if place < len(table.units) else ""
        columns[name] = _values(cells, place, table, head) * _factor(unit)
    whole = min((int(np.argmax(np.isnan(c))) if np.isnan(c).any() else len(c) for c in columns.values()), default=0)
    whole = min(whole, _first_short(cells, len(table.heads)))
    if whole < len(cells) - 1:
        raise InputError("values are missing", f"line {table.line + whole}", "copy or export it again")
    if whole < len(cells):
        notes.append(Note("doubt", "rows_dropped", "the last row has too few values and was left out"))
    if whole < table.stated != _PLACEHOLDER:
        text = f"{table.name}: {whole} of {table.stated} records found"
        notes.append(Note("doubt", "records_missing", text))
    return {name: values[:whole] for name, values in columns.items()}


def _first_short(cells: list[list[str]], heads: int) -> int:
    """The first row that lost a field: it has fewer than the other rows and than the header; else their number."""
    usual = min(heads, max(map(len, cells), default=0))
    return next((place for place, parts in enumerate(cells) if len(parts) < usual), len(cells))


def _values(cells: list[list[str]], place: int, table: _Table, head: str) -> NDArray[np.float64]:
    values = np.full(len(cells), np.nan)
    for row, parts in enumerate(cells):
        text = parts[place].strip().replace(",", ".") if place < len(parts) else ""
        if not text:
            continue
        try:
            values[row] = float(text)
        except ValueError:
            where = f"line {table.line + row}, column {head}"
            raise InputError(f"{text[:40]!r} is not a number", where, "copy or export it again") from None
    return values


def _factor(unit: str) -> float:
    return column_units.factor(unit) or 1.0


def _curves(tables: list[_Table], meta: dict[str, Json], notes: list[Note]) -> Measurement:
    """Join the curves; if there are several, number them as cycles."""
    parts = [_columns(table, notes) for table in tables if table.rows]
    names = [name for name in parts[0] if all(name in part for part in parts)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in names}
    count = len(columns.get("voltage_volt", ()))
    technique = _technique(meta)
    if "current_ampere" not in columns and count:
        columns["current_ampere"] = np.zeros(count)
        notes.append(Note("info", "current_at_rest", "no current in the file (open circuit); set to zero"))
        technique = "cycling"
    if len(tables) > 1:
        sizes = [len(part["voltage_volt"]) for part in parts]
        columns["cycle_count"] = np.repeat(np.arange(1, len(parts) + 1, dtype=np.int32), sizes)
    notes += record_checks.check(columns, ("test_time_second", "voltage_volt"))
    return Measurement(technique=technique, columns=columns, meta=meta, notes=tuple(notes))


def _technique(meta: dict[str, Json]) -> str:
    words = f"{meta['protocol']} {meta.get('title', '')}".upper()
    return next((name for signs, name in _TECHNIQUES if any(sign in words for sign in signs)), "cycling")


def _impedance(table: _Table, meta: dict[str, Json], notes: list[Note]) -> tuple[Measurement, ...]:
    said = list(notes)
    columns = _columns(table, said)
    if "ZrealDrCor" in table.heads:
        text = "the file also has drift-corrected impedances; the measured ones are used"
        said.append(Note("info", "columns_left_out", text))
    said += record_checks.check(columns, ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm"))
    parts = impedance_spectra.split(columns["frequency_hertz"])
    return tuple(
        Measurement(
            technique="impedance",
            columns={name: values[part] for name, values in columns.items()},
            meta={**meta, "spectrum": number, "spectra": len(parts)},
            notes=tuple(said),
        )
        for number, part in enumerate(parts, start=1)
    )


def _meta(fields: dict[str, tuple[str, ...]]) -> dict[str, Json]:
    """Protocol, title, start and settings. Dates are read month first, as Framework writes them, if possible."""
    import polars as pl

    meta: dict[str, Json] = {"instrument": "Gamry", "protocol": next(iter(fields.get("TAG", ())), "")}
    title, date, time = (fields.get(key, ("", ""))[1:2] for key in ("TITLE", "DATE", "TIME"))
    if title and title[0]:
        meta["title"] = title[0]
    if date and time:
        seconds = times.dates(pl.Series([f"{date[0].replace('-', '/')} {time[0]}"]))
        if seconds is not None:
            meta["started"] = str(np.datetime64(int(seconds[0]), "s"))
    vendor = {name: _number(fields[key][1]) for name, key in _VENDOR.items() if len(fields.get(key, ())) > 1}
    vendor = {name: value for name, value in vendor.items() if value is not None}
    return meta | ({"vendor": vendor} if vendor else {})


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None

"""Read any text table by a column map of the study file: column header -> canonical name, times a factor."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import HalfcellError, InputError
from halfcell.core.measurement import Measurement
from halfcell.core.near_files import near_files
from halfcell.core.plugins import did_you_mean
from halfcell.core.raw import RawFile
from halfcell.core.result import Note
from halfcell.core.source import Source
from halfcell.readers.common import (
    cycler_corrections,
    cycler_records,
    diffractogram,
    isotherm,
    raman_spectrum,
    text_files,
    thermogram,
    xas_scan,
)
from halfcell.readers.common.column_targets import Target, targets
from halfcell.readers.common.cycler_dialect import Dialect

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from polars import Series

Numbers = dict[str, "NDArray[Any]"]

VERSION = "6"

_CHARGE = (
    "c",
    "chg",
    "*charge*",
    "*charging*",
    "*_chg*",
    "* chg*",
    "*充电*",
    "*充電*",
    "*충전*",
    "*laden*",
    "*ladung*",
)
_DISCHARGE = ("d", "dch", "*dis*charg*", "*dchg*", "*dischg*", "*décharge*", "*放电*", "*放電*", "*방전*", "*entlad*")
_MOST_STATES = 40  # different texts in a column of states
_DIALECT = Dialect(name="columns", summary="", instrument="", sniff="", charge=_CHARGE, discharge=_DISCHARGE)
_ENCODINGS = ("utf-8", "gb18030", "latin-1")
_COMMA = re.compile(rb"(?:^|[\t;])\s*-?\d+,\d+\s*(?=[\t;\n]|$)", re.MULTILINE)


def read_columns(path: str | Path, technique: str, columns: Mapping[str, str]) -> tuple[Measurement, ...]:
    """Read a file by a column map and record its path and hash; see `parse_columns`.

    Raises
    ------
    InputError
        As `parse_columns`, with the path.
    """
    raw = RawFile(Path(path))
    if not raw.path.is_file():
        raise InputError("no such file", str(path), near_files(raw.path))
    try:
        measurements = parse_columns(raw, technique, columns)
    except HalfcellError as error:
        raise error.at(str(path)) from error
    source = Source(str(path), raw.sha256(), "columns", raw.path.stat().st_size)
    return tuple(dataclasses.replace(m, source=source) for m in measurements)


def parse_columns(raw: RawFile, technique: str, columns: Mapping[str, str]) -> tuple[Measurement, ...]:
    """Parse a text table (separated by tab, comma or semicolon; decimal point or comma) by a column map.

    Parameters
    ----------
    raw
        The file.
    technique
        What kind of data it is; only its documented columns are allowed.
    columns
        Column header (or ``#2`` for the second column) -> canonical name, with a factor and an offset where the unit
        differs: ``{"Voltage (mV)": "voltage_volt * 1e-3", "T/K": "temperature_degc - 273.15"}``; the number of the
        file times the factor plus the offset is in the unit of the name. Dates and durations are read as such. A
        missing test time is derived from clock times or step times.

    Raises
    ------
    InputError
        If a name is not canonical, a header is not in the file, or an entry is not a number.
    """
    named = targets(columns, technique)
    content = text_files.lines_as_lf(raw.read())
    encoding = _encoding(content)
    line, separator = _head_line(content.decode(encoding, errors="replace")[: 2**20], list(columns))
    parts = content.split(b"\n", line + 1)
    heads = [
        head.strip().strip('"').strip() for head in parts[line].decode(encoding, errors="replace").split(separator)
    ]
    body = parts[line + 1] if len(parts) > line + 1 else b""
    if separator != "," and _COMMA.search(body[:4000]):
        body = body.replace(b",", b".")
    body, cut = text_files.whole_rows(body, separator, line + 2)
    names = [f"{place}: {head}" for place, head in enumerate(heads)]
    places = {head: _place(head, heads) for head in columns}
    frame = text_files.frame(body, names, sorted(set(places.values())), separator, line + 2)
    given: dict[str, tuple[Series, float]] = {}
    for head, target in named.items():
        if names[places[head]] in frame.columns:
            given[target.name] = _scaled(frame[names[places[head]]], target, head)
    if technique == "cycling" and "step_type" not in given and "current_ampere" in given:
        more, told = _states(given["current_ampere"][0], (body, names, separator, line + 2))
        given, cut = given | more, (*cut, *told)
    if technique in _MAKERS:
        numbers = {name: cycler_records.numbers(name, *series) for name, series in given.items()}
        return (_noted(_MAKERS[technique](numbers, raw.name), cut),)
    dialect = dataclasses.replace(_DIALECT, technique=technique)
    return (cycler_records.measurement(dialect, given, {}, cut),)


def _noted(made: Measurement, notes: tuple[Note, ...]) -> Measurement:
    return dataclasses.replace(made, notes=(*made.notes, *notes))


def _scaled(series: Series, target: Target, head: str) -> tuple[Series, float]:
    """A column and its factor, the offset added."""
    import polars as pl

    if not target.offset:
        return series, target.factor
    if not series.dtype.is_numeric():
        raise InputError(f"the column {head!r} has an offset but is not of numbers", hint="leave the offset out")
    return series.cast(pl.Float64) * target.factor + target.offset, 1.0


def _raman(columns: Numbers, where: str) -> Measurement:
    units: dict[str, raman_spectrum.AxisUnit] = {
        "raman_shift_per_cm": "1/cm",
        "wavelength_nanometre": "nm",
        "wavenumber_per_cm": "absolute 1/cm",
    }
    axis = next(name for name in units if name in columns)
    return raman_spectrum.raman(columns[axis], columns["intensity_count"], units[axis], {}, where)


def _thermogram(columns: Numbers, where: str) -> Measurement:  # noqa: ARG001 (as the others)
    time, temperature, mass = (columns[name] for name in ("test_time_second", "temperature_degc", "mass_milligram"))
    return thermogram.thermogram(time, temperature, mass, {}, columns.get("stage_count"))


def _pattern(columns: Numbers, where: str) -> Measurement:  # noqa: ARG001 (as the others)
    two_theta, counts = columns["two_theta_degree"], columns["intensity_count"]
    return diffractogram.pattern(two_theta, counts, {}, std=columns.get("intensity_std_count"))


def _isotherm(columns: Numbers, where: str) -> Measurement:  # noqa: ARG001 (as the others)
    pressure, loading = columns["relative_pressure"], columns["loading_cm3_stp_per_gram"]
    return isotherm.isotherm(pressure, loading, {}, columns.get("branch"))


_MAKERS: Mapping[str, Callable[[Numbers, str], Measurement]] = {  # kinds that are not of an electric record
    "diffraction": _pattern,
    "raman": _raman,
    "sorption": _isotherm,
    "thermogravimetry": _thermogram,
    "xas": lambda columns, where: xas_scan.xas(columns, {}, where),
}


def _states(
    current: Series, table: tuple[bytes, list[str], str, int]
) -> tuple[dict[str, tuple[Series, float]], tuple[Note, ...]]:
    """A column that was not named but says charge and discharge, where the current has no sign; with a note."""
    import polars as pl

    if current.dtype == pl.String or not (current >= 0).all() or not (current > 0).any():
        return {}, ()
    body, names, separator, first_line = table
    frame = text_files.frame(body, names, range(len(names)), separator, first_line)
    for name in frame.columns:
        column = frame[name]
        kinds = column.unique().drop_nulls().to_list() if column.dtype == pl.String else []
        if 1 < len(kinds) <= _MOST_STATES:
            words = {str(number): kind for number, kind in enumerate(kinds)}
            signs = cycler_corrections.directions(np.arange(len(kinds)), words, _CHARGE, _DISCHARGE)
            if {-1, 1} <= set(signs.tolist()):
                text = f"the column {name.split(': ', 1)[-1]!r} was not named but says charge and discharge"
                return {"step_type": (column, 1.0)}, (Note("info", "sign_from_state", text),)
    return {}, ()


def _encoding(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _head_line(text: str, heads: Sequence[str]) -> tuple[int, str]:
    """The line of the column headers and its separator: the first line that has all named headers."""
    named = [head for head in heads if not head.startswith("#")]
    best: tuple[int, list[str], int, str] = (-1, [], 0, ",")
    for number, line in enumerate(text.split("\n")):
        separator = max("\t;,", key=line.count)
        cells = [cell.strip().strip('"').strip() for cell in line.split(separator)]
        count = sum(head in cells for head in named)
        if count == len(named) and (named or len(cells) >= len(heads)):
            return number, separator
        if count > best[0] or (not best[0] and len(set(cells)) > len(set(best[1]))):
            best = (count, cells, number, separator)
    missing = next(head for head in named if head not in best[1])
    where = f"line {best[2] + 1}" if best[0] else ""
    raise InputError(f"the file has no column {missing!r}", where, did_you_mean(missing, best[1][:40]))


def _place(head: str, heads: Sequence[str]) -> int:
    if not head.startswith("#"):
        return heads.index(head)
    if not head[1:].isdigit() or not 0 < int(head[1:]) <= len(heads):
        raise InputError(f"the file has no column {head}", hint=f"it has {len(heads)} columns: #1 to #{len(heads)}")
    return int(head[1:]) - 1

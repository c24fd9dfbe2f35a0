"""Make a measurement of the columns of a cycler's table: units, times, step types, signs, counters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common import cycler_corrections, cycler_times, record_checks, specific_capacity, times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from polars import Series

    from halfcell.core.json_values import Json
    from halfcell.readers.common.cycler_dialect import Dialect

    Values = NDArray[Any]  # floats or integers
    Columns = dict[str, Values]

_NEEDED = {
    "cycling": ("test_time_second", "voltage_volt", "current_ampere"),
    "impedance": ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm"),
}
_WHOLE = ("record_index", "cycle_count", "half_cycle_count", "step_count", "step_id")
_MEASURED = ("test_time_second", "voltage_volt", "current_ampere")
_OPTIONAL = ("temperature", "applied_pressure", "_resistance_ohm", "auxiliary_voltage")
_VENDOR = ("mass", "capacity", "area", "procedure", "schedule")


def measurement(
    dialect: Dialect,
    given: Mapping[str, tuple[Series, float]],
    meta: Mapping[str, Json],
    notes: tuple[Note, ...] = (),
) -> Measurement:
    """Make a measurement of the columns of a table.

    Parameters
    ----------
    dialect
        What is known about the instrument's format.
    given
        Canonical name -> (polars Series of numbers or texts, factor into the canonical unit).
    meta, notes
        What the file's header states; what the reader noted.

    Raises
    ------
    InputError
        If a required column is missing, there are no records, or values are out of any range.
    """
    said = list(notes)
    given, words, codes = dict(given), dict[str, str](), None
    if "step_type" in given:
        codes, words = cycler_corrections.coded(given.pop("step_type")[0])
    specific = given.pop("specific_capacity", None)
    clock = given.get("unix_time_second")
    columns = {name: numbers(name, *given[name]) for name in given if name != "unix_time_second"}
    if clock is not None:
        columns["unix_time_second"] = _clock(clock[0], dialect, columns.get("test_time_second"), said)
    columns = {name: columns[name] for name in given}
    cycler_times.without_unread(columns, given, said)
    if codes is not None:
        columns["step_type_code"] = codes
    columns = _without_empty_end(columns, said)
    direction = None
    if words:
        direction = cycler_corrections.directions(columns["step_type_code"], words, dialect.charge, dialect.discharge)
    cycler_times.settle(columns, said)
    if dialect.technique == "cycling":
        _electric(dialect, columns, direction, said)
    columns, noted = cycler_corrections.amounts(columns, direction)
    said += [*noted, *_drop_empty_channels(columns)]
    said += record_checks.check(columns, _NEEDED.get(dialect.technique, _NEEDED["cycling"]))
    if specific is not None and "mass" not in meta:
        meta = {**meta, **_implied_mass(columns, numbers("specific_capacity", *specific), said)}
    info = _info(dialect, meta, columns) | ({"step_types": words} if words else {})
    return Measurement(technique=dialect.technique, columns=columns, meta=info, notes=tuple(said))


def _implied_mass(columns: Columns, specific: Values, said: list[Note]) -> dict[str, Json]:
    """The active mass with which the instrument made its capacities per gram, where its current and time tell it."""
    if not {"test_time_second", "current_ampere"} <= columns.keys():
        return {}
    time, current = columns["test_time_second"], columns["current_ampere"]
    mass = specific_capacity.implied_mass_mg(time, current, specific[: len(time)])
    if mass is None:
        return {}
    said.append(Note("info", "mass_implied", f"the capacities per gram in the file are per {mass:.4g} mg"))
    return {"mass": f"{mass:.4g} mg"}


def _clock(series: Series, dialect: Dialect, test_time: Values | None, said: list[Note]) -> Values:
    """Clock times in seconds since 1970; not a number where they cannot be read."""
    import polars as pl

    if series.dtype.is_temporal():
        return _temporal(series)
    if series.dtype != pl.String:
        return times.clock(series.to_numpy())
    told = cycler_times.clock(series, dialect.day_first, test_time, said)
    return told if told is not None else np.full(len(series), np.nan)


def numbers(name: str, series: Series, factor: float) -> Values:
    """One column as numbers in the canonical unit; durations in seconds."""
    import polars as pl

    if series.dtype.is_temporal():
        return times.since_zero(_temporal(series))
    if series.dtype == pl.String:
        if not name.endswith("_second"):
            shown = next((text for text in series.to_list() if text and not _is_number(text)), "")
            raise InputError(
                f"{shown[:40]!r} is not a number", f"column {name}", "expected numbers: is this the right column?"
            )
        return times.durations(series)
    if series.null_count():
        series = series.cast(pl.Float64)
    values: Values = series.to_numpy()
    if name not in _WHOLE and values.dtype != np.float64:
        values = values.astype(np.float64)
    return values if factor == 1.0 else values * factor


def _temporal(series: Series) -> Values:
    """Dates (since 1970, the clock read as UTC), durations and times of the day in seconds."""
    import polars as pl

    if series.dtype.base_type() in {pl.Datetime, pl.Date}:
        micros = series.cast(pl.Datetime("us")).dt.epoch("us")
    elif series.dtype == pl.Time:
        micros = series.cast(pl.Int64) // 1000
    else:
        micros = series.dt.total_microseconds()
    seconds: Values = micros.cast(pl.Float64).to_numpy() / 1e6
    return seconds


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _without_empty_end(columns: Columns, said: list[Note]) -> Columns:
    """Leave out rows without a voltage at the end (truncated or empty); store whole numbers as integers."""
    key = next((n for n in ("voltage_volt", "frequency_hertz") if n in columns), None)
    if key is None:
        raise InputError("no voltage column", hint=f"columns found: {', '.join(columns) or 'none that is known'}")
    count = kept = len(columns[key])
    if count and np.isnan(columns[key][-1]):
        bad = np.isnan(columns[key])
        kept = 0 if bad.all() else count - int(np.argmin(bad[::-1]))
    if kept < count:
        text = f"{count - kept} rows at the end contain no record and were left out"
        said.append(Note("doubt" if count - kept == 1 else "info", "rows_dropped", text))
        columns = {name: values[:kept] for name, values in columns.items()}
    for name in _WHOLE:
        values = columns.get(name)
        if values is not None and len(values) and _is_whole(values):
            wide = max(int(values.max()), -int(values.min())) > 2**31 - 1
            columns[name] = values.astype(np.int64 if wide else np.int32, copy=False)
    for name in _MEASURED:
        if name in columns and not np.isfinite(columns[name].sum()) and np.isinf(columns[name]).any():
            columns[name] = np.where(np.isinf(columns[name]), np.nan, columns[name])
    return columns


def _is_whole(values: Values) -> bool:
    return values.dtype.kind in "iu" or bool(np.isfinite(values).all() and (values == np.floor(values)).all())


def _electric(dialect: Dialect, columns: Columns, direction: Values | None, said: list[Note]) -> None:
    """Settle the sign of the current and the unit of the voltage."""
    if "voltage_volt" in columns:
        said += cycler_corrections.plausible_voltage(columns)
    if "current_ampere" not in columns:
        return
    if direction is not None and direction.any():
        columns["current_ampere"], noted = cycler_corrections.signed(columns["current_ampere"], direction)
        said += noted
        return
    no_sign = (columns["current_ampere"] >= 0).all() and columns["current_ampere"].any()
    if no_sign and dialect.unsigned:
        why = "has no step types" if direction is None else "has step types in words that are not known"
        said.append(Note("doubt", "sign_unknown", f"the current is unsigned and the file {why}; taken as charging"))


def _drop_empty_channels(columns: Columns) -> list[Note]:
    """Leave out temperatures below absolute zero, and optional channels that are zero or empty throughout."""
    optional = [name for name in columns if any(part in name for part in _OPTIONAL)]
    left = []
    for name in optional:
        values = columns[name]
        absurd = "temperature" in name and len(values) and not float(np.nanmin(values, initial=np.inf)) > -273.15
        if absurd or np.isnan(values).all() or not np.nan_to_num(values).any():
            del columns[name]
            left.append(name)
    text = f"left out (empty, zero or impossible throughout): {', '.join(left)}"
    return [Note("info", "columns_left_out", text)] if left else []


def _info(dialect: Dialect, meta: Mapping[str, Json], columns: Columns) -> dict[str, Json]:
    info: dict[str, Json] = {"instrument": dialect.instrument, "dialect": dialect.name}
    info |= {name: value for name, value in meta.items() if name not in (*_VENDOR, "started")}
    vendor = {name: value for name, value in meta.items() if name in _VENDOR}
    started = _started(str(meta.get("started", "")), dialect.day_first)
    clock = columns.get("unix_time_second")
    if clock is not None and len(clock):
        started = float(clock[0])
    if started is not None and (date := times.iso_date(started)):
        info["started"] = date
    return info | ({"vendor": vendor} if vendor else {})


def _started(text: str, day_first: bool) -> float | None:
    import polars as pl

    found = times.dates(pl.Series([text]), day_first) if text else None
    return None if found is None else float(found[0])

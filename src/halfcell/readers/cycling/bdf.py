"""Battery Data Format (.bdf.csv, .bdf.parquet), with machine names or labels; also written here."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common import bdf_names, cycler_records, text_files
from halfcell.readers.common.converted import in_parquet, restored
from halfcell.readers.common.cycler_dialect import Dialect
from halfcell.readers.common.packed_tables import check_parquet

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from polars import Series

    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

    Columns = dict[str, tuple[Series, float]]  # with the factor into the canonical unit

VERSION = "6"
SUFFIXES = (".csv", ".tsv", ".txt", ".bdf", ".parquet")

_Table = tuple["Columns", list[str], tuple[Note, ...]]  # columns, headers left out, notes
_MARK = "Simulated by halfcell / 1"
_NEEDED = ("test_time_second", "voltage_volt", "current_ampere")
_ENOUGH = ({"voltage_volt", "current_ampere"}, {"frequency_hertz", "real_impedance_ohm"})
_CHARGE = ("charge", "chg", "cc_chg", "cv_chg", "cccv_chg", "cc chg", "cv chg", "cccv chg", "charging")
_DISCHARGE = ("discharge", "dch", "cc_dch", "cv_dch", "cccv_dch", "cc_dchg", "cv_dchg", "cccv_dchg", "discharging")
_SMALL = 1 << 20  # bytes; a smaller parquet file is read at once
_TAIL = 1 << 18  # bytes at the end of a parquet file, with its schema


def recognises(raw: RawFile) -> bool:
    """Whether the first line, or the schema of a parquet file, names voltage and current (or impedance) as BDF does."""
    if raw.head.startswith(b"PAR1"):
        tail = _tail(raw)
        named = ((b"voltage_volt", b"current_ampere"), (b"Voltage / ", b"Current / "), (b"frequency_hertz", b"_ohm"))
        return any(all(word in tail for word in words) for words in named)
    heads, _ = _headers(raw.head)
    found = set(bdf_names.places(heads))
    return any(enough <= found for enough in _ENOUGH)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the table; columns without a BDF name are left out, with a note.

    Raises
    ------
    InputError
        If the file is truncated or damaged, or an entry is not a number.
    """
    columns, left, cut = _parquet(raw) if raw.head.startswith(b"PAR1") else _csv(raw)
    notes = [*cut]
    simulated = _MARK in left
    left = [name for name in left if name != _MARK]
    if left:
        notes.append(Note("info", "columns_left_out", f"left out: {len(left)} columns without a BDF name"))
    given, noted = _as_defined(columns)
    technique = "impedance" if "frequency_hertz" in given else "cycling"
    dialect = Dialect(
        name="bdf", summary="", instrument="", sniff="", technique=technique, charge=_CHARGE, discharge=_DISCHARGE
    )
    meta = {"simulated": True} if simulated else {}
    made = cycler_records.measurement(dialect, given, meta, (*notes, *noted))
    return (restored(made, in_parquet(raw)) if raw.head.startswith(b"PAR1") else made,)


def write(
    measurement: Measurement, form: Literal["csv", "parquet"] = "csv", about: dict[str, str] | None = None
) -> bytes:
    """Write a measurement as BDF with its preferred labels; step types as text. `about` are key-values for parquet.

    Columns that BDF does not define are written with a label of the same form (``Half Cycle Count / 1``).

    Raises
    ------
    InputError
        If the measurement lacks test time, voltage or current, which BDF requires, or if the name of a column does not
        end in a unit.
    """
    import polars as pl

    _check_columns(measurement)
    words = measurement.meta.get("step_types", {})
    columns: dict[str, list[str] | NDArray[np.int64] | NDArray[np.float64]] = {}
    for name, values in measurement.columns.items():
        if name == "step_type_code":
            columns["Step Type"] = [words.get(str(int(code)), str(int(code))) for code in values]
        elif name in ("record_index", "cycle_count", "half_cycle_count", "step_count", "step_id"):
            whole = np.isfinite(values).all() and (values == np.floor(values)).all()
            columns[bdf_names.label(name)] = values.astype(np.int64) if whole else values
        else:
            columns[bdf_names.label(name)] = values
    order = [bdf_names.label(name) for name in _NEEDED]
    columns = {name: columns[name] for name in (*order, *(n for n in columns if n not in order))}
    if measurement.is_simulated:
        columns[_MARK] = np.ones(len(measurement), dtype=np.int64)
    frame, file = pl.DataFrame(columns), io.BytesIO()
    _ = frame.write_csv(file) if form == "csv" else frame.write_parquet(file, metadata=about)
    return file.getvalue()


def _check_columns(measurement: Measurement) -> None:
    """Refuse a measurement whose columns BDF cannot hold."""
    hint = "convert to csv instead"
    missing = [name for name in _NEEDED if name not in measurement]
    if missing:
        raise InputError(f"BDF requires {', '.join(missing)}", measurement.where, hint)
    unnamed = [name for name in measurement.columns if not bdf_names.has_label(name)]
    if unnamed:
        what = f"the names of columns must end in a unit of BDF, such as _volt: {', '.join(unnamed)}"
        raise InputError(what, measurement.where, hint)


def _tail(raw: RawFile) -> bytes:
    if raw.packer:
        return raw.read()[-_TAIL:]
    with raw.path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        file.seek(max(0, file.tell() - _TAIL))
        return file.read()


def _headers(head: bytes) -> tuple[list[str], str]:
    """The column headers in the first line, and their separator."""
    first = text_files.lines_as_lf(head).split(b"\n", 1)[0].decode("utf-8", errors="replace")
    separator = max(",\t;", key=first.count)
    return [entry.strip().strip('"') for entry in first.split(separator)], separator


def _csv(raw: RawFile) -> _Table:
    content = text_files.lines_as_lf(raw.read())
    heads, separator = _headers(content[:65536])
    body, cut = text_files.whole_rows(content.partition(b"\n")[2], separator, 2)
    places = bdf_names.places(heads)
    names = [f"{place}: {head}" for place, head in enumerate(heads)]
    frame = text_files.frame(body, names, sorted({place for place, _ in places.values()}), separator, 2)
    taken = {place for place, _ in places.values()}
    columns = {name: (frame[names[at]], factor) for name, (at, factor) in places.items() if names[at] in frame.columns}
    return columns, [head for place, head in enumerate(heads) if place not in taken], cut


def _parquet(raw: RawFile) -> _Table:
    """Read a large file column by column, so that the parts of only one column are in memory."""
    import polars as pl

    with raw.on_disk() as path:
        try:
            check_parquet(path, raw.name)
            heads = list(pl.read_parquet_schema(path))
            places = bdf_names.places(heads)
            named = [heads[place] for place, _ in places.values()]
            small = pl.read_parquet(path, columns=named) if path.stat().st_size < _SMALL else None
            columns = {}
            for name, (place, factor) in places.items():
                frame = small if small is not None else pl.read_parquet(path, columns=[heads[place]])
                columns[name] = (frame[heads[place]].rechunk(), factor)
        except (pl.exceptions.PolarsError, OSError) as error:
            reason = " ".join(str(error).split())[:100]
            raise InputError(f"unknown layout: {reason}", hint="write it again") from error
    taken = {place for place, _ in places.values()}
    return columns, [head for place, head in enumerate(heads) if place not in taken], ()


def _as_defined(columns: Columns) -> tuple[Columns, list[Note]]:
    """Correct what old or careless converters write against the definitions of BDF, with a note."""
    notes = []
    index = columns.pop("step_index", None)
    if index is not None and "step_id" not in columns and index[0].dtype.is_numeric():
        steps = index[0].diff().drop_nulls()
        if not len(steps) or int((steps == 1).sum()) < 0.5 * len(steps):  # a record number in the step
            columns["step_id"] = index
    for kind in ("charging_capacity_ah", "discharging_capacity_ah", "charging_energy_wh", "discharging_energy_wh"):
        if kind in columns and columns[kind][0].dtype.is_numeric() and (columns[kind][0].diff() < 0).any():
            columns[f"schedule_{kind}"] = columns.pop(kind)
            text = f"{kind} is reset to zero, against the definition of BDF; read as schedule_{kind}"
            notes.append(Note("correction", "counter_resets", text))
    return columns, notes

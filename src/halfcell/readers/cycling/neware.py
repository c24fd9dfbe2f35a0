"""Neware binary files (.nda, .ndax) of BTS 5 to 8: cycling, with the counters of each step."""

from __future__ import annotations

import logging
import struct
import warnings
import zipfile
import zlib
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common import record_checks
from halfcell.readers.common.times import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from polars import DataFrame

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

    Values = NDArray[Any]  # floats or integers

VERSION = "3"
SUFFIXES = (".nda", ".ndax")

_HINT = "copy it from the instrument again, or export it as .csv with BTSDA"
_NAMES = (  # canonical name, name in fastnda, factor
    ("record_index", "index", 1.0),
    ("test_time_second", "total_time_s", 1.0),
    ("step_time_second", "step_time_s", 1.0),
    ("unix_time_second", "unix_time_s", 1.0),
    ("voltage_volt", "voltage_V", 1.0),
    ("current_ampere", "current_mA", 1e-3),
    ("cycle_count", "cycle_count", 1.0),
    ("step_count", "step_count", 1.0),
    ("step_id", "step_index", 1.0),
    ("step_type_code", "step_type", 1.0),
    ("step_net_capacity_ah", "capacity_mAh", 1e-3),
    ("step_net_energy_wh", "energy_mWh", 1e-3),
)


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with Neware's signature, or is a ZIP archive with Neware's members."""
    if raw.head.startswith(b"NEWARE"):
        return True
    return raw.head.startswith(b"PK") and any(word in raw.head for word in (b".ndc", b"VersionInfo.xml"))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read all records; the cycle number is that of the file.

    Raises
    ------
    InputError
        If the file is truncated or damaged, or contains no records.
    """
    with raw.on_disk() as path:
        _check_size(raw.head, path.stat().st_size)
        frame, said = _read(path)
        stated = _header_facts(path) if raw.suffix == ".nda" else {}
    if not len(frame):
        raise InputError("the file contains no records", hint="the test was stopped before its first record")
    notes = [*said, *_complete(len(frame), stated)]
    columns, left = _columns(frame)
    if left:
        notes.append(Note("info", "columns_left_out", "left out: " + ", ".join(left)))
    notes += record_checks.check(columns, ("test_time_second", "voltage_volt", "current_ampere"))
    words, doubts = _step_types(columns["step_type_code"])
    notes += doubts
    meta: dict[str, Json] = {"instrument": "Neware", "step_types": words}
    if stated:
        meta["vendor"] = stated
    if "unix_time_second" in columns and (date := iso_date(float(columns["unix_time_second"][0]))):
        meta["started"] = datetime.fromisoformat(date).isoformat(timespec="milliseconds")
    return (Measurement(technique="cycling", columns=columns, meta=meta, notes=tuple(notes)),)


def _read(path: Path) -> tuple[DataFrame, list[Note]]:
    """Read with fastnda; its warnings become notes, whatever it raises means damage."""
    import fastnda

    try:
        with (
            warnings.catch_warnings(record=True) as caught,
            _listening("fastnda") as heard,
            _own_unpacking(),
            _counting_gaps() as gaps,
        ):
            warnings.simplefilter("always")
            frame: DataFrame = fastnda.read(path, cycle_mode="raw", raw_categories=True)
    except _library_errors() as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(f"unknown layout: {reason}", hint=_HINT) from error
    texts = [*heard, *(str(warning.message) for warning in caught)]
    return frame, [*_filled(sum(gaps), len(frame)), *dict.fromkeys(_note(text) for text in texts)]


def _filled(count: int, records: int) -> list[Note]:
    """A note on records whose times and counters are not in the file."""
    if not count:
        return []
    text = f"the file has voltage and current of {records} records but times and counters of only {records - count}"
    text += "; the others were extrapolated from the record before"
    return [Note("info", "records_filled_in", text)]


def _header_facts(path: Path) -> dict[str, Json]:
    """What the header of an .nda file states, e.g. the active mass (0 or 1 mg if nobody entered one)."""
    import fastnda

    try:
        with warnings.catch_warnings(), _listening("fastnda"):
            # said of every BTS9 file: of its header only the fields below are used
            warnings.filterwarnings("ignore", r"read_metadata for NDA 129/130 \(BTS9\)", UserWarning)
            found = fastnda.read_metadata(path)
    except _library_errors():
        return {}
    wanted = ("active_mass_mg", "remarks", "creator", "test_name", "num_datapoints", "server_version", "bts_version")
    return {name: found[name] for name in wanted if found.get(name)}


def _complete(count: int, stated: dict[str, Json]) -> list[Note]:
    """Compare the number of records with that in the header."""
    wanted = stated.get("num_datapoints")
    if not isinstance(wanted, int) or count >= wanted:
        return []
    text = f"{count} of the {wanted} records stated in the header"
    if count < 0.9 * wanted:
        raise InputError(f"unknown layout: {text}", hint=_HINT)
    return [Note("doubt", "records_missing", text)]


def _library_errors() -> tuple[type[BaseException], ...]:
    """What fastnda raises on a damaged file; it decompresses with isal where that is installed."""
    from polars.exceptions import PolarsError

    kinds: list[type[BaseException]] = [ValueError, LookupError, TypeError, ArithmeticError, AttributeError, OSError]
    kinds += [EOFError, struct.error, zipfile.BadZipFile, zlib.error, NotImplementedError, PolarsError]
    with suppress(ModuleNotFoundError, AttributeError):
        kinds.append(import_module("isal.isal_zlib").error)
    return tuple(kinds)


def _note(text: str) -> Note:
    if "cycle" in text:
        return Note("info", "cycle_number_derived", "the file has no cycle number; derived from the step types")
    return Note("doubt", "library", f"fastnda reports: {' '.join(text.split())[:200]}")


@contextmanager
def _listening(name: str) -> Iterator[list[str]]:
    """Collect what a library logs, instead of letting it reach the terminal."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger, ear = logging.getLogger(name), Ear(logging.WARNING)
    spread = logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        yield heard
    finally:
        logger.removeHandler(ear)
        logger.propagate = spread


@contextmanager
def _counting_gaps() -> Iterator[list[int]]:
    """Count the records of an .ndax file for which fastnda extrapolates times and counters.

    The format stores them only now and then. The library does not say how often, so its own function is wrapped.
    """
    module, counted = import_module("fastnda.ndax"), list[int]()
    fill = getattr(module, "_data_interpolation", None)

    def counting(frame: DataFrame) -> DataFrame:
        counted.append(int(frame["step_time_s"].null_count()))
        filled: DataFrame = fill(frame) if fill else frame
        return filled

    if fill is not None:
        vars(module)["_data_interpolation"] = counting
    try:
        yield counted
    finally:
        if fill is not None:
            vars(module)["_data_interpolation"] = fill


@contextmanager
def _own_unpacking() -> Iterator[None]:
    """Let fastnda use isal while it reads, and nobody else.

    On import fastnda replaces zlib in the whole process by that of isal (faster, with other exceptions).
    """
    kept = {name: getattr(zlib, name) for name in ("decompress", "decompressobj")}
    import_module("fastnda.ndax")
    with suppress(ModuleNotFoundError):
        isal = import_module("isal.isal_zlib")
        vars(zlib).update({name: getattr(isal, name) for name in kept})
    try:
        yield
    finally:
        vars(zlib).update(kept)


def _columns(frame: DataFrame) -> tuple[dict[str, Values], list[str]]:
    """The columns as arrays; integers as they are, single precision converted to double."""
    columns: dict[str, Values] = {}
    known = {theirs for _, theirs, _ in _NAMES}
    for ours, theirs, factor in _NAMES:
        if theirs in frame.columns:
            values = frame.get_column(theirs).to_numpy()
            if values.dtype.kind == "f":
                with np.errstate(invalid="ignore"):  # values of a damaged file; checked later
                    values = np.multiply(values, factor, dtype=np.float64)
            columns[ours] = values
    left = [name for name in frame.columns if name not in known]
    for ending, pattern, most in (
        ("degC", "temperature_t{}_celsius", 5),
        ("voltage_V", "auxiliary_voltage_{}_volt", 2),
    ):
        found = [name for name in left if name.endswith(ending) and "setpoint" not in name][:most]
        for number, name in enumerate(found, start=1):
            with np.errstate(invalid="ignore"):
                columns[pattern.format(number)] = frame.get_column(name).to_numpy().astype(np.float64)
            left.remove(name)
    return columns, left


def _check_size(head: bytes, size: int) -> None:
    """Compare the size of an .nda file with the end of the records according to its header.

    Versions up to 29 have (start, length) of their parts in four-byte numbers from byte 16 on, version 130 those of
    the records in eight-byte numbers at byte 82.
    """
    if not head.startswith(b"NEWARE"):
        return
    if len(head) < 1024:
        raise InputError("the file is truncated in its header", hint=_HINT)
    if head[14] <= 29:
        pairs = [struct.unpack_from("<II", head, place) for place in range(16, 80, 8)]
    else:
        pairs = [struct.unpack_from("<QQ", head, 82)]
    end = max(begin + length for begin, length in pairs)
    if end > size:
        raise InputError(f"the file is truncated: {size} of at least {end} bytes", hint=_HINT)


def _step_types(codes: Values) -> tuple[dict[str, str], list[Note]]:
    """Neware's names of the step types; many unknown codes mean damage."""
    from fastnda.dicts import STEP_TYPE_MAP

    kinds, counts = np.unique(codes, return_counts=True)
    strange = {int(k): int(c) for k, c in zip(kinds, counts, strict=True) if int(k) not in STEP_TYPE_MAP}
    if sum(strange.values()) > 0.05 * len(codes):
        raise InputError(f"unknown layout: unknown step type {next(iter(strange))}", hint=_HINT)
    words = {str(int(code)): STEP_TYPE_MAP.get(int(code), "Unknown") for code in kinds}
    text = ", ".join(f"type {code} in {count} records" for code, count in strange.items())
    return words, [Note("doubt", "step_type_unknown", f"unknown step types: {text}")] if strange else []

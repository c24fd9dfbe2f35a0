"""PalmSens session files (.pssession): every impedance spectrum of a session.

A measurement contains its data set and, as plotted curves, a copy of it; the data set is read, or the curves if the
measurement has several spectra.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.json_values import number_or_none
from halfcell.core.measurement import Measurement
from halfcell.readers.common import impedance_spectra, record_checks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".pssession",)

_WANTED = {"Frequency": "frequency_hertz", "ZRe": "real_impedance_ohm", "ZIm": "imaginary_impedance_ohm"}


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the type of a PalmSens session."""
    start = raw.head[:400].replace(b"\x00", b"")
    return b'"PalmSens.DataFiles.SessionFile"' in start


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectra.

    Raises
    ------
    InputError
        If the JSON is damaged or truncated, or the session contains no impedance.
    """
    content = raw.read()
    text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", errors="replace")
    try:
        session = json.JSONDecoder().raw_decode(text.lstrip("\ufeff"))[0]
    except (ValueError, RecursionError) as error:
        where = f"character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError("unknown layout of the session", where, "save it again in PSTrace") from error
    made = []
    for measurement in _list(session, "Measurements"):
        curves, own = _list(measurement, "EISDataList"), measurement.get("DataSet")
        whole = len(curves) <= 1 and isinstance(own, dict) and "EIS" in str(own.get("Type"))
        for spectrum in [measurement] if whole else curves:
            made += _spectra_of(spectrum, str(measurement.get("Title", "")))
    if not made:
        raise InputError("the session contains no impedance spectrum", hint="other techniques are not read")
    return tuple(made)


def _list(record: object, name: str) -> list[dict[str, Json]]:
    found = record.get(name) if isinstance(record, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _spectra_of(spectrum: dict[str, Json], title: str) -> list[Measurement]:
    arrays = {str(a.get("Description")): a for a in _list(spectrum.get("DataSet"), "Values")}
    missing = [name for name in _WANTED if name not in arrays]
    if missing:
        raise InputError(f"the spectrum {title!r} has no {', '.join(missing)}", hint="unknown layout of the session")
    columns = {name: _values(arrays[given], given) for given, name in _WANTED.items()}
    if len({len(values) for values in columns.values()}) > 1:
        raise InputError(f"the arrays of {title!r} differ in length", hint="the session is damaged")
    unit = arrays["ZIm"].get("Unit", {})
    if isinstance(unit, Mapping) and str(unit.get("Q", "")).startswith("-"):
        columns["imaginary_impedance_ohm"] = -columns["imaginary_impedance_ohm"]
    notes = record_checks.check(columns, ("frequency_hertz",))
    meta = {"instrument": "PalmSens", "title": title}
    return [
        Measurement(technique="impedance", columns={n: c[part] for n, c in columns.items()}, meta=meta, notes=notes)
        for part in impedance_spectra.split(columns["frequency_hertz"])
    ]


def _values(array: dict[str, Json], name: str) -> NDArray[np.float64]:
    values = array.get("DataValues")
    items = values if isinstance(values, list) else [None]
    numbers = [number_or_none(item.get("V")) if isinstance(item, Mapping) else None for item in items]
    if None in numbers:
        raise InputError(f"the array {name} has an unknown layout", hint="save the session again in PSTrace")
    return np.array(numbers, dtype=float)

"""VersaStudio files (.par) of Princeton Applied Research: impedance, sweeps and steps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common import impedance_spectra, record_checks, text_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".par",)

_SEGMENT = re.compile(r"^<Segment(\d+)>\s*$", re.MULTILINE)
_COLUMNS = {
    "Elapsed Time(s)": "test_time_second",
    "E(V)": "voltage_volt",
    "I(A)": "current_ampere",
    "Frequency(Hz)": "frequency_hertz",
    "Z Real": "real_impedance_ohm",
    "Z Imag": "imaginary_impedance_ohm",
}
_DIRECT = ("test_time_second", "voltage_volt", "current_ampere")
_NAMES = (("volt", "voltammetry"), ("scan", "voltammetry"), ("chronoamp", "polarisation"), ("", "cycling"))


def recognises(raw: RawFile) -> bool:
    """Whether the header names VersaStudio."""
    return raw.head.lstrip(b"\xef\xbb\xbf").startswith(b"<Application>") and b"Name=VersaStudio" in raw.head[:2000]


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every segment.

    Raises
    ------
    InputError
        If there is no segment, one is not closed (the file is truncated), or a value is not a number.
    """
    text = text_files.decode(text_files.lines_as_lf(raw.read()), "shift_jis")
    marks = list(_SEGMENT.finditer(text))
    if not marks:
        raise InputError(
            "the file contains no data segment", hint="the run was stopped before its first point, or unknown layout"
        )
    meta = {"instrument": _value(text, "Type") or "VersaStudio", "started": _started(text)}
    actions = re.findall(r"^Name=(.+)$", text, re.MULTILINE)
    protocol = actions[-1].strip() if len(actions) > 1 else ""
    made: list[Measurement] = []
    for mark in marks:
        end = text.find(f"</Segment{mark[1]}>", mark.end())
        if end < 0:
            raise InputError(
                f"segment {mark[1]} is not closed", f"line {text.count(chr(10)) + 1}", "the file is truncated"
            )
        table = _table(text[mark.end() : end], text[: mark.end()].count("\n") + 1)
        made += _measurements(table, {**meta, "protocol": protocol})
    return tuple(made)


def _value(text: str, key: str) -> str:
    match = re.search(rf"^{key}=(.*)$", text, re.MULTILINE)
    return match[1].strip() if match else ""


def _started(text: str) -> str:
    return f"{_value(text, 'DateAcquired')} {_value(text, 'TimeAcquired')}".strip()


def _table(segment: str, first: int) -> dict[str, NDArray[np.float64]]:
    lines = segment.strip("\n").split("\n")
    place = next((i for i, line in enumerate(lines) if line.startswith("Definition=")), None)
    if place is None:
        raise InputError("a segment has no column header", f"line {first}", "copy or export it again")
    names = [name.strip() for name in lines[place].removeprefix("Definition=").split(",")]
    rows = [line for line in lines[place + 1 :] if line.strip()]
    width = rows[0].count(",") + 1 if rows else len(names)
    return text_files.numbers("\n".join(rows).encode(), names[:width], ",", first + place + 2)


def _measurements(table: dict[str, NDArray[np.float64]], meta: dict[str, Json]) -> list[Measurement]:
    columns = {name: table[given] for given, name in _COLUMNS.items() if given in table}
    f = columns.get("frequency_hertz")
    if f is not None and (f > 0).any():
        columns = {name: values[f > 0] for name, values in columns.items()}
        notes = record_checks.check(columns, ("real_impedance_ohm", "imaginary_impedance_ohm"))
        parts = impedance_spectra.split(columns["frequency_hertz"])
        technique = "impedance"
    else:
        columns = {name: np.asarray(columns[name]) for name in _DIRECT if name in columns}
        notes = record_checks.check(columns, _DIRECT)
        parts = [slice(0, len(columns["voltage_volt"]))]
        low = str(meta["protocol"]).lower()
        technique = next(kind for word, kind in _NAMES if word in low)
    return [
        Measurement(technique=technique, columns={n: c[part] for n, c in columns.items()}, meta=meta, notes=notes)
        for part in parts
    ]

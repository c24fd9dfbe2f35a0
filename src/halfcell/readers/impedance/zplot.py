"""ZPlot and ZView files (.z), and the same layout as exported by Autolab's FRA.

Three headers are in use: ``ZPLOT2 ASCII`` with one key and value per line, ended by ``End Comments``; the older
``"ZPlotW Data File: Version ..."`` in quotes; and ``"Z60W Data File ..."`` (Autolab). The columns are the same:
``Freq(Hz) Ampl Bias Time(Sec) Z'(a) Z''(b) GD Err Range``, separated by commas or tabs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common import impedance_spectra, record_checks, text_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "3"
SUFFIXES = (".z", ".txt")

_STARTS = (b"ZPLOT2 ASCII", b'"ZPlotW Data File', b'"Z60W Data File')
_HEAD = re.compile(r"^[\s\"]*Freq\s*\(Hz\)\W.*Z'\(a\).*Z''\(b\)", re.IGNORECASE)
_SIMULATED = "simulated by halfcell"
_COLUMNS = (
    ("freq", "frequency_hertz"),
    ("z'(a)", "real_impedance_ohm"),
    ("z''(b)", "imaginary_impedance_ohm"),
    ("time", "test_time_second"),
)
_KEYS = {
    "Date": "date",
    "Time": "time",
    "Open Circuit Potential (V)": "open_circuit_volt",
    "Experiment Type": "protocol",
    "Measured Data, ZPlot": "software",
    "Sample": "sample",
    "Cycle": "cycle",
}


def recognises(raw: RawFile) -> bool:
    """Whether the file starts like a file of ZPlot and has its column headers."""
    head = text_files.lines_as_lf(raw.head)
    return head.startswith(_STARTS) and any(_HEAD.match(line) for line in text_files.decode(head).splitlines())


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectra of the file.

    Raises
    ------
    InputError
        If it is truncated in its header or in a record, or a value is not a number.
    """
    lines = text_files.decode(text_files.lines_as_lf(raw.read())).splitlines()
    head = next((i for i, line in enumerate(lines) if _HEAD.match(line)), None)
    if head is None:
        raise InputError("the file is truncated in its header", f"line {len(lines)}", "copy it again")
    first = head + 1
    ends = [i for i, line in enumerate(lines) if line.strip().strip('"') == "End Comments"]
    if lines[0].startswith("ZPLOT2") and not ends:
        raise InputError("the file is truncated in its header", f"line {len(lines)}", "copy it again")
    first = max(first, ends[-1] + 1 if ends else 0)
    rows = [line for line in lines[first:] if line.strip()]
    separator = "\t" if rows and "\t" in rows[0] else ","
    names = [name.strip().strip('"') for name in re.split(r"\t|\s{2,}", lines[head].strip().strip('"')) if name.strip()]
    if rows and rows[-1].count(separator) < min(len(names), rows[0].count(separator) + 1) - 1:
        raise InputError("the file is truncated in a record", f"line {first + len(rows)}", "copy it again")
    table = text_files.numbers("\n".join(rows).encode(), names, separator, first + 1)
    return _spectra_of(table, _meta(lines[:first]), _short(lines[:first], len(rows)))


def _short(header: list[str], count: int) -> tuple[Note, ...]:
    """A doubt if there are fewer records than stated in the header."""
    stated = [line.rpartition(":")[2] for line in header if line.strip().startswith("Data Points")]
    stated += [line for line in header if line.strip().isdigit()]
    promised = next((int(text) for text in stated if text.strip().isdigit()), count)
    if count >= promised:
        return ()
    text = f"{count} of {promised} records found: the sweep was stopped, or the file is truncated"
    return (Note("doubt", "short_sweep", text),)


def _meta(header: list[str]) -> dict[str, Json]:
    meta: dict[str, Json] = {"instrument": "ZPlot"}
    for line in header:
        key, colon, value = line.strip().strip('"').partition(":")
        if colon and key.strip() in _KEYS and value.strip():
            meta[_KEYS[key.strip()]] = value.strip()
    if any(_SIMULATED in line for line in header):
        meta["simulated"] = True
    return meta


def _spectra_of(
    table: dict[str, NDArray[np.float64]], meta: dict[str, Json], said: tuple[Note, ...]
) -> tuple[Measurement, ...]:
    found = {name: v for given, v in table.items() for start, name in _COLUMNS if given.lower().startswith(start)}
    missing = [name for start, name in _COLUMNS if name not in found]
    if missing:
        raise InputError(f"no column header for {', '.join(missing)}", hint="copy or export it again")
    columns = {name: found[name] for _, name in _COLUMNS}
    frequency = columns["frequency_hertz"]
    notes = (*said, *record_checks.check(columns, ("frequency_hertz",)))
    if not (frequency > 0).all():
        place = int(np.flatnonzero(~(frequency > 0))[0]) + 1
        raise InputError(f"a frequency is {frequency[place - 1]:g}", f"record {place}", "copy or export it again")
    return tuple(
        Measurement(technique="impedance", columns={n: c[part] for n, c in columns.items()}, meta=meta, notes=notes)
        for part in impedance_spectra.split(frequency)
    )


def write(measurement: Measurement) -> bytes:
    """Write a spectrum as ZPLOT2 ASCII.

    Raises
    ------
    InputError
        If a column is missing.
    """
    f, real, imaginary = (
        measurement[name] for name in ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm")
    )
    elapsed = measurement.columns.get("test_time_second", np.cumsum(3.0 / f))
    simulated = bool(measurement.meta.get("simulated"))
    lines = ["ZPLOT2 ASCII", f"  Measured Data, ZPlot:       3.2c{' (' + _SIMULATED + ')' if simulated else ''}"]
    lines += ["  Experiment Type:            Sweep Frequency, Control Voltage"]
    for key, name in _KEYS.items():
        if name in measurement.meta and name not in {"protocol", "software"}:
            lines.append(f"  {key}: {measurement.meta[name]}")
    lines += ["  Begin User Comments:        0", "  End User Comments:          0"]
    lines += ["  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange", "End Comments"]
    lines += [
        f"{a:.9E}\t1.000000E-02\t0.000000E+00\t{t:.6E}\t{x:.9E}\t{y:.9E}\t0.000000E+00\t0\t4"
        for a, t, x, y in zip(f, elapsed, real, imaginary, strict=True)
    ]
    return ("\r\n".join(lines) + "\r\n").encode()

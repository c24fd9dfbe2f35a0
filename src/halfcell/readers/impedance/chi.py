"""CH Instruments text exports: A.C. impedance, linear sweeps, cyclic voltammetry and current-time curves.

The header ends with the column headers; values are separated by commas (or tabs in older versions). CHI counts
cathodic currents positive by convention; since files do not say so, signs are kept as written and the analysis of an
ohmic line detects them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.json_values import number_or_none
from halfcell.core.measurement import Measurement
from halfcell.readers.common import impedance_spectra, record_checks, text_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".txt", ".csv")

_MARK = "simulated by halfcell"
_USUAL_RATE = 0.01  # V/s
_HEADS = {
    "impedance": re.compile(r"^Freq/Hz[,\t]\s*Z'/ohm[,\t]\s*Z\"/ohm", re.MULTILINE),
    "voltammetry": re.compile(r"^Potential/V[,\t]\s*Current/A", re.MULTILINE),
    "polarisation": re.compile(r"^Time/s(?:ec)?[,\t]\s*Current/A", re.MULTILINE),
}
_NAMES = {
    "Freq/Hz": "frequency_hertz",
    "Z'/ohm": "real_impedance_ohm",
    'Z"/ohm': "imaginary_impedance_ohm",
    "Potential/V": "voltage_volt",
    "Current/A": "current_ampere",
    "Time/sec": "test_time_second",
    "Time/s": "test_time_second",
}
_FIELD = re.compile(r"^(.+?)\s*[=:]\s*(.+?)\s*$")


def recognises(raw: RawFile) -> bool:
    """Whether the instrument is from CHI and the column headers are those of CHI."""
    text = text_files.decode(text_files.lines_as_lf(raw.head))
    return "Instrument Model:" in text and "CHI" in text and any(h.search(text) for h in _HEADS.values())


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the curve or the spectra.

    Raises
    ------
    InputError
        If the file is truncated in its header or in a record, or a value is not a number.
    """
    text = text_files.decode(text_files.lines_as_lf(raw.read()))
    technique, match = next(((kind, m) for kind, head in _HEADS.items() if (m := head.search(text))), ("", None))
    if match is None:
        raise InputError("the file is truncated in its header", f"line {text.count(chr(10)) + 1}", "copy it again")
    names = [name.strip() for name in re.split(r"[,\t]", text[match.start() :].partition("\n")[0])]
    rows = text[match.start() :].split("\n")[1:]
    first = text[: match.start()].count("\n") + 2
    separator = "\t" if "\t" in next((r for r in rows if r.strip()), "") else ","
    kept = [line for line in rows if line.strip()]
    if kept and kept[-1].count(separator) < len(names) - 1:
        raise InputError("the file is truncated in a record", f"line {first + len(rows) - 1}", "copy it again")
    skipped = next((i for i, line in enumerate(rows) if line.strip()), 0)
    table = text_files.numbers("\n".join(kept).encode(), names, separator, first + skipped)
    return _made(technique, {_NAMES[n]: v for n, v in table.items() if n in _NAMES}, _meta(text[: match.start()]))


def _meta(head: str) -> dict[str, Json]:
    lines = head.splitlines()
    fields = {m[1]: m[2] for line in lines if (m := _FIELD.match(line))}
    meta: dict[str, Json] = {"instrument": fields.get("Instrument Model", "CHI"), "protocol": lines[1].strip()}
    meta["started"] = lines[0].strip()
    for key, name in (
        ("Scan Rate (V/s)", "scan_rate_volt_per_second"),
        ("Init E (V)", "bias_volt"),
        ("Quiet Time (sec)", "quiet_second"),
    ):
        try:
            meta[name] = float(fields[key])
        except (KeyError, ValueError):
            continue
    if fields.get("Note"):
        meta["note"] = fields["Note"]
    return meta | ({"simulated": True} if _MARK in head else {})


def _made(technique: str, columns: dict[str, NDArray[np.float64]], meta: dict[str, Json]) -> tuple[Measurement, ...]:
    if technique == "impedance":
        notes = record_checks.check(columns, ("frequency_hertz",))
        return tuple(
            Measurement(technique=technique, columns={n: c[part] for n, c in columns.items()}, meta=meta, notes=notes)
            for part in impedance_spectra.split(columns["frequency_hertz"])
        )
    rate, bias = number_or_none(meta.get("scan_rate_volt_per_second")), number_or_none(meta.get("bias_volt"))
    if technique == "voltammetry" and rate is not None and rate > 0:
        path = np.abs(np.diff(columns["voltage_volt"], prepend=columns["voltage_volt"][:1]))
        columns["test_time_second"] = np.cumsum(path) / rate
    if technique == "polarisation" and bias is not None:
        columns["voltage_volt"] = np.full(len(columns["current_ampere"]), bias)
    return (Measurement(technique=technique, columns=columns, meta=meta, notes=record_checks.check(columns)),)


def _rate(measurement: Measurement) -> float:
    """The stated scan rate (V/s), or that of the records; 0.01 where neither is known."""
    stated = measurement.meta.get("scan_rate_volt_per_second")
    time = measurement.columns.get("test_time_second")
    if stated is not None or time is None or len(time) < 2 or time[-1] <= time[0]:
        return float(stated or _USUAL_RATE)
    return float(np.abs(np.diff(measurement["voltage_volt"])).sum() / (time[-1] - time[0]))


def write(measurement: Measurement) -> bytes:
    """Write a sweep or a current-time curve in the format of CHI's text export.

    Raises
    ------
    InputError
        If it is something else, or a column is missing.
    """
    meta, note = measurement.meta, _MARK if measurement.is_simulated else ""
    lines = [str(meta.get("started", "Jan. 1, 2026   12:00:00"))]
    if measurement.technique == "polarisation":
        lines += ["Amperometric i-t Curve"]
        fields = [f"Init E (V) = {float(measurement['voltage_volt'][0]):.6g}"]
        pairs, head = (measurement["test_time_second"], measurement["current_ampere"]), "Time/sec, Current/A"
    elif measurement.technique in {"voltammetry", "conductivity"}:
        lines += ["Linear Sweep Voltammetry"]
        volt = measurement["voltage_volt"]
        fields = [f"Init E (V) = {float(volt[0]):.6g}", f"Final E (V) = {float(volt[-1]):.6g}"]
        fields += [f"Scan Rate (V/s) = {_rate(measurement):.6g}"]
        pairs, head = (volt, measurement["current_ampere"]), "Potential/V, Current/A"
    else:
        raise InputError(f"{measurement.technique} data cannot be written as CHI text")
    lines += ["File: c:\\chi660e\\data.bin", "Data Source:  Experiment", "Instrument Model:  CHI660E", "Header: "]
    lines += [f"Note: {note or meta.get('note', '')}", "", *fields, "Quiet Time (sec) = 2", "", head, ""]
    lines += [f"{x:.7e}, {y:.7e}" for x, y in zip(*pairs, strict=True)]
    return ("\r\n".join(lines) + "\r\n").encode()

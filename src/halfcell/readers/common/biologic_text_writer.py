"""Write a measurement as a text file of EC-Lab (.mpt)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.biologic_columns import technique_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Array = NDArray[Any]  # floats or integers

_TITLES = {
    "cycling": "Galvanostatic Cycling with Potential Limitation",
    "voltammetry": "Cyclic Voltammetry",
    "impedance": "Potentio Electrochemical Impedance Spectroscopy",
    "polarisation": "Chronoamperometry / Chronocoulometry",
}
_FLAGS = ("mode", "ox/red", "error", "control changes", "Ns changes", "counter inc.")


def write(measurement: Measurement) -> bytes:
    """Write cycling, voltammetry, impedance or chronoamperometry in EC-Lab's text format (decimal point, LF, latin-1).

    Voltages are written with seven digits as EC-Lab does (single precision), times, charges and currents with fifteen.
    If the measurement has no charge, the current is integrated (trapezoidal rule).

    Raises
    ------
    InputError
        If the technique is not one of these four.
    """
    technique = measurement.technique
    if technique not in _TITLES:
        raise InputError(f"{technique} data cannot be written as .mpt", hint=f"supported: {', '.join(_TITLES)}")
    table = _spectrum(measurement) if technique == "impedance" else _record(measurement)
    title = str(measurement.meta.get("protocol", ""))
    header = _header(measurement, title if technique_of(title, ()) == technique and title else _TITLES[technique])
    count = len(header) + 3
    lines = ["EC-Lab ASCII FILE", f"Nb header lines : {count:<26d}", *header, "\t".join(table) + "\t"]
    texts = [_texts(name, values) for name, values in table.items()]
    lines += ["\t".join(row) for row in zip(*texts, strict=True)]
    return ("\n".join(lines) + "\n").encode("latin-1", errors="replace")


def _header(measurement: Measurement, title: str) -> list[str]:
    meta = measurement.meta
    began = str(meta.get("started", "2024-01-01T00:00:00"))
    start = datetime.fromisoformat(began)
    comment = "simulated by halfcell" if measurement.is_simulated else str(meta.get("comment", ""))
    acquisition = f"{start:%m/%d/%Y %H:%M:%S}.{start.microsecond // 1000:03d}"
    done = start + timedelta(seconds=float(measurement.columns.get("test_time_second", np.zeros(1))[-1]))
    return [
        "",
        title,
        "",
        "Electrode connection : standard",
        "Potential control : Ewe",
        f"Acquisition started on : {acquisition}",
        f"Saved on : {done:%m/%d/%Y %H:%M:%S}",
        "Device : none (halfcell)" if measurement.is_simulated else "Device : unknown",
        "EC-Lab for windows v11.50 (software)",
        f"Comments : {comment}",
        "Cycle Definition : Charge/Discharge alternance",
        "",
    ]


def _record(measurement: Measurement) -> dict[str, Array]:
    """EC-Lab's columns of records over time."""
    time, current = measurement["test_time_second"], measurement["current_ampere"]
    columns = measurement.columns
    count = len(time)
    zero = np.zeros(count, dtype=np.int64)
    step = columns.get("step_id", zero)
    charge = columns.get("net_capacity_ah")
    if charge is None:
        piece = np.diff(time, prepend=time[:1]) * (current + np.roll(current, 1)) / 2 / 3600
        piece[:1] = 0.0
        charge = np.cumsum(piece)
    table: dict[str, Array] = dict.fromkeys(_FLAGS, zero)
    table["mode"] = _modes(measurement, current)
    table["ox/red"] = (current > 0).astype(np.int64)
    table["Ns changes"] = (np.diff(step, prepend=step[:1]) != 0).astype(np.int64)
    table |= {"Ns": np.asarray(step, dtype=np.int64), "time/s": time}
    table |= {"dq/mA.h": np.diff(charge, prepend=charge[:1]) * 1e3, "(Q-Qo)/mA.h": charge * 1e3}
    table |= {"Ewe/V": measurement["voltage_volt"], "<I>/mA": current * 1e3}
    if "half_cycle_net_capacity_ah" in columns:
        table["Q charge/discharge/mA.h"] = columns["half_cycle_net_capacity_ah"] * 1e3
    if "counter_electrode_volt" in columns:
        table["Ece/V"] = columns["counter_electrode_volt"]
    if "half_cycle_count" in columns:
        table["half cycle"] = np.asarray(columns["half_cycle_count"], dtype=np.int64)
    if "cycle_count" in columns:
        table["cycle number"] = columns["cycle_count"]
    return table


def _modes(measurement: Measurement, current: Array) -> Array:
    """EC-Lab's mode of each record: 1 galvanostatic, 2 potentiostatic, 3 open circuit; from the step types."""
    if measurement.technique != "cycling":
        return np.full(len(current), 2)
    guess: Array = np.where(current == 0, 3, 1)
    words = measurement.meta.get("step_types", {})
    codes = measurement.columns.get("step_type_code")
    if codes is None:
        return guess
    for code, word in words.items():
        low = str(word).lower().replace("_", " ")
        held = any(sign in low for sign in ("cv", "potentiostatic", "constant voltage")) and "cc" not in low
        rests = any(sign in low for sign in ("rest", "open", "ocv", "pause"))
        guess[codes == float(code)] = 3 if rests else 2 if held else 1
    return guess


def _spectrum(measurement: Measurement) -> dict[str, Array]:
    """EC-Lab's columns of a spectrum."""
    real, imaginary = measurement["real_impedance_ohm"], measurement["imaginary_impedance_ohm"]
    zero = np.zeros(len(real))
    return {
        "freq/Hz": measurement["frequency_hertz"],
        "Re(Z)/Ohm": real,
        "-Im(Z)/Ohm": -imaginary,
        "|Z|/Ohm": np.hypot(real, imaginary),
        "Phase(Z)/deg": np.rad2deg(np.arctan2(imaginary, real)),
        "time/s": measurement.columns.get("test_time_second", zero),
        "<Ewe>/V": measurement.columns.get("voltage_volt", zero),
        "<I>/mA": measurement.columns.get("current_ampere", zero) * 1e3,
        "cycle number": np.full(len(real), float(measurement.meta.get("spectrum", 1))),
    }


def _texts(name: str, values: Array) -> list[str]:
    """Integers as they are; floats with fifteen or seven decimals and exponents of three digits, as EC-Lab."""
    if values.dtype.kind in "iu":
        return [str(value) for value in values.tolist()]
    places = 7 if name.endswith(("/V", "/Ohm", "/Hz", "/deg")) else 15
    plain = [f"{value:.{places}E}" for value in np.asarray(values, dtype=np.float64).tolist()]
    return [f"{text[:-2]}0{text[-2:]}" if text[-3] in "+-" else text for text in plain]

"""Write a sweep or a spectrum as a text file of Gamry Framework (.DTA)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Array = NDArray[np.float64]

MARK = "simulated by halfcell"
_BEGAN = "2024-01-01T00:00:00"
_SWEEP = ("Pt\tT\tVf\tIm\tVu\tSig\tAch\tIERange\tOver", "#\ts\tV vs. Ref.\tA\tV\tV\tV\t#\tbits")
_SPECTRUM = (
    "Pt\tTime\tFreq\tZreal\tZimag\tZsig\tZmod\tZphz\tIdc\tVdc\tIERange",
    "#\ts\tHz\tohm\tohm\tV\tohm\t°\tA\tV\t#",
)


def write(measurement: Measurement) -> bytes:
    """Write voltammetry (one table per cycle) or impedance as Gamry Framework does: latin-1, CR LF, decimal points.

    Raises
    ------
    InputError
        If the technique is another one, or a column is missing.
    """
    if measurement.technique == "voltammetry":
        lines = [*_head(measurement, "CV", "Cyclic Voltammetry", _of_sweep(measurement)), *_sweeps(measurement)]
    elif measurement.technique == "impedance":
        lines = [*_head(measurement, "EISPOT", "Potentiostatic EIS", _of_spectrum(measurement)), *_table(measurement)]
    else:
        raise InputError(f"{measurement.technique} data cannot be written as .DTA", hint="voltammetry, impedance")
    return ("\r\n".join(lines) + "\r\n").encode("latin-1", errors="replace")


def _head(measurement: Measurement, tag: str, title: str, fields: Mapping[str, str]) -> list[str]:
    """What Framework states before the tables."""
    began = datetime.fromisoformat(str(measurement.meta.get("started", _BEGAN)))
    note = MARK if measurement.is_simulated else str(measurement.meta.get("comment", ""))
    return [
        "EXPLAIN",
        f"TAG\t{tag}",
        f"TITLE\tLABEL\t{measurement.meta.get('title') or title}\tTest &Identifier",
        f"DATE\tLABEL\t{began.month}/{began.day}/{began.year}\tDate",
        f"TIME\tLABEL\t{began:%H:%M:%S}\tTime",
        "NOTES\tNOTES\t1\t&Notes...",
        f"\t{note}",
        *(f"{key}\t{text}" for key, text in fields.items()),
    ]


def _of_sweep(measurement: Measurement) -> dict[str, str]:
    volt, time = measurement["voltage_volt"], measurement["test_time_second"]
    rate = 1e3 * float(np.abs(np.diff(volt)).sum() / (time[-1] - time[0]))
    return {
        "VLIMIT1": f"POTEN\t{_number(float(volt.min()))}\tF\tScan Limit &1 (V)",
        "VLIMIT2": f"POTEN\t{_number(float(volt.max()))}\tF\tScan Limit &2 (V)",
        "SCANRATE": f"QUANT\t{_number(float(measurement.meta.get('scan_rate_mv_per_s', rate)))}\t&Scan Rate (mV/s)",
    }


def _of_spectrum(measurement: Measurement) -> dict[str, str]:
    hertz = measurement["frequency_hertz"]
    return {
        "FREQINIT": f"QUANT\t{_number(float(hertz[0]))}\tInitial Fre&q. (Hz)",
        "FREQFINAL": f"QUANT\t{_number(float(hertz[-1]))}\tFinal Fre&q. (Hz)",
    }


def _sweeps(measurement: Measurement) -> list[str]:
    """One table per cycle."""
    time, volt, current = (measurement[name] for name in ("test_time_second", "voltage_volt", "current_ampere"))
    cycle = measurement.columns.get("cycle_count", np.ones(len(time)))
    lines, numbers = [], np.unique(cycle)
    for place, number in enumerate(numbers, 1):
        rows = np.flatnonzero(cycle == number)
        lines += [f"CURVE{place if len(numbers) > 1 else ''}\tTABLE\t{len(rows)}", *(f"\t{row}" for row in _SWEEP)]
        lines += [
            f"\t{k}\t{time[k]:.7g}\t{_number(volt[k])}\t{_number(current[k])}\t{_number(0.0)}\t{_number(volt[k])}"
            f"\t{_number(0.0)}\t8\t..........."
            for k in rows
        ]
    return lines


def _table(measurement: Measurement) -> list[str]:
    """The table of a spectrum."""
    hertz, real, imaginary = (
        measurement[name] for name in ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm")
    )
    zero = np.zeros(len(hertz))
    time = measurement.columns.get("test_time_second", zero)
    volt, current = (measurement.columns.get(name, zero) for name in ("voltage_volt", "current_ampere"))
    size, angle = np.hypot(real, imaginary), np.rad2deg(np.arctan2(imaginary, real))
    rows = []
    for k in range(len(hertz)):
        values = _short((time[k], hertz[k], real[k], imaginary[k], 1.0, size[k], angle[k]))
        rows.append("\t".join(["", str(k), *values, _number(current[k]), _number(volt[k]), "9"]))
    return [f"ZCURVE\tTABLE\t{len(hertz)}", *(f"\t{row}" for row in _SPECTRUM), *rows]


def _short(values: Sequence[float]) -> list[str]:
    """Numbers with seven digits."""
    return [f"{value:.7g}" for value in values]


def _number(value: float) -> str:
    """A number as Framework writes it: six digits and an exponent of three."""
    mantissa, exponent = f"{value:.5E}".split("E")
    return f"{mantissa}E{exponent[0]}{int(exponent[1:]):03d}"

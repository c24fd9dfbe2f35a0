r"""A current-time record: where the bias begins, whether the current came to rest, and at which value.

Steady state: the slope of ln \|I\| over ln t (t since the step) over the last half of the record is at most the limit
(0.1), and the current changes by less than the limit (2 %) over the last twentieth. A stretched transient passes no
shorter test: stopped at 1 h of 12 it is 5 times too high, and looks flat on a linear axis. The steady current is the
mean over the last twentieth; its uncertainty counts how residuals follow each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.result import Note
from halfcell.maths.line import polynomial

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.polarisation.records import Reals, Settings

_FEWEST = 20


@dataclass(frozen=True, eq=False)
class Transient:
    """Time since the step, current (sign of the bias), bias, and the tests of its end."""

    time: Reals
    current: Reals
    bias: float
    first: int  # of the last twentieth
    value: float
    std: float
    slope: float
    slope_std: float
    drift: float  # of the current over the last twentieth, a part
    notes: tuple[Note, ...]


def prepare(measurement: Measurement, settings: Settings) -> Transient:
    """Find the step and judge the end of the record.

    Raises
    ------
    InputError
        If a column is missing, or the bias is neither set nor in the file.
    Refused
        If fewer than 20 records follow the step, or the current is lost in the noise.
    """
    time = np.asarray(measurement["test_time_second"], dtype=float)
    current = np.asarray(measurement["current_ampere"], dtype=float) - settings.leakage_ampere
    voltage = measurement.columns.get("voltage_volt")
    notes: list[Note] = []
    bias = _bias(voltage, settings, measurement, notes)
    begin = _step(voltage, bias)
    good = np.isfinite(time) & np.isfinite(current)
    good[:begin] = False
    time, current = time[good] - time[begin], current[good]
    time = time + max(float(np.median(np.diff(time))), 1e-9) * 0.5 if len(time) > 1 else time  # ln t needs t > 0
    if len(time) < _FEWEST or time[-1] <= 0:
        raise Refused(f"{len(time)} records after the step are too few", measurement.where, f"at least {_FEWEST}")
    current = _sign(current, bias, notes)
    first = int(np.searchsorted(time, 0.95 * time[-1]))
    first = min(first, len(time) - 5)
    return _judged(time, current, bias, first, tuple(notes))


def _bias(voltage: Reals | None, settings: Settings, measurement: Measurement, notes: list[Note]) -> float:
    stated = settings.bias_mv / 1000 if settings.bias_mv is not None else None
    if voltage is None or not len(voltage):
        if stated is None:
            raise InputError("the bias is neither in the file nor set", measurement.where, "set bias_mv")
        return stated
    found = float(np.median(np.asarray(voltage)[len(voltage) // 2 :]))
    if stated is not None and abs(found - stated) > 0.02 * abs(stated):
        text = f"bias_mv is {1000 * stated:g}, the file says {1000 * found:.4g} mV: the file's is used"
        notes.append(Note("doubt", "bias_differs", text))
    if found == 0:
        raise Refused("the bias is zero", measurement.where, "a conductivity needs a bias")
    return found


def _step(voltage: Reals | None, bias: float) -> int:
    """The first record at the bias that lasts to the end."""
    if voltage is None:
        return 0
    off = np.flatnonzero(np.abs(np.asarray(voltage) - bias) > 0.1 * abs(bias))
    return int(off[-1] + 1) if len(off) and off[-1] + 1 < 0.5 * len(voltage) else 0


def _sign(current: Reals, bias: float, notes: list[Note]) -> Reals:
    if float(np.median(current[len(current) // 2 :])) * bias < 0:
        text = "the current has the sign opposite to the bias: the instrument counts it the other way; turned"
        notes.append(Note("correction", "current_sign", text))
        return -current
    return current


def _judged(time: Reals, current: Reals, bias: float, first: int, notes: tuple[Note, ...]) -> Transient:
    end, half = slice(first, None), time >= 0.5 * time[-1]
    mean = polynomial(time[end], current[end], 0)
    value, std = float(mean.values[0]), float(mean.std[0])
    if abs(value) <= 3 * std:
        raise Refused(f"the current at the end, {value:.2g} A, is within its noise", hint="a larger bias, less leakage")
    magnitude = np.abs(current)
    safe = half & (magnitude > 0)
    bent = polynomial(np.log(time[safe]), np.log(magnitude[safe]), 1)
    trend = polynomial(time[end] - time[first], current[end], 1)
    drift = abs(float(trend.values[1])) * float(time[-1] - time[first]) / abs(value)
    return Transient(time, current, bias, first, value, std, float(bent.values[1]), float(bent.std[1]), drift, notes)

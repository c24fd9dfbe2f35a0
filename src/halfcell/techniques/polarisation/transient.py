r"""A current-time record: where the bias begins, whether the current came to rest, and at which value.

Steady state: the slope of ln \|I\| over ln t (t since the step) over the last half of the record is at most the limit
(0.02), within its noise; the current changes by less than the limit (2 %) over the last twentieth; and by three windows
(`remainder`) less than the limit (2 %) is still to be lost. A stretched transient passes no shorter test: stopped at 1
h of 12 it is 5 times too high, and looks flat on a linear axis; a power law without any conduction passes a test of the
slope alone. The steady current is the mean over the last twentieth; its uncertainty counts how residuals follow each
other, the last digit of the instrument, and what may still be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.result import Note
from halfcell.maths.differential_capacity import last_digit
from halfcell.maths.straight_line import polynomial
from halfcell.techniques.common.measurement_checks import sound
from halfcell.techniques.polarisation.remainder import Reading, Remainder, remainder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.polarisation.settings import Settings

    Reals = NDArray[np.float64]

_FEWEST = 20  # records after the step
_END, _LATE = 0.95, 0.5  # parts of the duration from which on the mean is taken, and the slope
_BIAS_AGREES = 0.02  # relative: further from the bias that is set is a doubt
_ROUNDING = 1e-9  # of the largest current: smaller steps are the rounding of computer numbers, no digit
_AT_BIAS = 0.1  # relative: further from the bias the step has not begun
_SEEN = 3  # standard uncertainties of a current that is one


@dataclass(frozen=True, eq=False, kw_only=True)
class Transient:
    """Time since the step (s), current (A, with the sign of the bias), bias (V), and the tests of the record's end.

    `first` is the first record of the last twentieth, over which the current has the mean `value` with `std` and
    drifts by `drift`, as a part; `slope` with `slope_std` is that of ln I over ln t over the last half; `remains` is
    what may still be lost.
    """

    time: Reals
    current: Reals
    bias: float
    first: int
    value: float
    std: float
    slope: float
    slope_std: float
    drift: float
    remains: Remainder
    notes: tuple[Note, ...]


@dataclass(frozen=True, kw_only=True)
class Bias:
    """The bias (V), and a doubt where the file and the settings differ."""

    volt: float
    notes: tuple[Note, ...] = ()


def transient(measurement: Measurement, settings: Settings) -> Transient:
    """Find the step and judge the end of the record.

    Parameters
    ----------
    measurement
        Time (s), current (A) and, where the file has it, voltage (V), shape (n,).
    settings
        The bias (mV) where the file has none, and the leakage (A).

    Returns
    -------
    Transient
        The record since the step, the steady current (A) and what it may still lose.

    Raises
    ------
    InputError
        If a column is missing, or the bias is neither set nor in the file.
    Refused
        If the time goes backwards, fewer than 20 records follow the step, or the current is lost in the noise.

    Source: procedure of this package.
    """
    sound(measurement, "test_time_second", "current_ampere")
    time = np.asarray(measurement["test_time_second"], dtype=float)
    current = np.asarray(measurement["current_ampere"], dtype=float) - settings.leakage_ampere
    voltage = measurement.columns.get("voltage_volt")
    bias = _bias(voltage, settings, measurement.where)
    begin = _step(voltage, bias.volt)
    good = np.isfinite(time) & np.isfinite(current)
    good[:begin] = False
    time, current = time[good] - time[begin], current[good]
    if np.any(np.diff(time) < 0):
        what = "the time goes backwards: whether the current came to rest cannot be judged"
        raise Refused(what, measurement.where, "export the record again, or only the part after the clock was set")
    time = time + max(float(np.median(np.diff(time))), 1e-9) * 0.5 if len(time) > 1 else time  # ln t needs t > 0
    if len(time) < _FEWEST or time[-1] <= 0:
        raise Refused(f"{len(time)} records after the step are too few", measurement.where, f"at least {_FEWEST}")
    inverted = float(np.median(current[len(current) // 2 :])) * bias.volt < 0
    return _judged(time, -current if inverted else current, bias, _inverted_note() if inverted else ())


def _bias(voltage: Reals | None, settings: Settings, where: str) -> Bias:
    """The file's bias, a median over the second half of the record; the set one where the file has no voltage."""
    stated = settings.bias_mv / 1000 if settings.bias_mv is not None else None
    if voltage is None or not len(voltage):
        if stated is None:
            raise InputError("the bias is neither in the file nor set", where, "set bias_mv")
        return Bias(volt=stated)
    found = float(np.median(np.asarray(voltage)[len(voltage) // 2 :]))
    if found == 0:
        raise Refused("the bias is zero", where, "a conductivity needs a bias")
    if stated is None or abs(found - stated) <= _BIAS_AGREES * abs(stated):
        return Bias(volt=found)
    text = f"bias_mv is {1000 * stated:g}, the file says {1000 * found:.4g} mV: that of the file is used"
    return Bias(volt=found, notes=(Note("doubt", "bias_differs", text),))


def _step(voltage: Reals | None, bias: float) -> int:
    """The first record at the bias that lasts to the end; where it is left again, the first record at the bias."""
    if voltage is None:
        return 0
    at_bias = np.abs(np.asarray(voltage) - bias) <= _AT_BIAS * abs(bias)
    off = np.flatnonzero(~at_bias)
    return int(off[-1] + 1) if len(off) and off[-1] + 1 < 0.5 * len(at_bias) else int(np.argmax(at_bias))


def _inverted_note() -> tuple[Note, ...]:
    text = "the current has the sign opposite to the bias: the instrument counts it the other way, so it was inverted"
    return (Note("correction", "current_sign", text),)


def _judged(time: Reals, current: Reals, bias: Bias, notes: tuple[Note, ...]) -> Transient:
    """The mean current at the end, with the slope and drift by which it is judged."""
    first = min(int(np.searchsorted(time, _END * time[-1])), len(time) - 5)
    end, half = slice(first, None), time >= _LATE * time[-1]
    mean = polynomial(time[end], current[end], 0)
    value = float(mean.values[0])
    digit = last_digit(current, _ROUNDING * float(np.max(np.abs(current)))) / np.sqrt(12.0)
    std = float(np.hypot(mean.std[0], digit))
    if abs(value) <= _SEEN * std:
        raise Refused(f"the current at the end, {value:.2g} A, is within its noise", hint="a larger bias, less leakage")
    magnitude = np.abs(current)
    safe = half & (magnitude > 0)
    bent = polynomial(np.log(time[safe]), np.log(magnitude[safe]), 1)
    trend = polynomial(time[end] - time[first], current[end], 1)
    return Transient(
        time=time,
        current=current,
        bias=bias.volt,
        first=first,
        value=value,
        std=std,
        slope=float(bent.values[1]),
        slope_std=float(bent.std[1]),
        remains=remainder(time, current, Reading(value, std, float(digit))),
        drift=abs(float(trend.values[1])) * float(time[-1] - time[first]) / abs(value),
        notes=(*bias.notes, *notes),
    )

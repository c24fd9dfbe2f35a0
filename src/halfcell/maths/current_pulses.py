"""Pulses of a current record: resistances from the change of the voltage, diffusion coefficients from titrations.

Source: W. Weppner, R. A. Huggins, J. Electrochem. Soc. 124 (1977) 1569 for the galvanostatic intermittent titration,
``D = 4 L^2 / (pi t) (dEs / dEt)^2``, which holds while ``t << L^2 / D`` and the voltage is linear in the root of the
time; `L` is the volume of the active material over its surface (a third of the radius of spheres). Resistances are the
change of the voltage over that of the current, ``R = dU / dI``, at a stated time after the step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.maths.differential_capacity import last_digit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.current_record import Record

    Floats = NDArray[np.float64]

_STEADY, _MOST = 0.05, 0.9  # a pulse keeps its current within this in so many of its records
_LEAST = 5  # records of a pulse, and of the rest before it
_EARLY = 0.1  # of a pulse: the beginning, where the double layer charges, is no diffusion
_QUIET, _LITTLE, _GAP = 0.02, 0.05, 3.0  # readings of a rest: of the largest current, of all charge, below the others
_SAMPLE = 1 << 19  # records tell the readings of rests: memory does not grow with the record
_BINS = 4  # of the size of a current, per octave
_FAR = 3.0  # times the distance of its records: a longer interval before a pulse does not tell when it began
_UNKNOWN = 0.2  # of the time at which a resistance is taken: so much may its beginning be unknown
_LATE = 0.25  # of a rest: the end, whose slope tells what has still to relax


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """One pulse between two rests: rows `first` .. `last`, current (A, positive charges), times (s), voltages.

    `begin_s` is the time at which it begins, `open_s` by how much that is not known. `rest_volt` is the voltage at the
    end of the rest before it, `drift_v_per_s` its slope there. `relaxed_volt` is the voltage at the end of the rest
    after it, `rest_s` the duration of that rest; `open_before_v` and `open_after_v` are by how much the voltage has
    still to change at the end of either rest, and `step_std_v` the standard uncertainty of the step between them by
    noise. What belongs to the rest after the pulse is not a number without one.
    """

    first: int
    last: int
    current_a: float
    begin_s: float
    open_s: float
    duration_s: float
    rest_volt: float
    relaxed_volt: float
    rest_s: float
    drift_v_per_s: float
    open_before_v: float
    open_after_v: float
    step_std_v: float


def find_pulses(record: Record, most_as: float) -> tuple[Pulse, ...]:
    """The pulses of a constant current between rests of at least five records each.

    Parameters
    ----------
    record
        Time (s), current (A), voltage (V) and steps, shape (n,).
    most_as
        Charge (As) up to which a step is a pulse.

    Returns
    -------
    tuple of Pulse
        In the order of the record.

    Source: procedure of this package.
    """
    live = np.append(False, np.append(np.abs(record.current_a) > quiet_current(record), False))
    begins, ends = np.flatnonzero(~live[:-1] & live[1:]), np.flatnonzero(live[:-1] & ~live[1:]) - 1
    before = np.append(0, ends[:-1] + 1)
    after = np.append(begins[1:], len(record.current_a))
    middle = np.abs(record.current_a[(begins + ends) // 2])
    short = middle * (record.time_s[ends] - record.time_s[begins]) <= most_as
    wanted = short & (begins - before >= _LEAST) & (ends - begins + 1 >= _LEAST)
    made = []
    for place in np.flatnonzero(wanted).tolist():
        rows = (int(before[place]), int(begins[place]), int(ends[place]), int(after[place]))
        current = record.current_a[rows[1] : rows[2] + 1]
        usual = float(np.median(current))
        if float(np.mean(np.abs(current - usual) <= _STEADY * abs(usual))) >= _MOST:
            made.append(_pulse(record, rows, usual))
    return tuple(made)


def quiet_current(record: Record) -> float:
    """The largest current that a rest is read with: offset and noise of the instrument.

    It is at most 2 % of the largest current, the readings up to it carry at most 5 % of all charge, and the next
    larger reading is at least three times as large.

    Parameters
    ----------
    record
        Time (s), current (A), voltage (V) and steps, shape (n,).

    Returns
    -------
    float
        A; 0 where rests read zero.

    Source: procedure of this package.
    """
    every = slice(None, None, max(len(record.current_a) // _SAMPLE, 1))
    size, time = np.abs(record.current_a[every]), record.time_s[every]
    live = size > 0
    if not live.any():
        return 0.0
    passed = size * np.maximum(np.diff(time, prepend=time[:1]), 0.0)
    places = np.floor(_BINS * np.log2(size[live])).astype(np.int64)
    lowest = int(places.min())
    charge = np.cumsum(np.bincount(places - lowest, passed[live]))
    filled = np.flatnonzero(np.bincount(places - lowest))
    apart = np.diff(filled) > _BINS * math.log2(_GAP) + 1
    upper = 2.0 ** ((filled[:-1] + 1 + lowest) / _BINS)  # the upper end of each bin that is filled
    found = np.flatnonzero(apart & (upper <= _QUIET * size.max()) & (charge[filled[:-1]] <= _LITTLE * charge[-1]))
    return float(upper[found[-1]]) if len(found) else 0.0


def _pulse(record: Record, rows: tuple[int, int, int, int], current: float) -> Pulse:
    before, first, last, after = rows
    time, voltage = record.time_s, record.voltage_v
    late = slice(max(before, first - _LEAST), first)
    lasted = float(time[first - 1] - time[late][0])
    drift = float(voltage[first - 1] - voltage[late][0]) / lasted if lasted > 0 else 0.0
    rested = after - last - 1 >= _LEAST
    begin, unknown = beginning(record, first)
    one = _still_to_come(time[before:first] - time[max(before - 1, 0)], voltage[before:first])
    two = _still_to_come(time[last + 1 : after] - time[last], voltage[last + 1 : after]) if rested else _NO_REST
    return Pulse(
        first=first,
        last=last,
        current_a=current,
        begin_s=begin,
        open_s=unknown,
        duration_s=float(time[last]) - begin,
        rest_volt=float(voltage[first - 1]),
        relaxed_volt=float(voltage[after - 1]) if rested else math.nan,
        rest_s=float(time[after - 1] - time[last]) if rested else 0.0,
        drift_v_per_s=drift,
        open_before_v=one.change_v,
        open_after_v=two.change_v,
        step_std_v=math.hypot(one.noise_v, two.noise_v),
    )


def beginning(record: Record, first: int) -> tuple[float, float]:
    """When a pulse begins, and by how much that is not known.

    The time within the step tells it, where the file has it. Else it is the last record of the rest, unless that lies
    further back than three of the pulse's own intervals: then it began at most one interval before its first record.

    Parameters
    ----------
    record
        Time (s), current (A), voltage (V) and steps, shape (n,).
    first
        The first row of the pulse.

    Returns
    -------
    tuple of float
        The time of the beginning and its uncertainty (s); the latter is a bound, 0 where the record tells the
        beginning.

    Source: procedure of this package.
    """
    time = record.time_s
    gap, own = float(time[first] - time[first - 1]), float(time[first + 1] - time[first])
    if record.step_time_s is not None and 0.0 <= record.step_time_s[first] <= gap * (1.0 + 1e-6) + 1e-3:
        return float(time[first] - record.step_time_s[first]), 0.0
    if gap <= _FAR * own:
        return float(time[first - 1]), 0.0
    return float(time[first]) - 0.5 * own, 0.5 * own


class _Rest(NamedTuple):
    """By how much a voltage has still to change at the end of a rest, and its noise (V)."""

    change_v: float
    noise_v: float


_NO_REST = _Rest(math.nan, math.nan)


def _still_to_come(since: Floats, voltage: Floats) -> _Rest:
    """By how much a voltage has still to change at the end of a rest, from its slope over the last quarter.

    After semi-infinite diffusion the voltage relaxes with the inverse root of the time, of which ``2 t dV/dt`` is still
    to come; a particle that fills evenly relaxes faster, so that this is its upper limit. Zero where the slope is lost
    in the noise.
    """
    late = since >= (1.0 - _LATE) * since[-1]
    if np.count_nonzero(late) < _LEAST:
        late = np.arange(len(since)) >= len(since) - _LEAST
    x, y = since[late] - since[late].mean(), voltage[late]
    spread = float(x @ x)
    slope = float(x @ y) / spread if spread > 0 else 0.0
    left = y - y.mean() - slope * x
    noise = math.hypot(float(np.sqrt(left @ left / max(len(x) - 2, 1))), last_digit(voltage) / math.sqrt(12.0))
    seen = spread > 0 and abs(slope) > 2.0 * noise / math.sqrt(spread)
    return _Rest(2.0 * float(since[-1]) * slope if seen else 0.0, noise)


def pulse_resistance(record: Record, pulse: Pulse, after_s: float) -> float:
    r"""Resistance at a time after the beginning of a pulse, :math:`R = \Delta U/I`.

    The voltage is interpolated between records; what it would have drifted since the rest is taken off.

    Parameters
    ----------
    record, pulse
        The record and one of its pulses.
    after_s
        Time (s) after the beginning.

    Returns
    -------
    float
        Ohm; not a number where the pulse is shorter, its first record comes later, or the record does not tell when it
        began.

    Source: definition.
    """
    rows = slice(pulse.first, pulse.last + 1)
    since = record.time_s[rows] - pulse.begin_s
    if not (since[0] <= after_s <= since[-1]) or pulse.open_s > _UNKNOWN * after_s:
        return math.nan
    reached = float(np.interp(after_s, since, record.voltage_v[rows]))
    return (reached - pulse.rest_volt - pulse.drift_v_per_s * after_s) / pulse.current_a


@dataclass(frozen=True, kw_only=True)
class Titration:
    """A titration step: diffusion coefficient (m2/s), how straight its transient is, and its two changes (V).

    `straight` is the share of the variance that a line over the root of the time explains, `steady_v` the change of the
    relaxed voltage, `transient_v` that during the pulse without the ohmic jump.
    """

    coefficient: float
    straight: float
    steady_v: float
    transient_v: float


def titration(record: Record, pulse: Pulse, length_m: float) -> Titration | None:
    r"""The diffusion coefficient of one titration step, :math:`D = 4 L^2/(\pi t)\,(\Delta E_s/\Delta E_t)^2`.

    dEs is the change of the relaxed voltage over the step, and dEt the change during the pulse without the ohmic
    jump: the slope of the voltage over the root of the time, times the root of the duration. The first tenth of the
    pulse, where the double layer charges, is left out.

    Parameters
    ----------
    record, pulse
        The record and one of its pulses.
    length_m
        L (m), the volume of the active material over its surface: a third of the radius of spheres.

    Returns
    -------
    Titration or None
        D (m2/s), and how straight the voltage was; None where the step has no two changes.

    Source: W. Weppner, R. A. Huggins, J. Electrochem. Soc. 124 (1977) 1569.
    """
    rows = slice(pulse.first, pulse.last + 1)
    since = record.time_s[rows] - pulse.begin_s
    late = since >= _EARLY * pulse.duration_s
    if np.count_nonzero(late) < _LEAST or not math.isfinite(pulse.relaxed_volt):
        return None
    root, voltage = np.sqrt(since[late]), record.voltage_v[rows][late]
    slope, offset = np.polyfit(root, voltage, 1)
    left = float(np.sum((voltage - slope * root - offset) ** 2))
    spread = float(np.sum((voltage - voltage.mean()) ** 2))
    steady = pulse.relaxed_volt - pulse.rest_volt
    transient = float(slope) * math.sqrt(pulse.duration_s)
    if transient == 0 or spread == 0:
        return None
    found = 4.0 * length_m**2 / (math.pi * pulse.duration_s) * (steady / transient) ** 2
    return Titration(coefficient=found, straight=1.0 - left / spread, steady_v=steady, transient_v=transient)

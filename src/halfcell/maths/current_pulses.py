"""Pulses of a current record: resistances from the change of the voltage, diffusion coefficients from titrations.

Source: W. Weppner, R. A. Huggins, J. Electrochem. Soc. 124 (1977) 1569 for the galvanostatic intermittent titration,
``D = 4 L^2 / (pi t) (dEs / dEt)^2``, which holds while ``t << L^2 / D`` and the voltage is linear in the root of the
time; `L` is the volume of the active material over its surface (a third of the radius of spheres). Resistances are the
change of the voltage over that of the current, ``R = dU / dI``, at a stated time after the step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.half_cycles import Record

    Floats = NDArray[np.float64]

_STEADY = 0.02  # a pulse keeps its current within this
_LEAST = 5  # records of a pulse, and of the rest before it
_EARLY = 0.1  # of a pulse: the beginning, where the double layer charges, is no diffusion


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """One pulse between two rests: rows `first` .. `last`, current (A, positive charges), duration (s), voltages.

    `rest_volt` is the voltage at the end of the rest before it, `relaxed_volt` at the end of the rest after it (not a
    number without one), `rest_s` the duration of that rest, `drift_v_per_s` the slope of the voltage at the end of the
    rest before.
    """

    first: int
    last: int
    current_a: float
    duration_s: float
    rest_volt: float
    relaxed_volt: float
    rest_s: float
    drift_v_per_s: float


def find_pulses(record: Record, most_as: float) -> tuple[Pulse, ...]:
    """The pulses of a constant current of at most so much charge (As) between rests of at least five records each."""
    live = np.append(False, np.append(record.current_a != 0, False))
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
        if float(np.max(np.abs(current - usual))) <= _STEADY * abs(usual):
            made.append(_pulse(record, rows, usual))
    return tuple(made)


def _pulse(record: Record, rows: tuple[int, int, int, int], current: float) -> Pulse:
    before, first, last, after = rows
    time, voltage = record.time_s, record.voltage_v
    late = slice(max(before, first - _LEAST), first)
    lasted = float(time[first - 1] - time[late][0])
    drift = float(voltage[first - 1] - voltage[late][0]) / lasted if lasted > 0 else 0.0
    rested = after - last - 1 >= _LEAST
    return Pulse(
        first=first,
        last=last,
        current_a=current,
        duration_s=float(time[last] - time[first - 1]),
        rest_volt=float(voltage[first - 1]),
        relaxed_volt=float(voltage[after - 1]) if rested else math.nan,
        rest_s=float(time[after - 1] - time[last]) if rested else 0.0,
        drift_v_per_s=drift,
    )


def pulse_resistance(record: Record, pulse: Pulse, after_s: float) -> float:
    """Resistance (ohm) at a time after the beginning of a pulse: change of the voltage over the current.

    The voltage is interpolated between records; what it would have drifted since the rest is taken off. Not a number
    where the pulse is shorter, or its first record comes later.
    """
    rows = slice(pulse.first, pulse.last + 1)
    since = record.time_s[rows] - record.time_s[pulse.first - 1]
    if not (since[0] <= after_s <= since[-1]):
        return math.nan
    reached = float(np.interp(after_s, since, record.voltage_v[rows]))
    return (reached - pulse.rest_volt - pulse.drift_v_per_s * after_s) / pulse.current_a


def diffusion_coefficient(record: Record, pulse: Pulse, length_m: float) -> tuple[float, float]:
    """Diffusion coefficient (m2/s) of one titration step by Weppner and Huggins, and how straight it is.

    ``D = 4 L^2 / (pi t) (dEs / dEt)^2`` with dEs the change of the relaxed voltage over the step, and dEt the change
    during the pulse without the ohmic jump: the slope of the voltage over the root of the time, times the root of the
    duration. The first tenth of the pulse, where the double layer charges, is left out.

    Returns
    -------
    coefficient, straightness
        Not a number without a rest after the pulse; the share of the variance that the straight line explains.
    """
    rows = slice(pulse.first, pulse.last + 1)
    since = record.time_s[rows] - record.time_s[pulse.first - 1]
    late = since >= _EARLY * pulse.duration_s
    if np.count_nonzero(late) < _LEAST or not math.isfinite(pulse.relaxed_volt):
        return math.nan, math.nan
    root, voltage = np.sqrt(since[late]), record.voltage_v[rows][late]
    slope, offset = np.polyfit(root, voltage, 1)
    left = float(np.sum((voltage - slope * root - offset) ** 2))
    spread = float(np.sum((voltage - voltage.mean()) ** 2))
    steady = pulse.relaxed_volt - pulse.rest_volt
    transient = float(slope) * math.sqrt(pulse.duration_s)
    if transient == 0 or spread == 0:
        return math.nan, math.nan
    found = 4.0 * length_m**2 / (math.pi * pulse.duration_s) * (steady / transient) ** 2
    return found, 1.0 - left / spread

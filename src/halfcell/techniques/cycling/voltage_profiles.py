"""Voltage profiles, differential capacity and differential voltage of the chosen cycles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.differential_capacity import dq_dv, dv_dq, noise_window
from halfcell.techniques.cycling.result import Curve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.current_record import Record
    from halfcell.techniques.cycling.capacity_scale import Scale
    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

    Floats = NDArray[np.float64]

_RATES = 20  # with more stretches than this, only the curves of the chosen cycles are kept
_POINTS = 400  # a profile keeps this many points, spread evenly along its length
_SEVERAL = 2  # stretches of one rate: one is no rate test


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """Charge (0 to 1, as a fraction of the half cycle's), voltage, and which rows are at constant voltage."""

    charge: Floats
    voltage: Floats
    held: NDArray[np.bool_]


def curves(cycles: Sequence[Cycle], record: Record, scale: Scale, settings: Settings) -> tuple[Curve, ...]:
    """The curves of the cycles in `settings.profile_cycles`, and of the last complete cycle at each rate.

    Parameters
    ----------
    cycles
        All cycles of a test.
    record
        Time (s), current (A) and voltage (V), shape (n,).
    scale
        What capacities are per.
    settings
        Which cycles, and the windows of the differential curves.

    Returns
    -------
    tuple of Curve
        Capacity (mAh/g or mAh), voltage (V), dQ/dV and dV/dQ of each half cycle, shape (points,) each.

    Source: definition; derivatives as `maths.differential_capacity`.
    """
    ends = {c.block: c.number for c in cycles if c.complete and c.role != "pulses"}
    last = {number: block for block, number in ends.items()} if _SEVERAL <= len(ends) <= _RATES else {}
    wanted = [cycle for cycle in cycles if settings.keeps_profile(cycle.number) or cycle.number in last]
    made = []
    for cycle in wanted:
        chosen, block = settings.keeps_profile(cycle.number), last.get(cycle.number, 0)
        for half in cycle.halves:
            curve = _curve(cycle.number, half, half_profile(half, record), scale, settings)
            made.append(replace(curve, chosen=chosen, block=block))
    return tuple(made)


def no_profile(cycles: Sequence[Cycle], settings: Settings) -> tuple[Note, ...]:
    """A note on the cycles of `profile_cycles` that the test does not have."""
    there = [cycle.number for cycle in cycles]
    missing = sorted(set(settings.profile_cycles) - set(there))
    if not missing or settings.profile_cycles == type(settings).profile_cycles:
        return ()  # the default does not ask for a certain cycle
    named = ", ".join(map(str, missing))
    span = f"{there[0]}" if len(there) == 1 else f"{there[0]} to {there[-1]}"
    text = f"no profile of cycle {named} (profile_cycles): the test has cycle{'s' * (len(there) > 1)} {span}"
    return (Note("refused", "profile_missing", text),)


def _curve(cycle: int, half: Half, profile: Profile, scale: Scale, settings: Settings) -> Curve:
    voltage, moving = profile.voltage, ~profile.held
    capacity = profile.charge * (half.charge_ah * scale.factor)
    wide = settings.dqdv_window_mv / 1e3 if settings.dqdv_window_mv else noise_window(voltage[moving])
    step = settings.dqdv_step_mv / 1e3 if settings.dqdv_step_mv else wide / 4.0
    at, slope = dq_dv(voltage[moving], capacity[moving], wide, step)
    window = settings.dvdq_window_percent / 100.0 * float(capacity[-1] if len(capacity) else 0.0)
    along, rise = dv_dq(voltage[moving], capacity[moving], window, window / 4.0)
    keep = thin(capacity, voltage, _POINTS)
    return Curve(
        cycle=cycle,
        charging=half.direction > 0,
        capacity=capacity[keep],
        voltage=voltage[keep],
        dqdv_voltage=at,
        dqdv=slope * half.direction,
        dqdv_window_mv=1e3 * wide,
        dvdq_capacity=along,
        dvdq=rise,
    )


def half_profile(half: Half, record: Record) -> Profile:
    """The profile of a half cycle.

    Rests inside the half cycle are left out; charge is integrated by the trapezoidal rule and scaled to end at 1.

    Parameters
    ----------
    half
        The half cycle: its rows, its charge (Ah), and that at constant voltage (Ah).
    record
        Time (s), current (A) and voltage (V), shape (n,).

    Returns
    -------
    Profile
        Charge as a part of the whole and voltage (V), shape (m,) each.

    Source: definition, by the trapezoid rule.
    """
    rows = slice(half.first_row, half.last_row + 1)
    current, voltage, time = record.current_a[rows] * half.direction, record.voltage_v[rows], record.time_s[rows]
    step = np.maximum(np.diff(time), 0.0)
    step[step > record.pause_s] = 0.0
    along = np.maximum(0.5 * (current[1:] + current[:-1]), 0.0) * step
    if record.part is not None:
        along[np.diff(record.part[rows]) != 0] = 0.0
    charge = np.concatenate((np.zeros(1), np.cumsum(along)))
    live = current > 0
    total = float(charge[-1]) or 1.0
    charge, voltage = charge[live] / total, voltage[live]
    held = charge > 1.0 - half.cv_ah / half.charge_ah if half.cv_ah > 0 else np.zeros(len(charge), bool)
    return Profile(charge=charge, voltage=voltage, held=held)


def thin(x: Floats, y: Floats, points: int) -> NDArray[np.intp]:
    """Indices of points of a curve, even along its length in the unit square, ends included.

    Parameters
    ----------
    x, y
        The curve, shape (n,), in any units.
    points
        At most so many.

    Returns
    -------
    numpy.ndarray
        Shape (m,), rising.

    Source: definition.
    """
    if len(x) <= points:
        return np.arange(len(x))
    width, height = float(np.ptp(x)) or 1.0, float(np.ptp(y)) or 1.0
    length = np.concatenate((np.zeros(1), np.cumsum(np.hypot(np.diff(x) / width, np.diff(y) / height))))
    picked = np.searchsorted(length, np.linspace(0.0, float(length[-1]), points))
    return np.unique(np.clip(picked, 0, len(x) - 1))

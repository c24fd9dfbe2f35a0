"""Voltage profiles and differential capacity of the chosen cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.differential import dq_dv
from halfcell.techniques.cycling._result import Curve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.half_cycles import Record
    from halfcell.techniques.cycling._cycles import Cycle
    from halfcell.techniques.cycling._halves import Half
    from halfcell.techniques.cycling._numbers import Scale
    from halfcell.techniques.cycling._settings import Settings

    Floats = NDArray[np.float64]

_POINTS = 400  # a profile keeps this many points, evenly along its own length


def curves(cycles: Sequence[Cycle], record: Record, scale: Scale, settings: Settings) -> tuple[Curve, ...]:
    """The curves of the cycles in `settings.profile_cycles`."""
    wanted = [cycle for cycle in cycles if cycle.number in settings.profile_cycles]
    return tuple(_curve(cycle, half, record, scale, settings) for cycle in wanted for half in cycle.halves)


def _curve(cycle: Cycle, half: Half, record: Record, scale: Scale, settings: Settings) -> Curve:
    charge, voltage, held = half_profile(half, record)
    capacity = charge * (half.charge_ah * scale.factor)
    moving = ~held
    at, slope = dq_dv(voltage[moving], capacity[moving], settings.dqdv_window_mv / 1e3, settings.dqdv_step_mv / 1e3)
    keep = thin(capacity, voltage, _POINTS)
    return Curve(
        cycle=cycle.number,
        charging=half.direction > 0,
        capacity=capacity[keep],
        voltage=voltage[keep],
        dqdv_voltage=at,
        dqdv=slope * half.direction,
    )


def half_profile(half: Half, record: Record) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Charge (as a part of the half cycle's, 0 to 1), voltage, and which rows lie in its part at constant voltage.

    Rests inside the half cycle are left out; charge is counted by the trapezoid and scaled to end at 1.
    """
    rows = slice(half.first_row, half.last_row + 1)
    current, voltage, time = record.current_a[rows] * half.direction, record.voltage_v[rows], record.time_s[rows]
    step = np.maximum(np.diff(time), 0.0)
    along = np.maximum(0.5 * (current[1:] + current[:-1]), 0.0) * step
    if record.part is not None:
        along[np.diff(record.part[rows]) != 0] = 0.0
    charge = np.concatenate((np.zeros(1), np.cumsum(along)))
    live = current > 0
    total = float(charge[-1]) or 1.0
    charge, voltage = charge[live] / total, voltage[live]
    held = charge > 1.0 - half.cv_ah / half.charge_ah if half.cv_ah > 0 else np.zeros(len(charge), bool)
    return charge, voltage, held


def thin(x: Floats, y: Floats, points: int) -> NDArray[np.intp]:
    """Indices of at most `points` points of a curve, evenly along its length in the unit square; the ends stay."""
    if len(x) <= points:
        return np.arange(len(x))
    width, height = float(np.ptp(x)) or 1.0, float(np.ptp(y)) or 1.0
    length = np.concatenate((np.zeros(1), np.cumsum(np.hypot(np.diff(x) / width, np.diff(y) / height))))
    picked = np.searchsorted(length, np.linspace(0.0, float(length[-1]), points))
    return np.unique(np.clip(picked, 0, len(x) - 1))

"""Holds at a low load, and the thermal drift in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.load_displacement import noise

Array = NDArray[np.float64]


_FEWEST_HELD, _LARGEST_GAP = 10, 0.25  # records of a hold; longest time between two of them, as a part of it
_PARTS = 5  # of a hold, whose rates are compared
_WHITE, _WALK = _PARTS**3, _PARTS  # variance of the rate of a part over that of the whole: white noise, a random walk
_MORE_THAN_WHITE = 5.0  # times: chi squared of four over four is above 4.6 once in a thousand holds of white noise
_LINE = 2  # points of a line without a scatter
_CONSTANT = 0.015  # of the peak load: machines hold a load within it
_LOW = (0.03, 0.4)  # of the peak load: where instruments hold the load for the drift


def drift_rate(time: Array, depth: Array) -> tuple[float, float]:
    """Rate of thermal drift from a record at constant load.

    The rate is the slope of a straight line; its uncertainty comes from the rates in five equal parts of the record.
    Where they differ by more than white noise makes them differ, the depth wanders like a random walk.

    Parameters
    ----------
    time, depth
        s and m, shape (n,).

    Returns
    -------
    tuple of float
        The rate (m/s) and its standard uncertainty.

    Source: definition; a part of a fifth has a slope whose variance is 125 times that of the whole for white noise,
    proportional to 1/t^3, and five times that of the whole for a random walk, proportional to 1/t.
    """
    rate = float(np.polyfit(time - time[0], depth, 1)[0])
    parts = np.array_split(np.arange(len(time)), _PARTS)
    rates = [np.polyfit(time[p] - time[p[0]], depth[p], 1)[0] for p in parts if len(p) > _LINE and np.ptp(time[p]) > 0]
    white = noise(depth) * np.sqrt(12.0 / len(time)) / max(float(np.ptp(time)), 1e-12)
    if len(rates) < _PARTS:
        return rate, float(white)
    between = float(np.std(rates, ddof=1))
    is_wander = between**2 > _MORE_THAN_WHITE * _WHITE * white**2
    return rate, float(max(white, between / np.sqrt(_WALK if is_wander else _WHITE)))


def low_hold(time: Array, load: Array, begin: int, seconds: float = 8.0) -> slice | None:
    """The longest stretch at constant load (within 1.5 % of the peak) after `begin`, at 3 to 40 % of the peak load.

    Instruments hold the load there to measure the drift. A tenth is cut off at each end, where the load still changes.

    Parameters
    ----------
    time, load
        s and N, shape (n,).
    begin
        Index from which on it is searched.
    seconds
        How long it must be.

    Returns
    -------
    slice or None
        None if it is shorter, has fewer than ten records, or a gap of a quarter of it: two records at its ends are no
        record of a hold.

    Source: procedure of this package.
    """
    peak = float(np.max(load))
    inside = (load[begin:] > _LOW[0] * peak) & (load[begin:] < _LOW[1] * peak)
    best: slice | None = None
    start = begin
    for index in range(begin, len(load)):
        if not inside[index - begin] or abs(load[index] - load[start]) > _CONSTANT * peak:
            start = index
        elif time[index] - time[start] >= seconds:
            best, seconds = slice(start, index + 1), float(time[index] - time[start])
    if best is None:
        return None
    edge = (best.stop - best.start) // 10
    inner = slice(best.start + edge, best.stop - edge)
    held = time[inner]
    if len(held) < _FEWEST_HELD or float(np.max(np.diff(held))) > _LARGEST_GAP * float(np.ptp(held)):
        return None
    return inner

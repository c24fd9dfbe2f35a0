"""Load-displacement loops: turning points, contact, thermal drift, and the work under a branch with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_FEWEST_HELD, _LARGEST_GAP = 10, 0.25  # records of a hold; longest time between two of them, as a part of it


@dataclass(frozen=True, kw_only=True)
class Branches:
    """Where the branches of a test begin and end, as indices into its record.

    `contact`: the tip touches the sample; `peak`: the load first reaches its maximum (to within noise); `unload`: the
    last unloading starts (the end of the hold); `end`: the load is lowest after it. Without an unloading branch
    `unload` and `end` are the last record.
    """

    contact: int
    peak: int
    unload: int
    end: int
    unloaded: bool
    cycles: tuple[tuple[int, int], ...] = ()


def noise(values: Array) -> float:
    r"""Standard deviation of white noise on a smooth curve: 1.4826 median \|second difference\| / sqrt(6).

    It is that of equidistant readings, shape (n,), in their unit; 0 for fewer than five.
    """
    if len(values) < 5:
        return 0.0
    second = np.abs(np.diff(values, 2))
    return float(1.4826 * np.median(second) / np.sqrt(6.0))


def turning_points(load: Array, part: float, least: float) -> tuple[tuple[int, int], ...]:
    """Peaks and valleys of a load.

    Parameters
    ----------
    load
        N, shape (n,).
    part, least
        The load falls between a peak and a valley by more than `part` of the peak, and by `least` (N).

    Returns
    -------
    tuple of (int, int)
        Indices of peak and valley; a valley ends where the load has risen from it by as much as would count as a fall.
    """
    pairs: list[tuple[int, int]] = []
    high, low, falling = 0, 0, False
    for index, value in enumerate(load):
        swing = max(part * load[high], least)
        if not falling and value > load[high]:
            high = index
        elif not falling and value < load[high] - swing:
            falling, low = True, index
        elif falling and value < load[low]:
            low = index
        elif falling and value > load[low] + swing:
            pairs.append((high, low))
            falling, high = False, index
    return (*pairs, (high, low)) if falling else tuple(pairs)


def bend(time: Array, load: Array) -> int:
    """Where two straight lines through a record fit best: the end of a hold, the start of unloading.

    Least squares over all splits by cumulative sums; each part keeps at least two points.

    Parameters
    ----------
    time, load
        s and N, shape (n,).

    Returns
    -------
    int
        The index; 0 where there is no hold: fewer than six points, or a first line that falls at more than 0.3 times
        the rate of the second.
    """
    count = len(load)
    if count < 6 or np.ptp(load) <= 0:
        return 0
    x, y = time - time[0], load - load[0]
    left = _line_residuals(x, y)
    right = _line_residuals(x[::-1], y[::-1])[::-1]
    splits = np.arange(1, count - 2)
    best = int(splits[np.argmin(left[splits] + right[splits])])
    before, after = _slope(x[: best + 1], y[: best + 1]), _slope(x[best:], y[best:])
    return best if abs(before) < 0.3 * abs(after) else 0


def _slope(x: Array, y: Array) -> float:
    centre = x - x.mean()
    spread = float(centre @ centre)
    return float(centre @ y) / spread if spread > 0 else 0.0


def _line_residuals(x: Array, y: Array) -> Array:
    """Residual sum of squares of the straight line through the first k + 1 points, for each k."""
    n = np.arange(1, len(x) + 1, dtype=float)
    sx, sy = np.cumsum(x), np.cumsum(y)
    sxx = np.cumsum(x * x) - sx * sx / n
    sxy = np.cumsum(x * y) - sx * sy / n
    syy = np.cumsum(y * y) - sy * sy / n
    slope = np.divide(sxy, sxx, out=np.zeros_like(sxy), where=sxx > 0)
    return np.maximum(syy - slope * sxy, 0.0)


def unload_start(time: Array, load: Array, peak: int, valley: int) -> int:
    """Where the fall from a peak to a valley begins: at the end of the hold, or at the peak where there is none.

    The stretch from the peak down to 0.9 of its load is searched for the bend between hold and fall. A slow change of
    the load during the hold (a fraction of a percent in displacement-controlled machines) does not mislead the search.

    `time` (s) and `load` (N) have shape (n,); `peak`, `valley` and what is returned are indices.
    """
    stop = peak + int(np.argmax(load[peak : valley + 1] < 0.9 * load[peak]))
    if stop <= peak:
        return peak
    return peak + bend(time[peak : stop + 1], load[peak : stop + 1])


def hold_start(load: Array, begin: int, peak: int, sigma: float) -> int:
    """First index from `begin` at which the load (N, (n,)) is at its maximum to within 3 sigma, at least 0.1 %."""
    level = load[peak] - max(3.0 * sigma, 1e-3 * abs(load[peak]))
    return begin + int(np.argmax(load[begin : peak + 1] >= level))


def contact_index(load: Array, peak: int, sigma: float) -> int:
    """Last index before the peak at which the load (N, (n,)) is still zero: below 4 sigma, or 0.05 % of it."""
    nothing = np.flatnonzero(load[: peak + 1] <= max(4.0 * sigma, 5e-4 * load[peak]))
    return int(nothing[-1]) if len(nothing) else 0


def branches(time: Array, load: Array) -> Branches:
    """Divide a test into contact, loading, hold and the last unloading; each earlier unloading is a cycle.

    A fall by less than 10 % of its peak, or by less than 1 % of the largest load, does not count as unloading.

    Parameters
    ----------
    time, load
        s and N, shape (n,); the zero of the load must have been corrected.

    Returns
    -------
    Branches
        Indices of contact, peak, start and end of the unloading, and of the cycles.
    """
    sigma = noise(load)
    top = int(np.argmax(load))
    pairs = turning_points(load, 0.1, max(6.0 * sigma, 0.01 * float(load[top])))
    starts = tuple((unload_start(time, load, peak, valley), valley) for peak, valley in pairs)
    last = len(load) - 1
    contact = contact_index(load, pairs[0][0] if pairs else top, sigma)
    peak_last = pairs[-1][0] if pairs else top
    begin = max(contact, pairs[-2][1] if len(pairs) > 1 else 0)
    peak = hold_start(load, begin, peak_last, sigma)
    if not starts:
        return Branches(contact=contact, peak=peak, unload=last, end=last, unloaded=False)
    unload, end = starts[-1]
    return Branches(contact=contact, peak=peak, unload=unload, end=end, unloaded=True, cycles=starts)


def work(load: Array, depth: Array) -> float:
    r"""The work along a path, :math:`\int P\,dh`, by the trapezoid rule in the order of the record.

    Depths must not be sorted first: on a noisy loop that is wrong by 20 %.

    Parameters
    ----------
    load, depth
        N and m, shape (n,).

    Returns
    -------
    float
        J; negative where the depth falls.
    """
    return float(np.sum(0.5 * (load[1:] + load[:-1]) * np.diff(depth)))


def impulse(time: Array, load: Array) -> float:
    r"""The time integral of the load, :math:`\int P\,dt` (N s), of time (s) and load (N), shape (n,).

    It is the work (J) that a drift of 1 m/s adds to the path.
    """
    return float(np.sum(0.5 * (load[1:] + load[:-1]) * np.diff(time)))


def work_noise(load: Array, depth: Array) -> float:
    r"""Standard uncertainty of `work` from white noise on both columns, estimated from the data themselves.

    .. math:: s^2 = s_P^2 \sum (\Delta h_i)^2 + s_h^2 \sum (\Delta P_i)^2

    with the weights of the trapezoid rule, ends included: at an end at high load the noise of the depth counts in
    full. The error of the rule between the points is added: a third of the change when every other point is left out.

    Parameters
    ----------
    load, depth
        N and m, shape (n,).

    Returns
    -------
    float
        J; 0 for fewer than five points.
    """
    if len(load) < 5:
        return 0.0
    dh, dp = np.diff(depth), np.diff(load)
    by_load = 0.5 * (np.append(dh, 0.0) + np.insert(dh, 0, 0.0))
    by_depth = 0.5 * (np.append(dp, 0.0) + np.insert(dp, 0, 0.0))
    by_depth[0] += load[0]
    by_depth[-1] -= load[-1]
    white = np.hypot(noise(load) * np.linalg.norm(by_load), noise(depth) * np.linalg.norm(by_depth))
    half = np.append(np.arange(0, len(load) - 1, 2), len(load) - 1)
    return float(np.hypot(white, (work(load, depth) - work(load[half], depth[half])) / 3.0))


def drift_rate(time: Array, depth: Array) -> tuple[float, float]:
    """Rate of thermal drift from a record at constant load.

    The rate is the slope of a straight line; its uncertainty comes from the rates in five equal parts of the record,
    so that slow wander is included.

    Parameters
    ----------
    time, depth
        s and m, shape (n,).

    Returns
    -------
    tuple of float
        The rate (m/s) and its standard uncertainty.
    """
    rate = float(np.polyfit(time - time[0], depth, 1)[0])
    parts = np.array_split(np.arange(len(time)), 5)
    rates = [np.polyfit(time[p] - time[p[0]], depth[p], 1)[0] for p in parts if len(p) > 2 and np.ptp(time[p]) > 0]
    white = noise(depth) * np.sqrt(12.0 / len(time)) / max(float(np.ptp(time)), 1e-12)
    wander = float(np.std(rates, ddof=1)) / 5.0**1.5 if len(rates) > 1 else 0.0
    return rate, float(max(white, wander))


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
    """
    peak = float(np.max(load))
    inside = (load[begin:] > 0.03 * peak) & (load[begin:] < 0.4 * peak)
    best: slice | None = None
    start = begin
    for index in range(begin, len(load)):
        if not inside[index - begin] or abs(load[index] - load[start]) > 0.015 * peak:
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

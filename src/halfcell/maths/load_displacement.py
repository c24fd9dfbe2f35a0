"""Load-displacement loops: turning points, contact, holds, and the branches of a test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_FEWEST_FOR_NOISE = 5  # readings: the median of fewer than three second differences says nothing
_FEWEST_BENT = 6  # points: two lines with a scatter
_HOLDS = 0.3  # of the rate of the fall: a hold changes more slowly
_FALLEN = 0.9  # of the peak load: down to it the bend is looked for
_ZERO_SIGMAS = 4.0  # of the noise: a load above it is one
_ZERO_PART = 5e-4  # of the peak load: the contact of tests without noise


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

    Parameters
    ----------
    values
        Equidistant readings, shape (n,), in any unit.

    Returns
    -------
    float
        In the unit of `values`; 0 for fewer than five.

    Source: definition; F. R. Hampel, J. Am. Stat. Assoc. 69 (1974) 383, for the median of deviations.
    """
    if len(values) < _FEWEST_FOR_NOISE:
        return 0.0
    second = np.abs(np.diff(values, 2))
    return float(1.4826 * np.median(second) / np.sqrt(6.0))


def turning_points(load: Array, part: float, least: float) -> tuple[tuple[int, int], ...]:
    """Peaks and valleys of a load.

    A peak is the highest load P_max before a fall by more than max(part * P_max, least); a valley is the lowest load
    before a rise by more than that.

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

    Source: procedure of this package.
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

    Source: D. V. Hinkley, Biometrika 56 (1969) 495, for two straight lines; when a hold is one is a procedure of this
    package.
    """
    count = len(load)
    if count < _FEWEST_BENT or np.ptp(load) <= 0:
        return 0
    x, y = time - time[0], load - load[0]
    left = _line_residuals(x, y)
    right = _line_residuals(x[::-1], y[::-1])[::-1]
    splits = np.arange(1, count - 2)
    best = int(splits[np.argmin(left[splits] + right[splits])])
    before, after = _slope(x[: best + 1], y[: best + 1]), _slope(x[best:], y[best:])
    return best if abs(before) < _HOLDS * abs(after) else 0


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

    Parameters
    ----------
    time, load
        s and N, shape (n,).
    peak, valley
        Indices.

    Returns
    -------
    int
        Index.

    Source: procedure of this package; the bend as in `bend`.
    """
    stop = peak + int(np.argmax(load[peak : valley + 1] < _FALLEN * load[peak]))
    if stop <= peak:
        return peak
    return peak + bend(time[peak : stop + 1], load[peak : stop + 1])


def hold_start(load: Array, begin: int, peak: int, sigma: float) -> int:
    """First index at which the load is at its maximum to within three standard deviations, at least 0.1 %.

    Parameters
    ----------
    load
        N, shape (n,).
    begin, peak
        Indices between which it is looked for.
    sigma
        Noise of the load (N).

    Returns
    -------
    int
        Index.

    Source: procedure of this package.
    """
    level = load[peak] - max(3.0 * sigma, 1e-3 * abs(load[peak]))
    return begin + int(np.argmax(load[begin : peak + 1] >= level))


def contact_index(load: Array, peak: int, sigma: float) -> int:
    """Last index before a peak at which the load is still zero: below four standard deviations, or 0.05 % of the peak.

    Parameters
    ----------
    load
        N, shape (n,).
    peak
        Index.
    sigma
        Noise of the load (N).

    Returns
    -------
    int
        Index; 0 where the load is never zero.

    Source: procedure of this package.
    """
    nothing = np.flatnonzero(load[: peak + 1] <= max(_ZERO_SIGMAS * sigma, _ZERO_PART * load[peak]))
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

    Source: procedure of this package.
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

"""Sweeps of a voltammogram: where the potential turns, the scan rate, and the peaks of the current."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.turning_points import turning_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_INNER = 0.9  # fraction of a sweep from which its rate is taken: the turns are left out
_RESOLUTION = 0.05  # of a grid step: error of a cubic through a skewed peak
_NOISES = 6.0  # a peak stands out by at least this many standard deviations of the noise
_FEWEST = 3  # records: with fewer nothing turns, and a line has no scatter
_REAL = 1e-9  # imaginary part of a root below which it is one by rounding only


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """Rows `first` .. `last` (inclusive) of one sweep; `direction` is +1 upwards, -1 downwards."""

    first: int
    last: int
    direction: int


@dataclass(frozen=True, kw_only=True)
class Peak:
    """A peak of the current: potential, current, prominence, and the standard deviation of the potential."""

    potential: float
    current: float
    prominence: float
    potential_std: float


def find_sweeps(potential: Floats, part: float = 0.05) -> tuple[Sweep, ...]:
    """Split a potential record where it turns.

    It turns where the potential, from its highest or lowest value since the last turn, comes back by more than
    `part` of the whole range, max E - min E. A sweep covers more than that itself.

    Parameters
    ----------
    potential
        V, shape (n,).
    part
        A turn counts once it exceeds this part of the whole range.

    Returns
    -------
    tuple of Sweep
        First and last row of each.

    Source: procedure of this package.
    """
    span = float(np.ptp(potential)) if len(potential) else 0.0
    if span <= 0 or len(potential) < _FEWEST:
        return ()
    bounds = turning_points(np.diff(potential), part * span)
    made = []
    for first, last in pairwise(bounds):
        rise = float(potential[last] - potential[first])
        if abs(rise) > part * span:
            made.append(Sweep(first=first, last=last, direction=1 if rise > 0 else -1))
    return tuple(made)


def scan_rate(time: Floats, potential: Floats, sweep: Sweep) -> tuple[float, float]:
    r"""Slope \|dE/dt\| of a sweep by a straight line.

    The line is that of the inner part of the potentials, so that a hold at a turn is not in it.

    Parameters
    ----------
    time, potential
        s and V, shape (n,).
    sweep
        Its rows.

    Returns
    -------
    tuple of float
        The slope (V/s), and the rms deviation from the line over the range of the potential.

    Source: definition.
    """
    whole = potential[sweep.first : sweep.last + 1]
    cut = 0.5 * (1.0 - _INNER) * (float(whole[-1]) - float(whole[0]))
    inner = np.flatnonzero((whole - whole[0] - cut) * (whole - whole[-1] + cut) <= 0)
    if not len(inner):
        return float("nan"), float("nan")
    rows = slice(sweep.first + int(inner[0]), sweep.first + int(inner[-1]) + 1)
    t, e = time[rows] - time[rows][0], potential[rows]
    if len(t) < _FEWEST or t[-1] <= 0:
        return float("nan"), float("nan")
    slope, offset = np.polyfit(t, e, 1)
    bend = float(np.sqrt(np.mean((e - slope * t - offset) ** 2)) / max(float(np.ptp(e)), 1e-12))
    return abs(float(slope)), bend


def on_grid(potential: Floats, current: Floats, step: float) -> tuple[Floats, Floats]:
    """Mean potential and mean current in bins of the potential.

    Parameters
    ----------
    potential, current
        V and A, shape (n,).
    step
        Width of a bin (V).

    Returns
    -------
    tuple
        Potential (V) and current (A) of each bin, shape (bins,) each; those of empty bins are interpolated.

    Source: definition.
    """
    low = float(potential.min())
    place = np.floor((potential - low) / step).astype(np.int64)
    count = np.bincount(place)
    full = np.flatnonzero(count)
    means = [np.bincount(place, weights=values)[full] / count[full] for values in (potential, current)]
    bins = np.arange(len(count))
    grid, mean = (np.asarray(np.interp(bins, full, values), float) for values in means)
    return grid, mean


def find_peaks(potential: Floats, current: Floats, smooth_v: float, prominence_part: float) -> tuple[Peak, ...]:
    """Peaks of a current that is positive towards the peak's side, by rising potential.

    The current is averaged on a regular grid and smoothed by a cubic Savitzky-Golay filter; the prominence of a peak
    must be at least `prominence_part` of the current's range and six times its noise. Position and height are those of
    a cubic through the top. A maximum within one smoothing width of the beginning of the sweep is the turn, not a peak.

    Parameters
    ----------
    potential, current
        Of one sweep, shape (n,); V, and A, the current multiplied by the sweep's direction.
    smooth_v
        Width of the smoothing (V); features narrower than that are lost.
    prominence_part
        Smallest prominence, as a fraction of the range of the current.

    Returns
    -------
    tuple of Peak
        Potential (V) with its standard deviation, current and prominence (A).

    Source: A. Savitzky, M. J. E. Golay, Anal. Chem. 36 (1964) 1627, for the smoothing; what counts as a peak is a
    procedure of this package.
    """
    from scipy.signal import find_peaks as find
    from scipy.signal import savgol_filter

    usual = float(np.median(np.abs(np.diff(potential)))) if len(potential) > 1 else 0.0
    step = max(smooth_v / 8.0, usual)
    grid, raw = on_grid(potential, current, step)
    window = max(2 * round(0.5 * smooth_v / step) + 1, 5)
    if len(grid) < 2 * window or window > len(grid):
        return ()
    smooth = savgol_filter(raw, window, 3)
    noise = 1.4826 * float(np.median(np.abs(raw - smooth)))
    least = max(prominence_part * float(np.ptp(smooth)), _NOISES * noise)
    tops, facts = find(smooth, prominence=least)
    begin = float(potential[0])
    found = [
        _refined(grid, (smooth, raw), int(top), float(height), noise)
        for top, height in zip(tops, facts["prominences"], strict=True)
    ]
    return tuple(peak for peak in found if peak is not None and abs(peak.potential - begin) > smooth_v)


def _refined(grid: Floats, curves: tuple[Floats, Floats], top: int, prominence: float, noise: float) -> Peak | None:
    """The maximum of a cubic through the raw points around a peak; None where the cubic has none.

    It is fitted to the points where the smoothed curve keeps 90 % of the prominence. The standard deviation of the
    position is that from the noise, what a fit over 80 % differs by beyond its own noise, and a twentieth of a grid
    step, in quadrature.
    """
    wide, narrow = (_cubic_top(grid, curves, top, part * prominence, noise) for part in (0.20, 0.10))
    if wide is None or narrow is None:
        return None
    by_noise = max(narrow[2] ** 2 - wide[2] ** 2, 0.0)  # of the difference: the wide fit holds all points of the narrow
    apart = float(np.sqrt(max((wide[0] - narrow[0]) ** 2 - by_noise, 0.0)))
    std = float(np.linalg.norm((narrow[2], apart, _RESOLUTION * (grid[1] - grid[0]))))
    return Peak(potential=narrow[0], current=narrow[1], prominence=prominence, potential_std=std)


def _cubic_top(
    grid: Floats, curves: tuple[Floats, Floats], top: int, depth: float, noise: float
) -> tuple[float, float, float] | None:
    """Position and height of the maximum of a cubic around a grid point, and the position's std from the noise."""
    smooth, raw = curves
    low, high = top, top
    while low > 0 and smooth[low - 1] >= smooth[top] - depth:
        low -= 1
    while high < len(grid) - 1 and smooth[high + 1] >= smooth[top] - depth:
        high += 1
    low, high = min(low, max(top - 3, 0)), max(high, min(top + 3, len(grid) - 1))
    x, y = grid[low : high + 1] - grid[top], raw[low : high + 1]
    scale = float(np.abs(x).max())
    design = np.vander(x / scale, 4)
    fit, *_ = np.linalg.lstsq(design, y, rcond=None)
    slopes = np.polyder(fit)
    flat = [float(root.real) for root in np.roots(slopes) if abs(root.imag) < _REAL]
    inside = [t for t in flat if x[0] / scale <= t <= x[-1] / scale and np.polyval(np.polyder(slopes), t) < 0]
    if not inside:
        return None
    place = inside[0]
    sigma = max(float(np.sqrt(np.sum((y - design @ fit) ** 2) / max(len(x) - 4, 1))), noise)
    gradient = np.array([3 * place**2, 2 * place, 1.0, 0.0]) / abs(float(np.polyval(np.polyder(slopes), place)))
    std = sigma * scale * float(np.sqrt(gradient @ np.linalg.inv(design.T @ design) @ gradient))
    return float(grid[top]) + place * scale, float(np.polyval(fit, place)), std

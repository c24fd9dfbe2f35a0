"""Peaks of the current in a sweep: where they are, how high, and how well the records tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.sweeps import on_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_RESOLUTION = 0.03  # of a grid step: error of a cubic through a skewed peak
_NOISES = 6.0  # a peak stands out by at least this many standard deviations of the noise
_CUBIC_OFF = 0.002  # of the prominence: a cubic through the top of a Gaussian is up to that too low
_CUBIC = 5  # points: a cubic goes nearly through fewer, which neither smooths nor tells an error
_REACH = 3  # points on each side of a top that a cubic takes where they are not too deep
_DEEPEST = 0.3  # of the prominence: deeper than that a peak is no cubic (a Gaussian's height comes out 1 % too small)
_COARSE = 0.2  # of a step, or of the fall to the next record: how far off the top of three records is, for a Gaussian
_REAL = 1e-9  # imaginary part of a root below which it is one by rounding only


@dataclass(frozen=True, kw_only=True)
class Peak:
    """A peak of the current: potential, current and prominence, the standard deviations of the first two.

    `points` are the points of the curve above half of the prominence.
    """

    potential: float
    current: float
    prominence: float
    potential_std: float
    current_std: float
    points: int


def find_peaks(potential: Floats, current: Floats, smooth_v: float, prominence_part: float) -> tuple[Peak, ...]:
    """Peaks of a current that is positive towards the peak's side, by rising potential.

    The current is averaged on a regular grid and smoothed by a cubic Savitzky-Golay filter (see `smoothed_width`); the
    prominence of a peak must be at least `prominence_part` of the current's range and six times its noise. Position and
    height are those of a cubic through the unsmoothed top, or of a parabola through its three highest records where the
    peak has too few for a cubic. A maximum within one smoothing width of the beginning of the sweep is the turn, not a
    peak.

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
        Potential (V) and current (A) with their standard deviations, prominence (A), and points above half of it.

    Source: A. Savitzky, M. J. E. Golay, Anal. Chem. 36 (1964) 1627, for the smoothing; what counts as a peak is a
    procedure of this package.
    """
    from scipy.signal import find_peaks as find
    from scipy.signal import savgol_filter

    grid, raw, window = _points(potential, current, smooth_v)
    if len(grid) < 2 * _CUBIC or window > len(grid):
        return ()
    smooth = savgol_filter(raw, window, 3) if window else raw
    noise = 1.4826 * float(np.median(np.abs(raw - (smooth if window else savgol_filter(raw, _CUBIC, 3)))))
    least = max(prominence_part * float(np.ptp(smooth)), _NOISES * noise)
    tops, facts = find(smooth, prominence=least)
    begin = float(potential[0])
    found = [
        _refined(grid, (smooth, raw), int(top), float(height), noise)
        for top, height in zip(tops, facts["prominences"], strict=True)
    ]
    return tuple(peak for peak in found if peak is not None and abs(peak.potential - begin) > smooth_v)


def smoothed_width(potential: Floats, smooth_v: float) -> float:
    """The width (V) over which `find_peaks` really smooths a sweep; 0 where fewer than five records lie in the width.

    A cubic through fewer than five points is not a smoothing, and a wider window than was asked for makes peaks small.

    Parameters
    ----------
    potential
        Of one sweep, V, shape (n,).
    smooth_v
        The width asked for (V).

    Returns
    -------
    float
        V.

    Source: definition.
    """
    step = _grid_step(potential, smooth_v)
    window = _window(smooth_v, step)
    return window * step if window >= _CUBIC else 0.0


def _points(potential: Floats, current: Floats, smooth_v: float) -> tuple[Floats, Floats, int]:
    """Potential and current on an even grid with the points of the window; without one, the records themselves.

    Records that are not smoothed are not put on a grid either: two in one bin would be averaged.
    """
    step = _grid_step(potential, smooth_v)
    window = _window(smooth_v, step)
    if window >= _CUBIC:
        return *on_grid(potential, current, step), window
    grid, place = np.unique(potential, return_inverse=True)
    return grid, np.bincount(place, weights=current) / np.bincount(place), 0


def _grid_step(potential: Floats, smooth_v: float) -> float:
    usual = float(np.median(np.abs(np.diff(potential)))) if len(potential) > 1 else 0.0
    return max(smooth_v / 8.0, usual)


def _window(smooth_v: float, step: float) -> int:
    """Points of the grid in the width asked for, an odd number."""
    return 2 * round(0.5 * smooth_v / step) + 1 if step > 0 else 1


def _refined(grid: Floats, curves: tuple[Floats, Floats], top: int, prominence: float, noise: float) -> Peak | None:
    """The maximum of a cubic through the raw points around a peak; None where the cubic has none.

    It is fitted to the points where the smoothed curve keeps 90 % of the prominence. The standard deviations of
    position and height are those from the noise, what a fit over 80 % differs by beyond its own noise, and a small part
    of a grid step and of the prominence, in quadrature. A top of fewer than five points has the parabola of the three
    highest instead, which may be off by a fifth of a step or of the fall to the higher neighbour.
    """
    points = int(np.sum(_around(curves[1], top, 0.5 * prominence)))
    wide, narrow = (
        _cubic_top(grid, curves, top, (part * prominence, _DEEPEST * prominence), noise) for part in (0.20, 0.10)
    )
    if wide is None or narrow is None:
        return _parabola(grid, curves[1], top, (prominence, noise), points)
    apart = [
        float(np.sqrt(max((wide[n] - narrow[n]) ** 2 - max(narrow[n + 2] ** 2 - wide[n + 2] ** 2, 0.0), 0.0)))
        for n in (0, 1)  # the noise of the difference is taken off: the wide fit holds all points of the narrow one
    ]
    return Peak(
        potential=float(narrow[0]),
        current=narrow[1],
        prominence=prominence,
        potential_std=float(np.linalg.norm((narrow[2], apart[0], _RESOLUTION * (grid[1] - grid[0])))),
        current_std=float(np.linalg.norm((narrow[3], apart[1], _CUBIC_OFF * prominence))),
        points=points,
    )


def _around(curve: Floats, top: int, depth: float) -> NDArray[np.bool_]:
    """The points that hang together with a top and lie less than a depth below it."""
    below = np.flatnonzero(curve < curve[top] - depth)
    low = below[below < top].max(initial=-1) + 1
    high = below[below > top].min(initial=len(curve)) - 1
    places = np.arange(len(curve))
    return np.asarray((places >= low) & (places <= high))


def _parabola(grid: Floats, raw: Floats, top: int, sizes: tuple[float, float], points: int) -> Peak | None:
    """The peak of a parabola through the highest record of the raw curve near a top and its two neighbours."""
    prominence, noise = sizes
    top += int(np.argmax(raw[top - 1 : top + 2])) - 1 if 0 < top < len(raw) - 1 else 0
    if not 0 < top < len(raw) - 1:
        return None
    x, y = grid[top - 1 : top + 2] - grid[top], raw[top - 1 : top + 2]
    bend, slope, middle = (float(number) for number in np.polyfit(x, y, 2))
    if bend >= 0:
        return None
    higher = 0.25 * slope**2 / -bend
    return Peak(
        potential=float(grid[top]) - 0.5 * slope / bend,
        current=middle + higher,
        prominence=prominence,
        potential_std=_COARSE * 0.5 * float(x[2] - x[0]),
        current_std=float(np.hypot(noise, _COARSE * float(middle - max(y[0], y[2])) + higher)),
        points=points,
    )


def _cubic_top(
    grid: Floats, curves: tuple[Floats, Floats], top: int, depths: tuple[float, float], noise: float
) -> tuple[float, float, float, float] | None:
    """Position and height of the maximum of a cubic around a grid point, and their stds from the noise.

    It needs five points; up to seven are taken where they lie less than the second depth below the top.
    """
    smooth, raw = curves
    near, deepest = (_around(smooth, top, depth) for depth in depths)
    places = np.arange(len(grid))
    used = np.flatnonzero(near | (deepest & (abs(places - top) <= _REACH)))
    if len(used) < _CUBIC:
        return None
    x, y = grid[used] - grid[top], raw[used]
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
    inverse = np.linalg.inv(design.T @ design)
    gradient = np.array([3 * place**2, 2 * place, 1.0, 0.0]) / abs(float(np.polyval(np.polyder(slopes), place)))
    there = np.array([place**3, place**2, place, 1.0])
    stds = [sigma * float(np.sqrt(g @ inverse @ g)) for g in (gradient, there)]
    return float(grid[top]) + place * scale, float(np.polyval(fit, place)), stds[0] * scale, stds[1]

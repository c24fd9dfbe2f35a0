r"""BET areas over all windows of an isotherm, with the four criteria of Rouquerol.

.. math:: \frac{p}{n(1-p)} = \frac{1}{n_m C} + \frac{C-1}{n_m C}\,p, \quad p = p/p_0

Criteria of a window: (1) n(1-p) and the BET ordinate do not fall in it by more than the noise; (2) C > 0; (3) the
monolayer's pressure, read from the isotherm, lies in it; (4) that pressure is within 20 % of :math:`1/(\sqrt{C}+1)`.

References
----------
J. Rouquerol, P. Llewellyn, F. Rouquerol, Stud. Surf. Sci. Catal. 160 (2007) 49; J. W. M. Osterrieth et al., Adv. Mater.
34 (2022) 2201502 (all windows, the one that ends at the highest pressure with the least error of criterion 4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_STEP_SIGMA, _MEAN_SIGMA, _AVERAGED = 3.0, 2.0, 5  # noise: of a step, of a mean; points of the mean


@dataclass(frozen=True, kw_only=True)
class Window:
    """One window of an isotherm: its points (both ends included), monolayer (unit of the loading), C, R2, criteria.

    `read_pressure` is the pressure at which the isotherm reaches the monolayer, `theory_pressure` is 1/(sqrt(C)+1),
    `error` is their difference relative to `read_pressure`.
    """

    first: int
    last: int
    monolayer: float
    c: float
    slope: float
    intercept: float
    r_squared: float
    read_pressure: float
    theory_pressure: float
    criteria: tuple[bool, bool, bool, bool]

    @property
    def error(self) -> float:
        """Difference between read and theoretical pressure, relative to the read one."""
        return abs(self.read_pressure - self.theory_pressure) / self.read_pressure


@dataclass(frozen=True, kw_only=True)
class Scan:
    """All windows of an isotherm as matrices over (first, last) point; `valid` marks those that pass every test."""

    monolayer: Array
    c: Array
    slope: Array
    intercept: Array
    r_squared: Array
    error: Array
    read_pressure: Array
    criteria: tuple[Mask, Mask, Mask, Mask]
    valid: Mask


def scan(
    pressure: Array,
    loading: Array,
    fewest: int = 11,
    least_r2: float = 0.9,
    largest_error: float = 0.2,
    noise: float = 0.0,
) -> Scan:
    r"""Fit the line :math:`p/(n(1-p)) = 1/(n_m C) + p (C-1)/(n_m C)` to every window of consecutive points.

    Parameters
    ----------
    pressure, loading
        Relative pressure (strictly rising, between 0 and 1) and loading of the adsorption branch, shape (n,).
    fewest
        The smallest number of points in a valid window.
    least_r2, largest_error
        Limits of the straight line's R2 and of criterion 4.
    noise
        Standard deviation of a loading: what may fall within it (three times, from point to point; twice, of a mean
        over five points below the greatest) counts as rising. Without noise nothing may fall.

    Returns
    -------
    Scan
        Monolayer (unit of the loading), C, line, R2 and criteria of the windows from point i to point j, shape (n, n)
        each.

    Sources: J. Rouquerol, P. Llewellyn, F. Rouquerol, Stud. Surf. Sci. Catal. 160 (2007) 49; J. W. M. Osterrieth et
    al., Adv. Mater. 34 (2022) 2201502.
    """
    n = len(pressure)
    y = pressure / (loading * (1.0 - pressure))
    slope, intercept, r2 = lines(pressure, y)
    with np.errstate(divide="ignore", invalid="ignore"):
        c = slope / intercept + 1.0
        monolayer = 1.0 / (slope + intercept)
    first, last = np.indices((n, n))
    rouquerol, its_noise = loading * (1.0 - pressure), noise * (1.0 - pressure)
    rising = _rising(rouquerol, its_noise) & _rising(y, noise * y / loading) & _below_the_maximum(rouquerol, its_noise)
    positive = np.isfinite(c) & (c > 0)
    candidates = rising & positive & (last - first + 1 >= fewest) & (r2 > least_r2)
    read = np.full((n, n), np.nan)
    wanted = positive & (last > first) & np.isfinite(monolayer)
    read[wanted] = pressures_at(pressure, loading, monolayer[wanted])
    inside = (read > pressure[first]) & (read < pressure[last])
    with np.errstate(invalid="ignore", divide="ignore"):
        theory = 1.0 / (np.sqrt(np.where(positive, c, np.nan)) + 1.0)
        error = np.abs(read - theory) / read
    close = inside & (error < largest_error)
    return Scan(
        monolayer=monolayer,
        c=c,
        slope=slope,
        intercept=intercept,
        r_squared=r2,
        error=error,
        read_pressure=read,
        criteria=(rising, positive, inside, close),
        valid=candidates & close,
    )


def lines(x: Array, y: Array) -> tuple[Array, Array, Array]:
    """Least-squares lines through all windows of consecutive points, :math:`y = a x + b`.

    Sums over the points up to each one give those of every window as differences.

    Parameters
    ----------
    x, y
        Abscissae and ordinates, shape (n,), in any units.

    Returns
    -------
    slope, intercept, r_squared
        Of the points i..j, shape (n, n) each, for all i < j; R2 is 0 where it has no meaning.

    Source: definition.
    """
    x0, y0 = float(np.mean(x)), float(np.mean(y))
    u, v = x - x0, y - y0
    sums = [np.concatenate([[0.0], np.cumsum(s)]) for s in (np.ones_like(u), u, v, u * u, u * v, v * v)]
    count, su, sv, suu, suv, svv = (s[None, 1:] - s[:-1, None] for s in sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        cuu, cuv, cvv = suu - su * su / count, suv - su * sv / count, svv - sv * sv / count
        slope = cuv / cuu
        intercept = (sv - slope * su) / count + y0 - slope * x0
        r2 = cuv * cuv / (cuu * cvv)
    return slope, intercept, np.where(np.isfinite(r2), r2, 0.0)


def _rising(values: Array, noise: Array) -> Mask:
    """For all i <= j, whether the values rise from each point to the next between i and j, but for their noise."""
    return _unbroken(np.diff(values) >= -_STEP_SIGMA * np.hypot(noise[1:], noise[:-1]))


def _below_the_maximum(values: Array, noise: Array) -> Mask:
    """For all i <= j, whether j is not beyond the greatest value, as far as means over five noisy points tell."""
    if not np.any(noise > 0):
        return np.ones((len(values), len(values)), dtype=bool)
    mean = np.convolve(np.pad(values, _AVERAGED // 2, mode="edge"), np.full(_AVERAGED, 1.0 / _AVERAGED), mode="valid")
    low = np.maximum.accumulate(mean) - mean > _MEAN_SIGMA * noise * np.sqrt(2.0 / _AVERAGED)
    end = int(np.argmax(low)) if low.any() else len(values)
    return np.broadcast_to(np.arange(len(values))[None, :] < end, (len(values), len(values)))


def _unbroken(steps: Mask) -> Mask:
    """For all i <= j, whether every step between points i and j is true."""
    broken = np.concatenate([[0], np.cumsum(~steps)])
    return np.asarray(broken[None, :] == broken[:, None])


def pressures_at(pressure: Array, loading: Array, wanted: Array) -> Array:
    """Relative pressures at which an isotherm reaches given loadings.

    Between the points the isotherm is a monotone cubic, which is solved by bisection.

    Parameters
    ----------
    pressure, loading
        Relative pressures, rising, and loadings of the isotherm, shape (n,).
    wanted
        Loadings, any shape, in the unit of `loading`.

    Returns
    -------
    numpy.ndarray
        Relative pressures, in the shape of `wanted`; NaN outside the isotherm.

    Source: F. N. Fritsch, R. E. Carlson, SIAM J. Numer. Anal. 17 (1980) 238.
    """
    from scipy.interpolate import PchipInterpolator

    curve = PchipInterpolator(pressure, loading)
    high = np.maximum.accumulate(loading)
    place = np.clip(np.searchsorted(high, wanted), 1, len(pressure) - 1)
    low, top = pressure[place - 1].copy(), pressure[place].copy()
    for _ in range(34):
        middle = 0.5 * (low + top)
        below = curve(middle) < wanted
        low, top = np.where(below, middle, low), np.where(below, top, middle)
    found = 0.5 * (low + top)
    return np.where((wanted >= loading[0]) & (wanted <= high[-1]), found, np.nan)


def best(made: Scan, *, longest: bool = False) -> tuple[int, int] | None:
    """The valid window that ends at the highest pressure; of those the one with the least error of criterion 4.

    Parameters
    ----------
    made
        All windows of an isotherm.
    longest
        The longest of those instead, for loadings whose noise decides the error of criterion 4.

    Returns
    -------
    tuple of int or None
        Its first and its last point; None where no window is valid.

    Source: J. W. M. Osterrieth et al., Adv. Mater. 34 (2022) 2201502.
    """
    if not made.valid.any():
        return None
    last = int(np.flatnonzero(made.valid.any(axis=0))[-1])
    if longest:
        return int(np.argmax(made.valid[:, last])), last
    errors = np.where(made.valid[:, last], made.error[:, last], np.inf)
    return int(np.argmin(errors)), last


def window(made: Scan, first: int, last: int) -> Window:
    """One window of a scan.

    Parameters
    ----------
    made
        All windows of an isotherm.
    first, last
        Its first and its last point.

    Returns
    -------
    Window
        Monolayer (unit of the loading), C, line, R2 and criteria of the window.

    Source: definition.
    """
    c = float(made.c[first, last])
    return Window(
        first=first,
        last=last,
        monolayer=float(made.monolayer[first, last]),
        c=c,
        slope=float(made.slope[first, last]),
        intercept=float(made.intercept[first, last]),
        r_squared=float(made.r_squared[first, last]),
        read_pressure=float(made.read_pressure[first, last]),
        theory_pressure=float(1.0 / (np.sqrt(c) + 1.0)) if c > 0 else float("nan"),
        criteria=tuple(bool(mask[first, last]) for mask in made.criteria),  # type: ignore[arg-type]
    )

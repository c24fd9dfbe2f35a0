r"""BET areas over all windows of an isotherm, with the four criteria of Rouquerol.

.. math:: \frac{p}{n(1-p)} = \frac{1}{n_m C} + \frac{C-1}{n_m C}\,p, \quad p = p/p_0

Criteria of a window: (1) n(1-p) and the BET ordinate do not fall in it; (2) C > 0; (3) the monolayer's pressure, read
from the isotherm, lies in it; (4) that pressure is within 20 % of :math:`1/(\sqrt{C}+1)`.

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

AVOGADRO = 6.02214076e23  # 1/mol
MOLAR_VOLUME_STP = 22413.96954  # cm3/mol at 273.15 K and 101325 Pa


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


def scan(pressure: Array, loading: Array, fewest: int = 11, least_r2: float = 0.9, largest_error: float = 0.2) -> Scan:
    """Fit every window of consecutive points.

    Parameters
    ----------
    pressure, loading
        Relative pressure (strictly rising, between 0 and 1) and loading of the adsorption branch, shape (n,).
    fewest
        The smallest number of points in a valid window.
    least_r2, largest_error
        Limits of the straight line's R2 and of criterion 4.
    """
    n = len(pressure)
    y = pressure / (loading * (1.0 - pressure))
    slope, intercept, r2 = lines(pressure, y)
    with np.errstate(divide="ignore", invalid="ignore"):
        c = slope / intercept + 1.0
        monolayer = 1.0 / (slope + intercept)
    first, last = np.indices((n, n))
    rising = _unbroken(np.diff(loading * (1.0 - pressure)) >= 0) & _unbroken(np.diff(y) >= 0)
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
    """Slope, intercept and R2 of the least-squares lines through points i..j for all i, j, by cumulative sums."""
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


def _unbroken(steps: Mask) -> Mask:
    """For all i <= j, whether every step between points i and j is true."""
    broken = np.concatenate([[0], np.cumsum(~steps)])
    return np.asarray(broken[None, :] == broken[:, None])


def pressures_at(pressure: Array, loading: Array, wanted: Array) -> Array:
    """Pressures at which the isotherm (monotone cubic interpolation) reaches the wanted loadings; NaN outside it."""
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


def best(made: Scan) -> tuple[int, int] | None:
    """The valid window that ends at the highest pressure; of those, the one with the least error of criterion 4."""
    if not made.valid.any():
        return None
    last = int(np.flatnonzero(made.valid.any(axis=0))[-1])
    errors = np.where(made.valid[:, last], made.error[:, last], np.inf)
    return int(np.argmin(errors)), last


def window(made: Scan, first: int, last: int) -> Window:
    """One window of a scan."""
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


def area(monolayer: float, cross_section_nm2: float) -> float:
    """Area (m2/g) of a monolayer (cm3 STP/g) of molecules with a given cross-section (nm2)."""
    return float(monolayer / MOLAR_VOLUME_STP * AVOGADRO * cross_section_nm2 * 1e-18)


def bet_loading(pressure: Array, monolayer: float, c: float) -> Array:
    """Loading of the BET isotherm at relative pressures, in the monolayer's unit."""
    return np.asarray(monolayer * c * pressure / ((1.0 - pressure) * (1.0 + (c - 1.0) * pressure)))

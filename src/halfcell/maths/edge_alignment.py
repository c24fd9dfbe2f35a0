"""Align the energies of two absorption scans by a foil that was recorded with both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

_NEAR: Final = 25.0  # eV around the edge of the foil
_FARTHEST: Final = 15.0  # eV that a monochromator may be off
_STEP: Final = 0.1  # eV, chosen: finer than the steps of a scan across an edge, 0.3 eV or more


def shift_between(first: tuple[Array, Array], other: tuple[Array, Array], edge: float) -> tuple[float, float]:
    """By how much to move the energies of `other` so that its foil agrees with that of `first`.

    Minimises the squares of the difference of the derivatives of both foils, each scaled to a largest slope of 1,
    within 25 eV of the edge.

    Parameters
    ----------
    first, other
        Energies (eV, ascending) and absorption (any unit) of the foil of each scan, shape (n,) each.
    edge
        Energy of the foil's edge in the first scan (eV).

    Returns
    -------
    tuple
        The shift and its standard uncertainty (eV).

    Raises
    ------
    ValueError
        If a scan does not cover the edge of its foil, or no shift of up to 15 eV is found.

    Source: procedure of this package, by least squares.
    """
    from scipy.optimize import minimize_scalar

    grid = np.arange(edge - _NEAR, edge + _NEAR, _STEP)
    for energy, _ in (first, other):
        if energy[0] > grid[0] - _FARTHEST or energy[-1] < grid[-1] + _FARTHEST:
            raise ValueError("a scan does not cover the edge of its foil")
    target = _slope(*first, grid)

    def left(shift: float) -> Array:
        return target - _slope(other[0] + shift, other[1], grid)

    coarse = np.arange(-_FARTHEST, _FARTHEST + 0.25, 0.5)
    start = float(coarse[int(np.argmin([np.sum(left(shift) ** 2) for shift in coarse]))])
    if abs(start) >= _FARTHEST:
        raise ValueError("the foils have no edge in common")
    bounds = (start - 1.0, start + 1.0)
    found = minimize_scalar(lambda shift: float(np.sum(left(shift) ** 2)), bounds=bounds, method="bounded")
    residual, change = left(found.x), np.gradient(target, grid)
    points = max(len(np.unique(np.searchsorted(other[0], grid))), 3)  # of the scan, not of the fine grid
    curvature = float(np.sum(change**2)) * points / len(grid)
    return float(found.x), float(np.sqrt(np.mean(residual**2) / curvature))


def _slope(energy: Array, mu: Array, grid: Array) -> Array:
    """The derivative on a grid, smoothed over the spacing of the points, with a largest value of 1."""
    slope = np.interp(grid, energy, np.gradient(mu, energy))
    return np.asarray(slope / max(float(slope.max()), 1e-300))

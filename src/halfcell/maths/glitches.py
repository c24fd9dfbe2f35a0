"""Points of a smooth curve that stand out from their neighbours: glitches of a monochromator in an absorption scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_AROUND = 12  # points on each side whose scatter a point is compared with
_MAD = 1.4826  # standard deviation over the median of absolute deviations, of normal noise


def stand_out(x: Array, y: Array) -> Array:
    r"""How far each point is from the cubic through its four neighbours, in units of the scatter around it.

    d_j = (y_j - sum w_i y_i) / sqrt(1 + sum w_i^2), with w the Lagrange weights of points j-2, j-1, j+1, j+2 at x_j,
    so that for white noise d has the noise's standard deviation whatever the spacing. The scatter is 1.4826 times the
    median of |d| over 25 points, or over all points where that is larger.

    Parameters
    ----------
    x, y
        Abscissae, strictly ascending, and values, shape (n,), in any units.

    Returns
    -------
    numpy.ndarray
        \|d\| over the scatter, shape (n,); 0 for the first and the last two points, and for fewer than 24 points.

    Source: definition of Lagrange's cubic; F. R. Hampel, J. Am. Stat. Assoc. 69 (1974) 383, for the median of
    deviations.
    """
    if len(x) < 2 * _AROUND:
        return np.zeros(len(x))
    middle = np.arange(2, len(x) - 2)
    near = middle[:, None] + np.array([-2, -1, 1, 2])
    offset = x[near] - x[middle][:, None]
    weight = np.ones_like(offset)
    for a in range(4):
        for b in range(4):
            if a != b:
                weight[:, a] *= -offset[:, b] / (offset[:, a] - offset[:, b])
    off = (y[middle] - (weight * y[near]).sum(axis=1)) / np.sqrt(1.0 + (weight**2).sum(axis=1))
    padded = np.pad(np.abs(off), _AROUND, mode="reflect")
    local = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND + 1), axis=1)
    scatter = _MAD * np.maximum(local, np.median(np.abs(off)))
    found = np.zeros(len(x))
    found[middle] = np.abs(off) / np.maximum(scatter, 1e-300)
    return found


def places(x: Array, height: Array, least: float, apart: float) -> list[float]:
    """Where a height is above a limit: the highest point of each run.

    Parameters
    ----------
    x, height
        Abscissae, ascending, and heights, shape (n,).
    least
        The limit, in the unit of `height`.
    apart
        Runs are more than this apart, in the unit of `x`.

    Returns
    -------
    list of float
        In the unit of `x`.

    Source: definition.
    """
    above = np.flatnonzero(height > least)
    if not len(above):
        return []
    runs = np.split(above, np.flatnonzero(np.diff(x[above]) > apart) + 1)
    return [float(x[run[np.argmax(height[run])]]) for run in runs]

"""Area and centre of a line in each scan, above a straight background between the ends of its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.result import Note
from halfcell.techniques.operando_diffraction.result import FollowedLine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_SIDE = 0.15  # of the window at either end, where there is background only
_LEAST_SIDE = 3  # points
_SEEN = 5.0  # standard uncertainties of an area with which a line has a centre
_MEDIAN_CHI2 = 0.4549  # median of the square of a normal deviate
_AT_END = 0.25  # of the window: a centre as near to an end has its line in what is taken for background


def noise_factor(counts: Array) -> float:
    """Variance of the counts over their value, from each point and its two neighbours: 1 for counts, 1/t for rates.

    Parameters
    ----------
    counts
        Shape (scans, angles).

    Returns
    -------
    float
        In the unit of the counts.

    Source: definition: the variance of second differences.
    """
    bend = counts[:, :-2] - 2.0 * counts[:, 1:-1] + counts[:, 2:]
    total = counts[:, :-2] + 4.0 * counts[:, 1:-1] + counts[:, 2:]
    known = total > 0
    if not known.any():
        return 1.0
    return float(np.median(bend[known] ** 2 / total[known]) / _MEDIAN_CHI2)


def follow(
    angle: Array, counts: Array, window: tuple[float, float], factor: float
) -> tuple[FollowedLine, tuple[Note, ...]]:
    """Area (counts degree) and centre (degree) of the line in a window, for each scan.

    Parameters
    ----------
    angle, counts
        2theta (degree), shape (angles,), and counts, shape (scans, angles).
    window
        Ends of the window (degree).
    factor
        Variance of the counts over their value.

    Returns
    -------
    line, notes
        Area and centre with standard uncertainties, shape (scans,) each, and what is to be said of them.

    Raises
    ------
    Refused
        If the window has too few points.

    Source: definition, by least squares.
    """
    low, high = min(window), max(window)
    inside = (angle >= low) & (angle <= high)
    x, y = angle[inside], counts[:, inside]
    side = int(_SIDE * len(x))
    if side < _LEAST_SIDE:
        what = f"the window {low:g} to {high:g} degree has {len(x)} points, {int(_LEAST_SIDE / _SIDE) + 1} are needed"
        raise Refused(what, hint=f"the scans go from {angle[0]:g} to {angle[-1]:g} degree")
    variance = factor * np.maximum(y, 1.0)
    net, part = _net(x, y, side)
    step = np.broadcast_to(np.gradient(x), y.shape)
    area, area_std = (net * step).sum(axis=1), _std(step, part, variance, side)
    seen = area > _SEEN * area_std
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (net * step * x).sum(axis=1) / area
        centre_std = _std(step * (x[None, :] - centre[:, None]), part, variance, side) / area
    centre, centre_std = (np.where(seen, values, np.nan) for values in (centre, centre_std))
    line = FollowedLine(area=area, area_std=area_std, centre=centre, centre_std=centre_std)
    return line, _doubts(line, low, high)


def _net(x: Array, y: Array, side: int) -> tuple[Array, Array]:
    """Counts above the straight background, and how far each angle is from the left end (0) to the right one (1)."""
    left, right = x[:side].mean(), x[-side:].mean()
    before, after = y[:, :side].mean(axis=1), y[:, -side:].mean(axis=1)
    part = (x - left) / (right - left)
    return y - (before[:, None] * (1.0 - part) + after[:, None] * part), part


def _std(weights: Array, part: Array, variance: Array, side: int) -> Array:
    """Standard uncertainty of a weighted sum of the counts above the background, which has the counts at both ends."""
    lever = weights.copy()
    lever[:, :side] -= (weights * (1.0 - part)).sum(axis=1)[:, None] / side
    lever[:, -side:] -= (weights * part).sum(axis=1)[:, None] / side
    return np.asarray(np.sqrt((lever**2 * variance).sum(axis=1)))


def _doubts(line: FollowedLine, low: float, high: float) -> tuple[Note, ...]:
    """A doubt where the line comes near an end of its window."""
    reach = _AT_END * (high - low)
    near = (line.centre < low + reach) | (line.centre > high - reach)
    if not near.any():
        return ()
    what = (
        f"the line in {low:g} to {high:g} degree comes near an end of its window in {np.count_nonzero(near)} scans: "
        f"part of it is taken for background, and its area is too small; set a broader window"
    )
    return (Note("doubt", "line_at_end", what),)

"""Particle-size distributions by channels: percentiles, moments, modes, and ends that are cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_HIGH_END, _ABRUPT = 0.05, 0.5  # density of an end channel over the greatest, and over that of its neighbour
_FEWEST_EDGES = 3  # the first is replaced by the ratio of two more


@dataclass(frozen=True, kw_only=True)
class Mode:
    """A mode of a distribution: its size (same unit as the edges) and its share of the whole (0..1)."""

    size: float
    share: float


def cumulative(share: Array) -> Array:
    """Cumulative share at each edge.

    Parameters
    ----------
    share
        One value per channel, shape (n,), in any unit.

    Returns
    -------
    numpy.ndarray
        From 0 to 1, shape (n + 1,).

    Source: definition.
    """
    total = float(np.sum(share))
    return np.concatenate([[0.0], np.cumsum(share) / total])


def positive_edges(edges: Array) -> Array:
    """Channel edges whose first is above zero: one of zero continues the ratio of the two after it.

    Parameters
    ----------
    edges
        Ascending, shape (n + 1,), in any unit.

    Returns
    -------
    numpy.ndarray
        Shape (n + 1,).

    Source: procedure of this package.
    """
    if edges[0] > 0 or len(edges) < _FEWEST_EDGES:
        return edges
    return np.concatenate([[edges[1] ** 2 / edges[2]], edges[1:]])


def percentiles(edges: Array, share: Array, parts: Array, *, smooth: bool = True) -> Array:
    """Sizes below which the given parts of the distribution lie.

    Monotone cubic interpolation of the cumulative share over the logarithm of the size.

    Parameters
    ----------
    edges
        Channel edges, ascending, shape (n + 1,).
    share
        One value per channel, shape (n,).
    parts
        Parts of the distribution, 0 to 1, shape (m,).
    smooth
        Straight lines in the place of cubics where it is false.

    Returns
    -------
    numpy.ndarray
        Sizes in the unit of `edges`, shape (m,).

    Source: F. N. Fritsch, R. E. Carlson, SIAM J. Numer. Anal. 17 (1980) 238.
    """
    from scipy.interpolate import PchipInterpolator

    part = cumulative(share)
    log = np.log(edges)
    if not smooth:
        rising = np.concatenate([[True], np.diff(part) > 0])
        return np.asarray(np.exp(np.interp(parts, part[rising], log[rising])))
    curve = PchipInterpolator(log, part)
    found = [_invert(curve, log, part, float(value)) for value in np.atleast_1d(parts)]
    return np.asarray(np.exp(np.array(found)))


def _invert(curve: Callable[[float], float], log: Array, part: Array, value: float) -> float:
    """Solve the monotone curve for one value by bisection in its channel."""
    high = int(np.clip(np.searchsorted(part, value), 1, len(part) - 1))
    low, top = float(log[high - 1]), float(log[high])
    for _ in range(60):
        middle = 0.5 * (low + top)
        if float(curve(middle)) < value:
            low = middle
        else:
            top = middle
    return 0.5 * (low + top)


def cut_ends(edges: Array, share: Array) -> tuple[tuple[float, float], ...]:
    """Where a distribution ends abruptly.

    At an end of the range the density over the logarithm of the size is 5 % of the greatest or more. Within the
    range, where empty channels follow, it is also half of that of the channel before: a tail falls ever faster, not
    at once.

    Parameters
    ----------
    edges
        Channel edges, ascending, shape (n + 1,), in any unit.
    share
        One value per channel, shape (n,).

    Returns
    -------
    tuple of (float, float)
        The density there as a part of the greatest, and the size of that edge, for each such end.

    Source: procedure of this package.
    """
    density = share / np.diff(np.log(edges))
    density = density / float(density.max())
    filled = np.flatnonzero(density > 0)
    found = []
    for place, inner, edge, outermost in (
        (int(filled[0]), 1, float(edges[filled[0]]), int(filled[0]) == 0),
        (int(filled[-1]), -1, float(edges[filled[-1] + 1]), int(filled[-1]) == len(share) - 1),
    ):
        before = float(density[place + inner]) if 0 <= place + inner < len(density) else 0.0
        if density[place] >= _HIGH_END and (outermost or density[place] > _ABRUPT * before):
            found.append((float(density[place]), edge))
    return tuple(found)


def middles(edges: Array) -> Array:
    r"""Geometric middles of channels, :math:`\sqrt{x_i x_{i+1}}`.

    Parameters
    ----------
    edges
        Channel edges, shape (n + 1,), in any unit.

    Returns
    -------
    numpy.ndarray
        In the unit of `edges`, shape (n,).

    Source: definition.
    """
    return np.sqrt(edges[1:] * edges[:-1])


def moment_mean(edges: Array, share: Array, p: int, q: int) -> float:
    r"""Moment mean :math:`D[p,q] = (\sum n d^p / \sum n d^q)^{1/(p-q)}` of a distribution by volume (n = v/d^3).

    Parameters
    ----------
    edges
        Channel edges, shape (n + 1,).
    share
        Volume in each channel, shape (n,).
    p, q
        4 and 3 for the volume-weighted mean, 3 and 2 for Sauter's.

    Returns
    -------
    float
        In the unit of `edges`.

    Source: ISO 9276-2:2014.
    """
    d = middles(edges)
    up, down = float(np.sum(share * d ** (p - 3))), float(np.sum(share * d ** (q - 3)))
    return float((up / down) ** (1.0 / (p - q)))


def modes(edges: Array, share: Array, prominence: float = 0.03) -> tuple[Mode, ...]:
    """Modes of a distribution, from small to large.

    Modes are peaks of the density over the logarithm of the size. Each has the share between the valleys on its two
    sides; its size is the vertex of a parabola through the top.

    Parameters
    ----------
    edges
        Channel edges, shape (n + 1,).
    share
        One value per channel, shape (n,).
    prominence
        What a peak must rise above its valleys, as a part of the height of the tallest.

    Returns
    -------
    tuple of Mode
        Size in the unit of `edges`, and share, 0 to 1.

    Source: procedure of this package.
    """
    from scipy.signal import find_peaks

    width = np.diff(np.log(edges))
    density = np.concatenate([[0.0], share / width, [0.0]])
    tops, _ = find_peaks(density, prominence=prominence * float(density.max()))
    if not len(tops):
        return ()
    valleys = [int(a + np.argmin(density[a : b + 1])) for a, b in pairwise(tops)]
    bounds = [0, *(valley - 1 for valley in valleys), len(share)]
    total, log = float(np.sum(share)), np.log(middles(edges))
    found = []
    for top, start, stop in zip(tops - 1, bounds[:-1], bounds[1:], strict=True):
        part = float(np.sum(share[start:stop])) / total
        found.append(Mode(size=float(np.exp(_summit(log, share / width, int(top)))), share=part))
    return tuple(found)


def _summit(x: Array, y: Array, top: int) -> float:
    """The vertex of a parabola through the highest point and its neighbours."""
    if not 0 < top < len(y) - 1:
        return float(x[top])
    bend = float(y[top - 1] - 2.0 * y[top] + y[top + 1])
    if bend >= 0:
        return float(x[top])
    shift = 0.5 * float(y[top - 1] - y[top + 1]) / bend
    return float(x[top] + shift * 0.5 * (x[top + 1] - x[top - 1]))

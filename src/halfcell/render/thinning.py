"""Thin a long series to what can be seen: extremes per pixel where x rises or falls, a simplified path elsewhere.

Per pixel column the first, lowest, highest and last point are kept (Jugel et al., "M4", Proc. VLDB Endow. 7 (2014)
797): a line drawn through them covers the same pixels. A loop (voltammogram, Nyquist plot, voltage over capacity) is
simplified by Ramer (Comput. Graph. Image Process. 1 (1972) 244) with half a pixel of tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.figure import Array

    Index = NDArray[np.intp]

TOLERANCE_PIXEL: Final = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """How a series is seen: the size of the picture along each axis in pixels, and which axes are logarithmic."""

    pixels: int
    log_x: bool = False
    log_y: bool = False


def keep(x: Array, y: Array, view: View) -> Index:
    """Return the indices, in order, of the points of a line that must stay.

    Parameters
    ----------
    x, y
        Points of one line, shape (n,); gaps (nan) are kept as gaps.
    view
        How the line is seen. Up to four points per pixel column are left as they are.
    """
    count = len(x)
    if count <= 4 * view.pixels:
        return np.arange(count)
    across, up = _pixels(x, y, view)
    finite = np.isfinite(across) & np.isfinite(up)
    chosen = np.zeros(count, dtype=bool)
    edges = np.flatnonzero(np.diff(finite.astype(np.int8)))
    for part in np.split(np.arange(count), edges + 1):
        if not finite[part[0]]:
            chosen[part[0]] = True  # one gap stands for many
        else:
            chosen[part[_keep_run(across[part], up[part])]] = True
    return np.flatnonzero(chosen)


def keep_shape(x: Array, y: Array, view: View) -> Index:
    """Return the indices of the points that carry a line's shape, and of some 200 more for the pointer to hit."""
    kept = keep(x, y, view)
    if len(kept) <= 400:
        return kept
    across, up = _pixels(np.asarray(x, float)[kept], np.asarray(y, float)[kept], view)
    if not (np.isfinite(across) & np.isfinite(up)).all():
        return kept
    needed = kept[_simplified(across, up)]
    return np.union1d(needed, kept[:: max(1, len(kept) // 200)])


def keep_points(x: Array, y: Array, view: View) -> Index:
    """Return the indices of the markers that must stay: one for each pixel that any of them touches."""
    if len(x) <= 4 * view.pixels:
        return np.arange(len(x))
    across, up = _pixels(x, y, view)
    finite = np.flatnonzero(np.isfinite(across) & np.isfinite(up))
    cells = np.stack([np.floor(across[finite]), np.floor(up[finite])])
    _, first = np.unique(cells, axis=1, return_index=True)
    return np.sort(finite[first])


def _pixels(x: Array, y: Array, view: View) -> tuple[Array, Array]:
    return _pixel(np.asarray(x, float), view.pixels, view.log_x), _pixel(np.asarray(y, float), view.pixels, view.log_y)


def _pixel(values: Array, pixels: int, log: bool) -> Array:
    """Convert values to pixels, 0 to `pixels`; what a log axis cannot show becomes nan."""
    shown = np.log10(np.where(values > 0, values, np.nan)) if log else values.copy()
    finite = shown[np.isfinite(shown)]
    if not finite.size:
        return np.full(values.shape, np.nan)
    low, high = float(finite.min()), float(finite.max())
    return np.asarray((shown - low) * (pixels / (high - low or 1.0)))


def _keep_run(across: Array, up: Array) -> Index:
    """Choose points within a run without gaps."""
    steps = np.diff(across)
    if (steps >= 0).all() or (steps <= 0).all():
        return _extremes(across, up)
    return _simplified(across, up)


def _extremes(across: Array, up: Array) -> Index:
    """Return the first, lowest, highest and last point of each pixel column."""
    column = np.floor(across).astype(np.intp)
    first = np.flatnonzero(np.r_[True, np.diff(column) != 0])
    last = np.r_[first[1:] - 1, len(column) - 1]
    rank = np.repeat(np.arange(len(first)), last - first + 1)
    order = np.lexsort((up, rank))
    return np.unique(np.concatenate([first, last, order[first], order[last]]))


def _simplified(across: Array, up: Array) -> Index:
    """Return the points of a path that lie farther than the tolerance from the path without them."""
    moved = np.r_[True, (np.diff(np.round(across * 2)) != 0) | (np.diff(np.round(up * 2)) != 0)]
    moved[-1] = True
    places = np.flatnonzero(moved)
    path = across[places] + 1j * up[places]
    chosen = np.zeros(len(places), dtype=bool)
    chosen[[0, -1]] = True
    stack = [(0, len(places) - 1)]
    while stack:
        start, stop = stack.pop()
        if stop - start < 2:
            continue
        distance = _distance(path[start + 1 : stop], path[start], path[stop])
        far = int(np.argmax(distance))
        if distance[far] > TOLERANCE_PIXEL:
            middle = start + 1 + far
            chosen[middle] = True
            stack += [(start, middle), (middle, stop)]
    return np.asarray(places[chosen])


def _distance(points: NDArray[np.complex128], start: complex, stop: complex) -> Array:
    """Return the distances of points from a line segment."""
    along = stop - start
    length = abs(along)
    if length == 0:
        return np.abs(points - start)
    turned = (points - start) * (along.conjugate() / length)
    beyond = np.maximum(np.maximum(-turned.real, turned.real - length), 0.0)
    return np.hypot(turned.imag, beyond)

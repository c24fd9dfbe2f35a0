"""Where the data of a panel are, in parts of the panel, so that legends and names are put where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Area, Bars, Line, Points, Shape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Box = tuple[float, float, float, float]  # left, bottom, right, top in parts of the panel

PLACES: Final[dict[str, tuple[float, float]]] = {
    "upper right": (1.0, 1.0),
    "upper left": (0.0, 1.0),
    "lower right": (1.0, 0.0),
    "lower left": (0.0, 0.0),
    "center right": (1.0, 0.5),
    "center left": (0.0, 0.5),
    "upper center": (0.5, 1.0),
    "lower center": (0.5, 0.0),
    "center": (0.5, 0.5),
}


def anchored(name: str, width: float, height: float) -> Box:
    """The box of a size at a named place of the panel."""
    anchor = PLACES[name]
    left, bottom = anchor[0] * (1 - width), anchor[1] * (1 - height)
    return left, bottom, left + width, bottom + height


def covers(box: Box, points: Array, boxes: list[Box]) -> int:
    """How many points of the data lie below a box; a box of words counts as many."""
    left, bottom, right, top = box
    x, y = points
    inside = (x > left - 0.01) & (x < right + 0.01) & (y > bottom - 0.01) & (y < top + 0.01)
    words = sum(left < b[2] and b[0] < right and bottom < b[3] and b[1] < top for b in boxes)
    return int(np.count_nonzero(inside)) + 50 * words


def outline(layer: object) -> Array | None:
    """The outline of a layer in data units, shape (2, n)."""
    match layer:
        case Line() | Shape():
            return np.array([layer.x, layer.y], dtype=float)
        case Points():
            return _with_errors(layer)
        case Area():
            low = layer.y if layer.y_low is None else layer.y_low
            return np.array([np.r_[layer.x, layer.x[::-1]], np.r_[layer.y, low[::-1]]], dtype=float)
        case Bars():
            return _bar_fill(layer)
    return None


def _with_errors(layer: Points) -> Array:
    x, y = np.asarray(layer.x, float), np.asarray(layer.y, float)
    if layer.y_error is None:
        return np.array([x, y])
    error = np.asarray(layer.y_error, float)
    return np.array([np.repeat(x, 3), np.stack([y - error, y + error, y], 1).ravel()])


def _bar_fill(layer: Bars) -> Array:
    """A zigzag through each bar and its error."""
    base = np.zeros(len(layer.x)) if layer.base is None else np.asarray(layer.base, float)
    ends = base + np.asarray(layer.y, float)
    if layer.y_error is not None:
        ends = ends + np.asarray(layer.y_error, float)
    parts = np.linspace(-0.5, 0.5, 5) * layer.width
    along = np.repeat(np.asarray(layer.x, float)[:, None] + parts, 2, axis=1).ravel()
    across = np.tile(np.stack([base, ends], 1), (1, len(parts))).ravel()
    return np.array([across, along]) if layer.horizontal else np.array([along, across])


def dense(points: Array) -> Array:
    """Points no farther apart than 1.5 % of the panel along the lines between them."""
    x, y = points
    finite = np.isfinite(x) & np.isfinite(y)
    x, y = x[finite], y[finite]
    if len(x) < 2:
        return np.array([x, y])
    steps = np.clip(np.hypot(np.diff(x), np.diff(y)) / 0.015, 1, 100).astype(int)
    place = np.concatenate([[0.0], np.cumsum(steps)])
    fine = np.arange(int(place[-1]) + 1)
    return np.array([np.interp(fine, place, x), np.interp(fine, place, y)])

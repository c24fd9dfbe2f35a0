"""Return the outline of each kind of layer: the points between which its lines, bars and areas are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Area, Bars, Line, Points, Shape

if TYPE_CHECKING:
    from halfcell.core.figure import Array, Layer


def outline(layer: Layer) -> Array | None:
    """Return the outline of a layer in data units, shape (2, n); None for layers without data of their own."""
    match layer:
        case Line() | Shape():
            return np.array([layer.x, layer.y], dtype=float)
        case Points():
            return _points_with_errors(layer)
        case Area():
            low = layer.y if layer.y_low is None else layer.y_low
            return np.array([np.r_[layer.x, layer.x[::-1]], np.r_[layer.y, low[::-1]]], dtype=float)
        case Bars():
            return _zigzag_over_bars(layer)
    return None


def _points_with_errors(layer: Points) -> Array:
    x, y = np.asarray(layer.x, float), np.asarray(layer.y, float)
    if layer.y_error is None:
        return np.array([x, y])
    error = np.asarray(layer.y_error, float)
    return np.array([np.repeat(x, 3), np.stack([y - error, y + error, y], 1).ravel()])


def _zigzag_over_bars(layer: Bars) -> Array:
    """Return a zigzag that covers each bar and its error bar."""
    base = np.zeros(len(layer.x)) if layer.base is None else np.asarray(layer.base, float)
    ends = base + np.asarray(layer.y, float)
    if layer.y_error is not None:
        ends = ends + np.asarray(layer.y_error, float)
    parts = np.linspace(-0.5, 0.5, 5) * layer.width
    along = np.repeat(np.asarray(layer.x, float)[:, None] + parts, 2, axis=1).ravel()
    across = np.tile(np.stack([base, ends], 1), (1, len(parts))).ravel()
    return np.array([across, along]) if layer.horizontal else np.array([along, across])


def densified(points: Array) -> Array:
    """Fill in points along the lines between the given ones, no farther apart than 1.5 % of the panel."""
    x, y = points
    finite = np.isfinite(x) & np.isfinite(y)
    x, y = x[finite], y[finite]
    if len(x) < 2:
        return np.array([x, y])
    steps = np.clip(np.hypot(np.diff(x), np.diff(y)) / 0.015, 1, 100).astype(int)
    place = np.concatenate([[0.0], np.cumsum(steps)])
    fine = np.arange(int(place[-1]) + 1)
    return np.array([np.interp(fine, place, x), np.interp(fine, place, y)])

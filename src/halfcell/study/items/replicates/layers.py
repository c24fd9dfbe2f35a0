"""Layers of a figure of replicates: which ones differ, their means with error bars or bands, or one layer per cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Area, Arrow, Bars, Layer, Line, Points, Span, Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_FEW: Final = 12  # points with error bars; more have a band
_SHARED: Final = 0.9  # share of the points of the shortest curve whose x all cells have; else a mean would jump
_CLOSE: Final = 1e-9
_THIN: Final = 0.6  # of the width of a line that stands for one cell of a group
_ARRAYS: Final = ("x", "y", "y_low", "y_error", "x_error", "base", "values", "heights")


def differs(one: Layer, other: Layer) -> bool:
    """Whether two layers of one kind show different data."""
    arrays = [(getattr(one, name, None), getattr(other, name, None)) for name in _ARRAYS]
    if any(isinstance(a, np.ndarray) and not _equal(a, b) for a, b in arrays):
        return True
    names = ("x", "y", "text", "start", "stop", "x0", "y0", "x1", "y1")
    pairs = ((getattr(one, name, None), getattr(other, name, None)) for name in names)
    return any(a != b for a, b in pairs if not isinstance(a, np.ndarray))


def _equal(one: Any, other: Any) -> bool:
    return isinstance(other, np.ndarray) and one.shape == other.shape and np.array_equal(one, other, equal_nan=True)


def is_of_one_cell(layer: Layer) -> bool:
    """Whether a layer that differs is a text or a mark, which cannot be averaged."""
    return isinstance(layer, Text | Arrow | Span)


def has_common_grid(layers: Sequence[Layer]) -> bool:
    """Whether the points of all cells have the same x, nearly all of the shortest curve: cycles, rates, samples.

    A curve that comes back to an x, such as a voltammogram, has none: both its branches would become one mean.
    """
    curves = [layer for layer in layers if isinstance(layer, Points | Line)]
    grids = [np.unique(np.asarray(curve.x)) for curve in curves]
    if len(grids) < len(layers) or not all(len(grid) for grid in grids):
        return False
    if any(len(grid) < len(curve.x) for grid, curve in zip(grids, curves, strict=True)):
        return False
    shared = grids[0]
    for grid in grids[1:]:
        shared = shared[[bool(np.any(np.abs(grid - value) <= _CLOSE * max(1.0, abs(value)))) for value in shared]]
    return len(shared) >= max(1.0, _SHARED * min(map(len, grids)))


def averaged_points(layer: Points | Line, cells: Sequence[Layer]) -> list[Layer]:
    """Mean over the cells that have a point at each x; their standard deviation as error bars, or as a band.

    Where only one cell has a point, it is shown without either.
    """
    found: dict[float, list[float]] = {}
    for cell in cells:
        if isinstance(cell, Points | Line):
            for x, y in zip(np.asarray(cell.x).tolist(), np.asarray(cell.y).tolist(), strict=True):
                if np.isfinite(y):
                    found.setdefault(float(f"{x:.9g}"), []).append(y)
    x = np.array(sorted(found))
    mean = np.array([np.mean(found[key]) for key in x.tolist()])
    std = np.array([np.std(found[key], ddof=1) if len(found[key]) > 1 else np.nan for key in x.tolist()])
    name = f"{layer.name or layer.label}, mean".lstrip(", ")
    if isinstance(layer, Points) and len(x) <= _FEW:
        return [replace(layer, x=x, y=mean, y_error=std, x_error=None, name=name)]
    known = np.isfinite(std)
    band = Area(
        x=x[known],
        y=(mean + std)[known],
        y_low=(mean - std)[known],
        colour=layer.colour,
        side=layer.side,
        name=f"{name} ± standard deviation",
    )
    plain = replace(layer, y_error=None, x_error=None) if isinstance(layer, Points) else layer
    return [*([band] if known.any() else []), replace(plain, x=x, y=mean, name=name)]


def has_gaps(layers: Sequence[Layer]) -> bool:
    """Whether some cell has no point where another one has: it ended earlier, or cycles were left out."""
    grids = [
        {f"{x:.9g}" for x in np.asarray(layer.x, float)[np.isfinite(np.asarray(layer.y, float))].tolist()}
        for layer in layers
        if isinstance(layer, Points | Line)
    ]
    return any(grid != grids[0] for grid in grids)


def averaged_elements(layer: Bars | Points, own: Sequence[Sequence[Layer]]) -> Layer:
    """A layer in which each bar or point belongs to one sample: those of groups become means with error bars."""
    y = np.array(layer.y, float)
    error = np.array(layer.y_error, float) if layer.y_error is not None else np.full(len(y), np.nan)
    for cells in own:
        values = np.array([cell.y for cell in cells if isinstance(cell, Bars | Points) and len(cell.y) == len(y)])
        if len(values) < len(cells):
            continue
        changed = np.ptp(values, axis=0) > 0
        y[changed] = values.mean(axis=0)[changed]
        error[changed] = values.std(axis=0, ddof=1)[changed]
    return replace(layer, y=y, y_error=error if np.isfinite(error).any() else None)


def averaged_marks(cells: Sequence[Layer]) -> list[Layer]:
    """Lines across the panel that each cell has at another value: the mean, and its standard deviation as a range."""
    marks = [cell for cell in cells if isinstance(cell, Span)]
    values = np.array([mark.start for mark in marks])
    mean, std = float(values.mean()), float(values.std(ddof=1))
    line = replace(marks[0], start=mean, stop=mean)
    return [replace(line, start=mean - std, stop=mean + std, label=""), line]


def is_mark(layers: Sequence[Layer]) -> bool:
    """Whether the layers are lines across the panel, one for each of several cells."""
    return len(layers) > 1 and all(isinstance(layer, Span) and layer.start == layer.stop for layer in layers)


def each_cell(cells: Sequence[Layer], names: Sequence[str]) -> list[Layer]:
    """One layer per cell, in one colour; the legend has the first."""
    shown: list[Layer] = []
    for number, (layer, name) in enumerate(zip(cells, names, strict=True)):
        label = getattr(layer, "label", "")
        changes: dict[str, Any] = {"label": label if number == 0 else ""} if hasattr(layer, "label") else {}
        if hasattr(layer, "name"):
            changes["name"] = f"{name}, {label}".rstrip(", ")
        if isinstance(layer, Line):
            changes["width_pt"] = layer.width_pt * _THIN
        shown.append(replace(layer, **changes))
    return shown

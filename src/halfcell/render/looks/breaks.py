"""Break an axis: leave out a range of values, and draw what lies behind it closer."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Span
from halfcell.render.looks.moved import moved, moved_value
from halfcell.render.ranges import has_image, ranges

if TYPE_CHECKING:
    from halfcell.core.figure import Array, Layer, Panel
    from halfcell.core.looks.records import AxesLook

_GAP: Final = 0.03  # of the axis, between the two parts of a broken one


def break_axes(panel: Panel, look: AxesLook) -> Panel:
    """Return a panel without the ranges that its look leaves out, with two strokes across the axis at each gap.

    Raises
    ------
    InputError
        If the axis is logarithmic, so that both parts of it would need a scale of their own, or below a picture.
    """
    for name, axis_look in (("x", look.x), ("y", look.y)):
        if axis_look.broken is not None:
            if getattr(panel, name).log:
                hint = 'scale = "linear", or limits = [from, to]; in one panel only: panel = { b = { axes = ... } }'
                raise InputError(f"broken: the {name} axis is logarithmic and cannot leave out a range", hint=hint)
            if has_image(panel):
                hint = "limits = [from, to] shows a part of it"
                raise InputError(f"broken: a picture or a map cannot leave out a range of {name}", hint=hint)
            panel = _broken(panel, name, axis_look.broken)
    return panel


def _broken(panel: Panel, name: str, gap: tuple[float, float]) -> Panel:
    """Return a panel whose x or y axis goes on after the gap: values there are drawn closer by its width."""
    found = ranges(panel)
    span = found.x if name == "x" else found.left
    start, stop = gap
    if not span.low < start < stop < span.high:
        return panel
    kept = (start - span.low) + (span.high - stop)
    shift = (stop - start) - _GAP * kept

    def closer(values: Array) -> Array:
        given = np.asarray(values, float)
        inside = np.where((given > start) & (given < stop), np.nan, given)
        return np.asarray(np.where(inside >= stop, inside - shift, inside))

    def same(values: Array) -> Array:
        return np.asarray(values, float)

    changes = (closer, same) if name == "x" else (same, closer)
    axis: Axis = getattr(panel, name)
    step = axis.tick_step or _round_step(kept / 5)
    marks = [step * number for number in range(math.ceil(span.low / step), math.floor(span.high / step) + 1)]
    ticks = tuple(
        (moved_value(closer, mark), f"{mark:.6g}".replace("-", "−")) for mark in marks if not start < mark < stop
    )
    axis = dataclasses.replace(axis, low=span.low, high=span.high - shift, ticks=ticks)
    layers = tuple(moved(_to_the_edges(layer, name, gap), changes) for layer in panel.layers)
    strokes = (start, start + _GAP * kept)
    if name == "x":
        return dataclasses.replace(panel, x=axis, layers=layers, x_gap=strokes)
    return dataclasses.replace(panel, y=axis, layers=layers, y_gap=strokes)


def _to_the_edges(layer: Layer, name: str, gap: tuple[float, float]) -> Layer:
    """Return a shaded range that ends in the gap with its end at the edge of the gap; other layers as they are."""
    if not isinstance(layer, Span) or layer.axis != name or layer.start == layer.stop:
        return layer
    start, stop = sorted((layer.start, layer.stop))
    if gap[0] <= start and stop <= gap[1]:
        return layer
    start = gap[1] if gap[0] < start < gap[1] else start
    stop = gap[0] if gap[0] < stop < gap[1] else stop
    return dataclasses.replace(layer, start=start, stop=stop)


def _round_step(step: float) -> float:
    """Return the next larger of 1, 2, 5, 10 ... times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= step * (1 - 1e-9))

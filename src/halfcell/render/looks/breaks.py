"""Break an axis: leave out a range of values, and draw what lies behind it closer."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Image
from halfcell.render.looks.moved import moved, moved_value
from halfcell.render.ranges import ranges

if TYPE_CHECKING:
    from halfcell.core.figure import Array, Panel
    from halfcell.core.looks.records import AxesLook

_GAP: Final = 0.03  # of the axis, between the two parts of a broken one


def break_axes(panel: Panel, look: AxesLook) -> Panel:
    """Return a panel without the ranges that its look leaves out, with two strokes across the axis at each gap.

    Raises
    ------
    InputError
        If the axis is logarithmic: both parts of it would need a scale of their own.
    """
    for name, axis_look in (("x", look.x), ("y", look.y)):
        if axis_look.broken is not None:
            if getattr(panel, name).log:
                hint = 'scale = "linear", or limits = [from, to]; in one panel only: panel = { b = { axes = ... } }'
                raise InputError(f"broken: the {name} axis is logarithmic and cannot leave out a range", hint=hint)
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
    layers = tuple(moved(layer, changes) for layer in panel.layers if not isinstance(layer, Image))
    strokes = (start, start + _GAP * kept)
    if name == "x":
        return dataclasses.replace(panel, x=axis, layers=layers, x_gap=strokes)
    return dataclasses.replace(panel, y=axis, layers=layers, y_gap=strokes)


def _round_step(step: float) -> float:
    """Return the next larger of 1, 2, 5, 10 ... times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= step * (1 - 1e-9))

"""Change the coordinates of layers by functions of arrays, such as the conversion of a unit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import singledispatch
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Area, Arrow, Bars, Image, Line, Points, Shape, Span, Text, Ticks

if TYPE_CHECKING:
    from halfcell.core.figure import Array, Layer

Change = Callable[[Any], Any]  # values of an axis -> values of the changed axis, arrays of one shape
Changes = tuple[Change, Change]  # for x and for y


@singledispatch
def moved(layer: Layer, by: Changes) -> Any:  # noqa: ARG001
    """Return a layer with its x and y changed; uncertainties keep their relation to the values they belong to."""
    return layer


@moved.register(Bars)
def _bars(layer: Bars, by: Changes) -> Bars:
    along, across = by[::-1] if layer.horizontal else by
    base = None if layer.base is None else across(layer.base)
    error = _error(across, layer.y, layer.y_error)
    place = layer.x if layer.names else along(layer.x)
    return dataclasses.replace(layer, x=place, y=across(layer.y), base=base, y_error=error)


@moved.register(Line)
def _line(layer: Line, by: Changes) -> Line:
    x, y = by
    return dataclasses.replace(layer, x=x(layer.x), y=y(layer.y), raised=_difference(y, layer.raised))


@moved.register(Points)
def _points(layer: Points, by: Changes) -> Points:
    x, y = by
    errors = _error(x, layer.x, layer.x_error), _error(y, layer.y, layer.y_error)
    return dataclasses.replace(layer, x=x(layer.x), y=y(layer.y), x_error=errors[0], y_error=errors[1])


@moved.register(Area)
def _area(layer: Area, by: Changes) -> Area:
    x, y = by
    low = None if layer.y_low is None else y(layer.y_low)
    return dataclasses.replace(layer, x=x(layer.x), y=y(layer.y), y_low=low, raised=_difference(y, layer.raised))


@moved.register(Ticks)
def _ticks(layer: Ticks, by: Changes) -> Ticks:
    return dataclasses.replace(layer, x=by[0](layer.x))


@moved.register(Shape)
def _shape(layer: Shape, by: Changes) -> Shape:
    return dataclasses.replace(layer, x=by[0](layer.x), y=by[1](layer.y))


@moved.register(Span)
def _span(layer: Span, by: Changes) -> Span:
    start, stop = by[0 if layer.axis == "x" else 1](np.array([layer.start, layer.stop])).tolist()
    return dataclasses.replace(layer, start=start, stop=stop)


@moved.register(Text)
def _text(layer: Text, by: Changes) -> Text:
    if layer.fraction:
        return layer
    return dataclasses.replace(layer, x=moved_value(by[0], layer.x), y=moved_value(by[1], layer.y))


@moved.register(Arrow)
def _arrow(layer: Arrow, by: Changes) -> Arrow:
    (x0, x1), (y0, y1) = (
        (moved_value(by[0], x) for x in (layer.x0, layer.x1)),
        (moved_value(by[1], y) for y in (layer.y0, layer.y1)),
    )
    return dataclasses.replace(layer, x0=x0, x1=x1, y0=y0, y1=y1)


@moved.register(Image)
def _image(layer: Image, by: Changes) -> Image:
    left, right, bottom, top = layer.extent
    x, y = by
    extent = (moved_value(x, left), moved_value(x, right), moved_value(y, bottom), moved_value(y, top))
    return dataclasses.replace(layer, extent=extent)


def moved_value(change: Change, value: float) -> float:
    """Change one value."""
    return float(change(np.array([value]))[0])


def _difference(change: Change, value: float) -> float:
    """Change a difference of two values."""
    return moved_value(change, value) - moved_value(change, 0.0) if value else 0.0


def _error(change: Change, values: Array, error: Array | None) -> Array | None:
    if error is None:
        return None
    middle = np.asarray(values, float)
    return np.asarray(np.abs(change(middle + error) - change(middle)))

"""Correct what a figure asks for and cannot be drawn, such as a log axis without positive values.

Both drawings, on paper and on the screen, start from `drawable(figure)`.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from halfcell.core.figure import Area, Arrow, Bars, Line, Span, Text
from halfcell.render.insets import with_insets
from halfcell.render.looks.figure import looked
from halfcell.render.ranges import extent, has_image, layers_on, ranges
from halfcell.render.tick_numbers import bar_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from halfcell.core.figure import Array, Axis, Figure, Hatch, Layer, Panel
    from halfcell.render.ranges import Direction, Extent


_HATCHES: Final[tuple[Hatch, ...]] = ("", "lines", "dots", "cross")


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class RaisedLine(Line):
    """A line of a stack at the height where it is drawn; `data` are its values, which the pointer shows."""

    data: Array


def drawable(figure: Figure) -> Figure:
    """Return the figure as its look wants it, without what cannot be drawn, each curve of a stack at its height."""
    figure = looked(figure)
    panels = tuple(_panel(panel) for panel in figure.panels)
    if figure.share_x:
        columns = [panels[first :: figure.columns] for first in range(figure.columns)]
        panels = tuple(_sharing_x(panel, columns[index % figure.columns]) for index, panel in enumerate(panels))
    return dataclasses.replace(figure, panels=panels)


def _panel(panel: Panel) -> Panel:
    panel = _names_in_line(dataclasses.replace(panel, layers=tuple(map(_raised, _hatched(panel.layers)))))
    x, y = _axis(panel.x, _data(panel.layers, "x"), panel), _axis(panel.y, _data(layers_on(panel, "left"), "y"), panel)
    right = _axis(panel.right, _data(layers_on(panel, "right"), "y"), panel) if panel.right else None
    drawn = dataclasses.replace(
        panel,
        x=x,
        y=y,
        right=right,
        layers=tuple(layer for layer in panel.layers if _has_a_place(layer, x, y)),
        equal=panel.equal and panel.right is None and not (x.log or y.log),
    )
    return with_insets(drawn, _panel)


def _names_in_line(panel: Panel) -> Panel:
    """Return a panel in which the axis with the names of bars is linear: names have no logarithm."""
    names = bar_names(panel)
    if names is None:
        return panel
    if names.horizontal:
        return dataclasses.replace(panel, y=dataclasses.replace(panel.y, log=False))
    return dataclasses.replace(panel, x=dataclasses.replace(panel.x, log=False))


def _hatched(layers: Sequence[Layer]) -> Iterator[Layer]:
    """The layers with hatches on all series of bars but the first: in grey, colours differ in lightness only."""
    series = list(dict.fromkeys(layer.colour for layer in layers if isinstance(layer, Bars)))
    for layer in layers:
        if isinstance(layer, Bars) and not layer.hatch:
            yield dataclasses.replace(layer, hatch=_HATCHES[series.index(layer.colour) % len(_HATCHES)])
        else:
            yield layer


def _raised(layer: Layer) -> Layer:
    """A layer of a stack at the height where it is drawn."""
    match layer:
        case Line() if layer.raised:
            given = {field.name: getattr(layer, field.name) for field in dataclasses.fields(layer)}
            return RaisedLine(**given | {"y": layer.y + layer.raised, "raised": 0.0}, data=layer.y)
        case Area() if layer.raised:
            low = None if layer.y_low is None else layer.y_low + layer.raised
            return dataclasses.replace(layer, y=layer.y + layer.raised, y_low=low, raised=0.0)
    return layer


def _data(layers: Iterable[Layer], direction: Direction) -> list[Extent]:
    """Return the values of the layers along an axis, without those of ranges and arrows."""
    return [extent(layer, direction) for layer in layers if not isinstance(layer, Span | Arrow)]


def _axis(axis: Axis, data: Iterable[Extent], panel: Panel) -> Axis:
    """Make a log axis linear where it has no positive value, and below an image."""
    if not axis.log:
        return axis
    log = any((extent.values > 0).any() for extent in data) and not has_image(panel)
    if not log:
        return dataclasses.replace(axis, log=False)
    low, high = (end if end is None or end > 0 else None for end in (axis.low, axis.high))
    return dataclasses.replace(axis, low=low, high=high)


def _has_a_place(layer: Layer, x: Axis, y: Axis) -> bool:
    """Whether texts, arrows and ranges stand at positions that a log axis has."""
    match layer:
        case Text():
            places = [] if layer.fraction else [(x, layer.x), (y, layer.y)]
        case Arrow():
            places = [(x, layer.x0), (x, layer.x1), (y, layer.y0), (y, layer.y1)]
        case Span():
            places = [(x if layer.axis == "x" else y, min(layer.start, layer.stop))]
        case _:
            places = []
    return all(value > 0 or not axis.log for axis, value in places)


def _sharing_x(panel: Panel, column: Sequence[Panel]) -> Panel:
    """Return a panel with the x axis of the uppermost one in its column, except for its own label and unit."""
    first, spans = column[0].x, [ranges(other).x for other in column]
    x = dataclasses.replace(
        first,
        low=min(span.low for span in spans) if first.low is None else first.low,
        high=max(span.high for span in spans) if first.high is None else first.high,
        label=panel.x.label or first.label,
        unit=panel.x.unit or first.unit,
        log=all(other.x.log for other in column),
    )
    return dataclasses.replace(panel, x=x, equal=False)

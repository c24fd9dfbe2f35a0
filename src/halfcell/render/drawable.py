"""Settle what a record asks for and cannot be had: a log axis without positive values, one scale for log axes.

Both drawings, on paper and on the screen, start from the settled figure.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.figure import Arrow, Axis, Figure, Image, Layer, Panel, Span, Text
from halfcell.render.ranges import extent, ranges, side_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def settled(figure: Figure) -> Figure:
    """The same figure with what cannot be drawn taken back."""
    panels = tuple(_panel(panel) for panel in figure.panels)
    if figure.share_x:
        columns = [panels[first :: figure.columns] for first in range(figure.columns)]
        panels = tuple(_sharing(panel, columns[index % figure.columns]) for index, panel in enumerate(panels))
    return dataclasses.replace(figure, panels=panels)


def _panel(panel: Panel) -> Panel:
    left = [layer for layer in panel.layers if side_of(layer, panel) == "left"]
    right = [layer for layer in panel.layers if side_of(layer, panel) == "right"]
    picture = any(isinstance(layer, Image) for layer in panel.layers)
    x, y = _axis(panel.x, panel.layers, 0, picture), _axis(panel.y, left, 1, picture)
    return dataclasses.replace(
        panel,
        x=x,
        y=y,
        right=_axis(panel.right, right, 1, picture) if panel.right else None,
        layers=tuple(layer for layer in panel.layers if _shows(layer, x, y)),
        equal=panel.equal and panel.right is None and not (x.log or y.log),
        inset=_panel(panel.inset) if panel.inset else None,
    )


def _axis(axis: Axis, layers: Sequence[Layer], along: int, picture: bool) -> Axis:
    """A log axis stays one only with something positive on it, and not below a picture."""
    if not axis.log:
        return axis
    data = [layer for layer in layers if not isinstance(layer, Span | Arrow)]
    positive = any((extent(layer, along)[0] > 0).any() for layer in data)
    low = axis.low if axis.low is None or axis.low > 0 else None
    return dataclasses.replace(axis, log=positive and not picture, low=low if positive and not picture else axis.low)


def _shows(layer: Layer, x: Axis, y: Axis) -> bool:
    """Whether words, arrows and ranges stand at places that a log axis has."""
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


def _sharing(panel: Panel, column: Sequence[Panel]) -> Panel:
    """A panel with the x axis of the uppermost one of its column, but for its own words."""
    first, spans = column[0].x, [ranges(other)["x"] for other in column]
    x = dataclasses.replace(
        first,
        low=min(span.low for span in spans) if first.low is None else first.low,
        high=max(span.high for span in spans) if first.high is None else first.high,
        label=panel.x.label or first.label,
        unit=panel.x.unit or first.unit,
        log=all(other.x.log for other in column),
    )
    return dataclasses.replace(panel, x=x, equal=False)

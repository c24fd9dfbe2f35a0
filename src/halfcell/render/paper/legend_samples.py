"""The sample of a layer that stands in a legend."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from halfcell.core.figure import Area, Bars, Line, Points, Shape, Ticks
from halfcell.render import style
from halfcell.render.paper.layers import DASHES, HATCHES, marker_look


@singledispatch
def sample(layer: object, label: str) -> Any:  # noqa: ARG001
    """A matplotlib artist to show beside `label`; None for layers that have no place in a legend."""
    return None


@sample.register
def _line(layer: Line, label: str) -> Any:
    from matplotlib.lines import Line2D

    width = max(layer.width_pt, 0.8)
    return Line2D([], [], color=style.colour(layer.colour), linestyle=DASHES[layer.dash], linewidth=width, label=label)


@sample.register
def _points(layer: Points, label: str) -> Any:
    from matplotlib.lines import Line2D

    look = marker_look(layer) | {"markersize": max(layer.size_pt, 2.5)}
    joint = "-" if layer.joined else "none"
    return Line2D([], [], color=style.colour(layer.colour), linestyle=joint, linewidth=0.7, label=label, **look)


@sample.register
def _bars(layer: Bars, label: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor=style.colour(layer.colour), edgecolor="black", linewidth=0.4, label=label)


@sample.register
def _area(layer: Area, label: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor=style.colour(layer.colour), alpha=layer.opacity, linewidth=0, label=label)


@sample.register
def _outline(layer: Shape, label: str) -> Any:
    from matplotlib.patches import Patch

    face, edge = layer.fill or "none", style.colour(layer.colour)
    return Patch(facecolor=face, edgecolor=edge, linewidth=0.5, hatch=HATCHES[layer.hatch], label=label)


@sample.register
def _ticks(layer: Ticks, label: str) -> Any:
    from matplotlib.lines import Line2D

    shade = style.colour(layer.colour)
    return Line2D([], [], color=shade, linestyle="none", marker="|", markersize=4, label=label)

"""Draw the sample of each layer in a legend on paper (on the screen plotly does it)."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from halfcell.core.figure import Area, Bars, Line, Points, Shape, Ticks
from halfcell.render import style
from halfcell.render.paper.theme import DASHES, HATCHES, marker_look

if TYPE_CHECKING:
    from matplotlib.artist import Artist

    from halfcell.core.figure import Layer


@singledispatch
def sample(layer: Layer, label: str) -> Artist | None:  # noqa: ARG001
    """Return what matplotlib draws beside `label`; None for layers that no legend shows."""
    return None


@sample.register(Line)
def _line(layer: Line, label: str) -> Artist:
    from matplotlib.lines import Line2D

    width = max(layer.width_pt, 0.8)
    return Line2D([], [], color=style.colour(layer.colour), linestyle=DASHES[layer.dash], linewidth=width, label=label)


@sample.register(Points)
def _points(layer: Points, label: str) -> Artist:
    from matplotlib.lines import Line2D

    look = marker_look(layer)
    look["markersize"] = max(layer.size_pt, 2.5)
    joint, width = DASHES[layer.dash or "solid"] if layer.joined else "none", layer.width_pt or style.JOINT_PT
    return Line2D([], [], color=style.colour(layer.colour), linestyle=joint, linewidth=width, label=label, **look)


@sample.register(Bars)
def _bars(layer: Bars, label: str) -> Artist:
    from matplotlib.patches import Patch

    face, hatch = style.colour(layer.colour), HATCHES[layer.hatch]
    return Patch(facecolor=face, edgecolor="black", linewidth=0.4, hatch=hatch, label=label)


@sample.register(Area)
def _area(layer: Area, label: str) -> Artist:
    from matplotlib.patches import Patch

    return Patch(facecolor=style.colour(layer.colour), alpha=layer.opacity, linewidth=0, label=label)


@sample.register(Shape)
def _shape(layer: Shape, label: str) -> Artist:
    from matplotlib.patches import Patch

    face, edge = layer.fill or "none", style.colour(layer.colour)
    return Patch(facecolor=face, edgecolor=edge, linewidth=0.5, hatch=HATCHES[layer.hatch], label=label)


@sample.register(Ticks)
def _ticks(layer: Ticks, label: str) -> Artist:
    from matplotlib.lines import Line2D

    shade = style.colour(layer.colour)
    return Line2D([], [], color=shade, linestyle="none", marker="|", markersize=4, label=label)

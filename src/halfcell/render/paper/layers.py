"""Draw the layers of a panel on paper: one function per kind of layer."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Area, Arrow, Bars, Image, Line, Points, Shape, Span, Text, Ticks
from halfcell.render import style, thinning
from halfcell.render.paper.annotations import draw_arrow, draw_range, draw_text
from halfcell.render.paper.image import draw_image
from halfcell.render.paper.theme import DASHES, HATCHES, marker_look
from halfcell.render.thinning import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from halfcell.core.figure import Array, Layer

_PIXELS: Final = 4000  # 180 mm at 600 dpi: more points of a series cannot be seen on paper


@singledispatch
def draw_layer(layer: Layer, axes: Axes) -> None:  # noqa: ARG001
    """Draw one layer on matplotlib axes."""
    raise TypeError(f"cannot draw a layer of type {type(layer).__name__}")


draw_layer.register(Span, draw_range)
draw_layer.register(Text, draw_text)
draw_layer.register(Arrow, draw_arrow)
draw_layer.register(Image, draw_image)


@draw_layer.register(Line)
def _draw_line(layer: Line, axes: Axes) -> None:
    view = View(pixels=_PIXELS, log_x=axes.get_xscale() == "log", log_y=axes.get_yscale() == "log")
    kept = slice(None) if layer.step else thinning.keep(layer.x, layer.y, view)
    axes.plot(
        np.asarray(layer.x)[kept],
        np.asarray(layer.y)[kept],
        color=style.colour(layer.colour),
        linestyle=DASHES[layer.dash],
        linewidth=layer.width_pt,
        drawstyle="steps-mid" if layer.step else "default",
        zorder=2.2 if layer.dash == "solid" else 2.3,
    )


@draw_layer.register(Points)
def _draw_points(layer: Points, axes: Axes) -> None:
    axes.errorbar(
        layer.x,
        layer.y,
        xerr=layer.x_error,
        yerr=layer.y_error,
        color=style.colour(layer.colour),
        linestyle=DASHES[layer.dash or "solid"] if layer.joined else "none",
        linewidth=layer.width_pt or style.JOINT_PT,
        elinewidth=0.6,
        capsize=1.6,
        capthick=0.6,
        zorder=2.5,
        **marker_look(layer),
    )


@draw_layer.register(Bars)
def _draw_bars(layer: Bars, axes: Axes) -> None:
    base = _base(layer, axes)
    lengths = np.asarray(layer.y, float) - (base if layer.base is None else 0.0)
    look: dict[str, Any] = {"color": style.colour(layer.colour), "edgecolor": "black", "linewidth": 0.4, "zorder": 2.1}
    look |= {"hatch": HATCHES[layer.hatch]}
    look |= {"capsize": 1.8, "error_kw": {"elinewidth": 0.6, "capthick": 0.6, "ecolor": "black"}}
    if layer.horizontal:
        axes.barh(layer.x, lengths, height=layer.width, left=base, xerr=layer.y_error, **look)
    else:
        axes.bar(layer.x, lengths, width=layer.width, bottom=base, yerr=layer.y_error, **look)


def _base(layer: Bars, axes: Axes) -> float | Array:
    """Return where the bars start; on a log axis they start at the decade below the shortest."""
    if layer.base is not None:
        return layer.base
    if (axes.get_xscale() if layer.horizontal else axes.get_yscale()) != "log":
        return 0.0
    lengths = np.asarray(layer.y, float)
    positive = lengths[lengths > 0]
    return float(10.0 ** np.floor(np.log10(positive.min() / 1.6))) if positive.size else 0.1


@draw_layer.register(Area)
def _draw_area(layer: Area, axes: Axes) -> None:
    shade, opacity = style.colour(layer.colour), layer.opacity
    if layer.y_low is None:
        axes.fill(layer.x, layer.y, facecolor=shade, alpha=opacity, linewidth=0, zorder=1.5)
    else:
        axes.fill_between(layer.x, layer.y_low, layer.y, facecolor=shade, alpha=opacity, linewidth=0, zorder=1.5)


@draw_layer.register(Shape)
def _draw_shape(layer: Shape, axes: Axes) -> None:
    axes.fill(
        layer.x,
        layer.y,
        facecolor=layer.fill or "none",
        edgecolor=style.colour(layer.colour),
        linewidth=layer.width_pt,
        hatch=HATCHES[layer.hatch],
        joinstyle="miter",
        zorder=2.0,
    )


@draw_layer.register(Ticks)
def _skip_ticks(layer: Ticks, axes: Axes) -> None:
    """Draw nothing: the rows of ticks are drawn in a strip of their own (`phase_ticks`)."""

"""The layers of a panel on paper: one function a kind of layer."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Area, Arrow, Bars, Image, Line, Points, Shape, Span, Text, Ticks
from halfcell.render import labels as words
from halfcell.render import style
from halfcell.render import thinning as reduce

if TYPE_CHECKING:
    from collections.abc import Mapping

DASHES: Final[Mapping[str, Any]] = {
    "solid": "-",
    "dash": (0, (4, 2)),
    "dot": (0, (1, 1.5)),
    "dashdot": (0, (4, 1.5, 1, 1.5)),
}
MARKS: Final[Mapping[str, str]] = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "down": "v",
    "cross": "x",
    "plus": "+",
}
HATCHES: Final[Mapping[str, str | None]] = {"": None, "lines": "////", "dots": "....", "cross": "xxxx"}
_PRINT_PIXELS: Final = 4000  # 180 mm at 600 dpi; a longer series says nothing more on paper


@singledispatch
def put(layer: object, axes: Any) -> None:  # noqa: ARG001
    """Draw one layer on matplotlib axes."""
    raise TypeError(f"no way to draw {layer!r}")


def _logs(axes: Any) -> tuple[bool, bool]:
    return axes.get_xscale() == "log", axes.get_yscale() == "log"


@put.register
def _line(layer: Line, axes: Any) -> None:
    kept = slice(None) if layer.step else reduce.keep(layer.x, layer.y, _PRINT_PIXELS, _logs(axes))
    axes.plot(
        np.asarray(layer.x)[kept],
        np.asarray(layer.y)[kept],
        color=style.colour(layer.colour),
        linestyle=DASHES[layer.dash],
        linewidth=layer.width_pt,
        drawstyle="steps-mid" if layer.step else "default",
        zorder=2.2 if layer.dash == "solid" else 2.3,
    )


@put.register
def _points(layer: Points, axes: Any) -> None:
    shade = style.colour(layer.colour)
    axes.errorbar(
        layer.x,
        layer.y,
        xerr=layer.x_error,
        yerr=layer.y_error,
        color=shade,
        linestyle="-" if layer.joined else "none",
        linewidth=0.7,
        elinewidth=0.6,
        capsize=1.6,
        capthick=0.6,
        zorder=2.5,
        **marker_look(layer),
    )


def marker_look(layer: Points) -> dict[str, Any]:
    """Keywords of the marker, for the layer and for its legend."""
    shade = style.colour(layer.colour)
    name = style.marker(layer.marker, layer.colour)
    return {
        "marker": MARKS[name],
        "markersize": layer.size_pt,
        "markerfacecolor": shade if not layer.hollow else "none" if layer.side == "right" else "white",
        "markeredgecolor": shade,
        "markeredgewidth": 0.8 if name in {"cross", "plus"} else 0.6,
    }


@put.register
def _bars(layer: Bars, axes: Any) -> None:
    foot, lengths = _foot(layer, axes)
    errors = {"elinewidth": 0.6, "capthick": 0.6, "ecolor": "black"}
    look = {"color": style.colour(layer.colour), "edgecolor": "black", "linewidth": 0.4, "capsize": 1.8}
    look |= {"error_kw": errors, "zorder": 2.1}
    if layer.horizontal:
        axes.barh(layer.x, lengths, height=layer.width, left=foot, xerr=layer.y_error, **look)
    else:
        axes.bar(layer.x, lengths, width=layer.width, bottom=foot, yerr=layer.y_error, **look)


def _foot(layer: Bars, axes: Any) -> tuple[Any, Any]:
    """Where the bars stand and how long they are; on a log axis they stand on the decade below the shortest."""
    log = (axes.get_xscale() if layer.horizontal else axes.get_yscale()) == "log"
    lengths = np.asarray(layer.y, float)
    if layer.base is not None or not log:
        return (0.0 if layer.base is None else layer.base), lengths
    positive = lengths[lengths > 0]
    decade = 10.0 ** np.floor(np.log10(positive.min() / 1.6)) if positive.size else 0.1
    return decade, lengths - decade


@put.register
def _area(layer: Area, axes: Any) -> None:
    look = {"facecolor": style.colour(layer.colour), "alpha": layer.opacity, "linewidth": 0, "zorder": 1.5}
    if layer.y_low is None:
        axes.fill(layer.x, layer.y, **look)
    else:
        axes.fill_between(layer.x, layer.y_low, layer.y, **look)


@put.register
def _ticks(layer: Ticks, axes: Any) -> None:
    """Nothing here: the rows of ticks stand in a strip of their own (`_paper_strip`)."""


@put.register
def _span(layer: Span, axes: Any) -> None:
    shade, upright = style.colour(layer.colour), layer.axis == "x"
    if layer.start == layer.stop:
        rule = axes.axvline if upright else axes.axhline
        rule(layer.start, color=shade, linestyle=DASHES[layer.dash], linewidth=0.7, zorder=1.4)
    else:
        range_ = axes.axvspan if upright else axes.axhspan
        range_(layer.start, layer.stop, facecolor=shade, alpha=layer.opacity, linewidth=0, zorder=1.2)


@put.register
def _text(layer: Text, axes: Any) -> None:
    axes.text(
        layer.x,
        layer.y,
        words.print_text(words.lowered(layer.text)),
        transform=axes.transAxes if layer.fraction else axes.transData,
        ha=layer.align,
        va="center",
        color=style.colour(layer.colour),
        fontsize=layer.size_pt,
        fontweight="bold" if layer.bold else "normal",
        rotation=layer.rotation_degree,
        rotation_mode="anchor",
        zorder=3.1,
        clip_on=False,
    )


@put.register
def _arrow(layer: Arrow, axes: Any) -> None:
    """An arrow; its words stand beside the middle, clear of the shaft."""
    kind = "<|-|>" if layer.double else "-|>" if layer.head else "-"
    shade = style.colour(layer.colour)
    look = {"arrowstyle": kind, "color": shade, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 5}
    axes.annotate("", (layer.x1, layer.y1), (layer.x0, layer.y0), arrowprops=look, zorder=2.9, annotation_clip=False)
    axes.update_datalim([(layer.x0, layer.y0), (layer.x1, layer.y1)])
    if not layer.text:
        return
    flat = abs(layer.y1 - layer.y0) <= 1e-9 * (abs(layer.x1 - layer.x0) or 1.0)
    middle = ((layer.x0 + layer.x1) / 2, (layer.y0 + layer.y1) / 2)
    step = (0.0, 2.0) if flat else (3.0, 0.0)
    axes.annotate(
        words.print_text(words.lowered(layer.text)),
        middle,
        step,
        textcoords="offset points",
        ha="center" if flat else "left",
        va="bottom" if flat else "center",
        fontsize=style.TEXT_PT - 0.5,
        color=shade,
        zorder=3.1,
        annotation_clip=False,
    )


@put.register
def _outline(layer: Shape, axes: Any) -> None:
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


@put.register
def _image(layer: Image, axes: Any) -> None:
    from halfcell.render.paper import image as _paper_image

    _paper_image.put(layer, axes)

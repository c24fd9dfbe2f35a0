"""The layers of a panel on the screen: one function a kind of layer, giving parts of plotly's JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import singledispatch
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Area, Arrow, Bars, Image, Line, Points, Shape, Span, Text, Ticks
from halfcell.render import labels as words
from halfcell.render import style
from halfcell.render import thinning as reduce
from halfcell.render.paper import phase_ticks as _paper_strip
from halfcell.render.ranges import side_of
from halfcell.render.screen.placed_panel import Part, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PX: Final = 12 / style.TEXT_PT  # pixels on the screen for a point on paper
DASHES: Final[Mapping[str, str]] = {"solid": "solid", "dash": "dash", "dot": "dot", "dashdot": "dashdot"}
MARKS: Final[Mapping[str, str]] = {
    "circle": "circle",
    "square": "square",
    "triangle": "triangle-up",
    "diamond": "diamond",
    "down": "triangle-down",
    "cross": "x-thin",
    "plus": "cross-thin",
}
HATCHES: Final[Mapping[str, str]] = {"lines": "/", "dots": ".", "cross": "x"}
_PIXELS: Final = 700  # a panel's width that a series is thinned for


@singledispatch
def parts(layer: object, place: Place) -> Iterator[Part]:  # noqa: ARG001
    """The parts that one layer adds."""
    raise TypeError(f"no way to show {layer!r}")


def numbers(values: Array | None, power: int = 0) -> list[float | None] | None:
    """Floats for JSON, to a hundred-thousandth of their range; gaps are null."""
    if values is None:
        return None
    shown = np.asarray(values, float) / 10.0**power
    finite = shown[np.isfinite(shown)]
    if not finite.size:
        return [None] * len(shown)
    wide = float(np.ptp(finite)) or float(abs(finite[0])) or 1.0
    digits = 5 - math.floor(math.log10(wide))
    small = finite[finite > 0]
    if small.size and small.min() < wide * 1e-4:  # a series over decades keeps five digits of each value
        return [float(f"{value:.5g}") if np.isfinite(value) else None for value in shown.tolist()]
    return [round(value, digits) if np.isfinite(value) else None for value in shown.tolist()]


def _axes(layer: Any, place: Place) -> dict[str, Any]:
    """The axes and the legend of a trace."""
    right = side_of(layer, place.panel) == "right"
    group = f"{place.number} {layer.label}"
    named = {"name": words.screen_text(words.lowered(layer.label)), "legendgroup": group} if layer.label else {}
    shown = {
        "showlegend": bool(layer.label) and place.panel.legend != "none",
        "legend": place.legend,
        "hoverlabel": {"namelength": -1},
    }
    return {"type": "scatter", "xaxis": place.x, "yaxis": place.right if right else place.y} | named | shown


def _powers(layer: Any, place: Place) -> tuple[int, int]:
    return place.ranges["x"].power, place.ranges[side_of(layer, place.panel)].power


def _thin(layer: Line | Points, place: Place) -> Any:
    logs = place.ranges["x"].log, place.ranges[side_of(layer, place.panel)].log
    lone = isinstance(layer, Points)
    return (reduce.keep_points if lone else reduce.keep_shape)(layer.x, layer.y, _PIXELS, logs)


@parts.register
def _line(layer: Line, place: Place) -> Iterator[Part]:
    kept, (px, py) = _thin(layer, place), _powers(layer, place)
    dash, shape = DASHES[layer.dash], "hvh" if layer.step else "linear"
    pen = {"color": style.colour(layer.colour), "width": round(layer.width_pt * 1.4, 1), "dash": dash, "shape": shape}
    pen["simplify"] = False  # plotly's own thinning leaves corners; ours is done
    xy = {"x": numbers(np.asarray(layer.x)[kept], px), "y": numbers(np.asarray(layer.y)[kept], py)}
    yield "data", _axes(layer, place) | xy | {"mode": "lines", "line": pen}


@parts.register
def _points(layer: Points, place: Place) -> Iterator[Part]:
    kept, (px, py) = _thin(layer, place), _powers(layer, place)
    shade = style.colour(layer.colour)
    symbol = MARKS[style.marker(layer.marker, layer.colour)]
    thin = symbol.endswith("thin")
    marker = {
        "color": shade,
        "symbol": symbol + ("-open" if layer.hollow or thin else ""),
        "size": round(layer.size_pt * PX * 1.1, 1),
        "line": {"width": 1.2 if layer.hollow or thin else 0, "color": shade},
    }
    trace = _axes(layer, place) | {"mode": "lines+markers" if layer.joined else "markers", "marker": marker}
    trace |= {"x": numbers(np.asarray(layer.x)[kept], px), "y": numbers(np.asarray(layer.y)[kept], py)}
    trace |= {"line": {"color": shade, "width": 1}}
    for name, error, power in (("error_x", layer.x_error, px), ("error_y", layer.y_error, py)):
        if error is not None:
            values = numbers(np.asarray(error)[kept], power)
            trace[name] = {"array": values, "thickness": 1, "width": 3, "color": shade}
    yield "data", trace


@parts.register
def _bars(layer: Bars, place: Place) -> Iterator[Part]:
    px, py = _powers(layer, place)
    along, across = ("y", "x") if layer.horizontal else ("x", "y")
    power = px if layer.horizontal else py
    trace = _axes(layer, place) | {"type": "bar", "width": layer.width, "orientation": "h" if layer.horizontal else "v"}
    trace |= {along: numbers(layer.x), across: numbers(layer.y, power)}
    trace["marker"] = {"color": style.colour(layer.colour), "line": {"color": "black", "width": 0.6}}
    if layer.base is not None:
        trace["base"] = numbers(layer.base, power)
    if layer.y_error is not None:
        trace[f"error_{across}"] = {
            "array": numbers(layer.y_error, power),
            "thickness": 1,
            "width": 4,
            "color": "black",
        }
    yield "data", trace


@parts.register
def _area(layer: Area, place: Place) -> Iterator[Part]:
    px, py = _powers(layer, place)
    x, y = np.asarray(layer.x, float), np.asarray(layer.y, float)
    if layer.y_low is not None:
        x, y = np.r_[x, x[::-1]], np.r_[y, np.asarray(layer.y_low, float)[::-1]]
    kept = reduce.keep(x, y, _PIXELS)
    trace = _axes(layer, place) | {"x": numbers(x[kept], px), "y": numbers(y[kept], py)}
    shade = _see_through(style.colour(layer.colour), layer.opacity)
    yield (
        "data",
        trace | {"mode": "lines", "line": {"width": 0}, "fill": "toself", "fillcolor": shade, "hoverinfo": "skip"},
    )


def _see_through(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


@parts.register
def _ticks(layer: Ticks, place: Place) -> Iterator[Part]:
    """A row of strokes on the axis of the strip, 1 high a row, rows counted downwards."""
    x = np.asarray(layer.x, float)
    heights = np.ones(len(x)) if layer.heights is None else np.asarray(layer.heights, float)
    tops = 0.8 * np.maximum(heights / max(heights.max(initial=0.0), 1e-300), 0.12) - layer.row - 1
    low = np.full(len(x), -layer.row - 1.0)
    strokes = {
        "x": numbers(np.stack([x, x, np.full(len(x), np.nan)], 1).ravel(), place.ranges["x"].power),
        "y": numbers(np.stack([low, tops, low * np.nan], 1).ravel()),
        "mode": "lines",
        "line": {"color": style.colour(layer.colour), "width": 1.3},
        "hoverinfo": "x+name",
    }
    named = bool(layer.label) and place.panel.legend != "none" and not _paper_strip.beside(place.panel)
    yield "data", _axes(layer, place) | strokes | {"yaxis": place.ticks, "showlegend": named}


@parts.register
def _outline(layer: Shape, place: Place) -> Iterator[Part]:
    px, py = _powers(layer, place)
    x, y = np.asarray(layer.x, float), np.asarray(layer.y, float)
    pen = {"color": style.colour(layer.colour), "width": round(layer.width_pt * 1.4, 1)}
    trace = _axes(layer, place) | {"x": numbers(np.r_[x, x[:1]], px), "y": numbers(np.r_[y, y[:1]], py)}
    trace |= {"mode": "lines", "line": pen, "fill": "toself", "fillcolor": layer.fill or "rgba(0,0,0,0)"}
    if layer.hatch:
        ground = layer.fill or "white"
        trace["fillpattern"] = {"shape": HATCHES[layer.hatch], "size": 7, "solidity": 0.15, "fgcolor": "#333"}
        trace["fillpattern"]["bgcolor"] = ground
    yield "data", trace | {"hoverinfo": "name" if layer.label else "skip", "hoveron": "fills"}


@parts.register
def _span(layer: Span, place: Place) -> Iterator[Part]:
    from halfcell.render.screen import annotations as _screen_words

    yield from _screen_words.span(layer, place)


@parts.register
def _text(layer: Text, place: Place) -> Iterator[Part]:
    from halfcell.render.screen import annotations as _screen_words

    yield from _screen_words.text(layer, place)


@parts.register
def _arrow(layer: Arrow, place: Place) -> Iterator[Part]:
    from halfcell.render.screen import annotations as _screen_words

    yield from _screen_words.arrow(layer, place)


@parts.register
def _image(layer: Image, place: Place) -> Iterator[Part]:
    from halfcell.render.screen import image as _screen_image

    yield from _screen_image.parts(layer, place)

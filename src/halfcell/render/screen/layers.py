"""Draw the layers of a panel on the screen: one function per kind of layer."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Area, Arrow, Bars, Image, Line, Points, Shape, Span, Text, Ticks
from halfcell.render import style, thinning
from halfcell.render.drawable import RaisedLine
from halfcell.render.screen.annotations import draw_arrow, draw_range, draw_text
from halfcell.render.screen.image import draw_image
from halfcell.render.screen.parts import Part
from halfcell.render.screen.phase_ticks import draw_row
from halfcell.render.screen.theme import HATCHES, MARKERS, PX_PER_PT
from halfcell.render.screen.traces import hover_of_raised, numbers, trace
from halfcell.render.thinning import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.figure import Array, Layer
    from halfcell.core.json_values import JsonObject
    from halfcell.render.screen.placed_panel import PlacedPanel
    from halfcell.render.thinning import Index

_PIXELS: Final = 700  # width of a panel that a series is thinned for


@singledispatch
def draw_layer(layer: Layer, placed: PlacedPanel) -> Iterator[Part]:  # noqa: ARG001
    """Return the parts that one layer adds."""
    raise TypeError(f"cannot draw a layer of type {type(layer).__name__}")


draw_layer.register(Ticks, draw_row)
draw_layer.register(Span, draw_range)
draw_layer.register(Text, draw_text)
draw_layer.register(Arrow, draw_arrow)
draw_layer.register(Image, draw_image)


def _view(layer: Line | Points, placed: PlacedPanel) -> View:
    return View(pixels=_PIXELS, log_x=placed.ranges.x.log, log_y=placed.ranges.y_of(layer).log)


@draw_layer.register(Line)
def _draw_line(layer: Line, placed: PlacedPanel) -> Iterator[Part]:
    kept = thinning.keep_shape(layer.x, layer.y, _view(layer, placed))
    pen: JsonObject = {"color": style.colour(layer.colour), "width": round(layer.width_pt * 1.4, 1), "dash": layer.dash}
    pen |= {"shape": "hvh" if layer.step else "linear"}
    pen |= {"simplify": False}  # plotly's own thinning leaves corners; ours is done
    xy = _xy(np.asarray(layer.x)[kept], np.asarray(layer.y)[kept], layer, placed)
    yield Part("data", trace(layer, placed) | xy | {"mode": "lines", "line": pen} | _pointed(layer, kept, placed))


def _pointed(layer: Line, kept: Index, placed: PlacedPanel) -> JsonObject:
    """Return what the pointer shows of a line of a stack: its data, not the height where they are drawn."""
    if not isinstance(layer, RaisedLine):
        return {}
    values = numbers(np.asarray(layer.data)[kept], placed.ranges.y_of(layer).power)
    return {"customdata": values, "hovertemplate": hover_of_raised(layer, placed)}


def _xy(x: Array, y: Array, layer: Layer, placed: PlacedPanel) -> JsonObject:
    """Return the data of a trace in the powers of ten of its axes."""
    return {"x": numbers(x, placed.ranges.x.power), "y": numbers(y, placed.ranges.y_of(layer).power)}


@draw_layer.register(Points)
def _draw_points(layer: Points, placed: PlacedPanel) -> Iterator[Part]:
    kept = thinning.keep_points(layer.x, layer.y, _view(layer, placed))
    shade = style.colour(layer.colour)
    found = trace(layer, placed) | {"mode": _mode(layer)} | _marker(layer)
    found |= _xy(np.asarray(layer.x)[kept], np.asarray(layer.y)[kept], layer, placed)
    width = round((layer.width_pt or style.JOINT_PT) * 1.4, 1)
    found |= {"line": {"color": shade, "width": width, "dash": layer.dash or "solid"}}
    across, up = placed.ranges.x, placed.ranges.y_of(layer)
    for name, error, axis in (("error_x", layer.x_error, across), ("error_y", layer.y_error, up)):
        if error is not None:
            values = numbers(np.asarray(error)[kept], axis.power)
            found[name] = {"array": values, "thickness": 1, "width": 3, "color": shade}
    yield Part("data", found)


def _mode(layer: Points) -> str:
    """Return plotly's word for what is drawn of points; a marker may be invisible."""
    if layer.marker == "none":
        return "lines" if layer.joined else "markers"
    return "lines+markers" if layer.joined else "markers"


def _marker(layer: Points) -> JsonObject:
    shade = style.colour(layer.colour)
    if layer.marker == "none":
        return {"marker": {"opacity": 0, "color": shade}}
    symbol = MARKERS[style.marker(layer.marker, layer.colour)]
    open_ = layer.hollow or symbol.endswith("thin")
    look: JsonObject = {"color": shade, "symbol": symbol + ("-open" if open_ else "")}
    look |= {"size": round(layer.size_pt * PX_PER_PT * 1.1, 1), "line": {"width": 1.2 if open_ else 0, "color": shade}}
    return {"marker": look}


@draw_layer.register(Bars)
def _draw_bars(layer: Bars, placed: PlacedPanel) -> Iterator[Part]:
    along, across = ("y", "x") if layer.horizontal else ("x", "y")
    power = placed.ranges.x.power if layer.horizontal else placed.ranges.y_of(layer).power
    found = trace(layer, placed) | {"type": "bar", "width": layer.width}
    found |= {"orientation": "h" if layer.horizontal else "v"}
    found |= {along: numbers(layer.x), across: numbers(layer.y, power)}
    look: JsonObject = {"color": style.colour(layer.colour), "line": {"color": "black", "width": 0.6}}
    if layer.hatch:
        look["pattern"] = {"shape": HATCHES[layer.hatch], "size": 7, "solidity": 0.15, "fgcolor": "black"}
    found["marker"] = look
    if layer.base is not None:
        found["base"] = numbers(layer.base, power)
    if layer.y_error is not None:
        errors = numbers(layer.y_error, power)
        found[f"error_{across}"] = {"array": errors, "thickness": 1, "width": 4, "color": "black"}
    yield Part("data", found)


@draw_layer.register(Area)
def _draw_area(layer: Area, placed: PlacedPanel) -> Iterator[Part]:
    x, y = np.asarray(layer.x, float), np.asarray(layer.y, float)
    if layer.y_low is not None:
        x, y = np.r_[x, x[::-1]], np.r_[y, np.asarray(layer.y_low, float)[::-1]]
    kept = thinning.keep(x, y, View(pixels=_PIXELS))
    fill = _see_through(style.colour(layer.colour), layer.opacity)
    look: JsonObject = {"mode": "lines", "line": {"width": 0}, "fill": "toself", "fillcolor": fill, "hoverinfo": "skip"}
    yield Part("data", trace(layer, placed) | _xy(x[kept], y[kept], layer, placed) | look)


def _see_through(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


@draw_layer.register(Shape)
def _draw_shape(layer: Shape, placed: PlacedPanel) -> Iterator[Part]:
    x, y = np.asarray(layer.x, float), np.asarray(layer.y, float)
    pen: JsonObject = {"color": style.colour(layer.colour), "width": round(layer.width_pt * 1.4, 1)}
    found = trace(layer, placed) | _xy(np.r_[x, x[:1]], np.r_[y, y[:1]], layer, placed)
    found |= {"mode": "lines", "line": pen, "fill": "toself", "fillcolor": layer.fill or "rgba(0,0,0,0)"}
    if layer.hatch:
        pattern: JsonObject = {"shape": HATCHES[layer.hatch], "size": 7, "solidity": 0.15, "fgcolor": "#333"}
        found["fillpattern"] = pattern | {"bgcolor": layer.fill or "white"}
    hover: JsonObject = {"hoverinfo": "name" if layer.label else "skip", "hoveron": "fills", "hovertemplate": None}
    yield Part("data", found | hover)

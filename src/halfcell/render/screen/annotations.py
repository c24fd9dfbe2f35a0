"""Ranges, words and arrows on the screen: plotly's shapes and annotations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from halfcell.render import labels as words
from halfcell.render import style
from halfcell.render.screen import legend as _screen_legend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.figure import Arrow, Span, Text
    from halfcell.render.ranges import Range
    from halfcell.render.screen.placed_panel import Part, Place

_ANCHORS: Final = {"left": "left", "center": "center", "right": "right"}
_PX: Final = 12 / style.TEXT_PT


def span(layer: Span, place: Place) -> Iterator[Part]:
    """A shaded rectangle, or a rule, over the whole panel, below the data."""
    along, across = ("x", "y") if layer.axis == "x" else ("y", "x")
    scale = 10.0 ** place.ranges["x" if along == "x" else "left"].power
    names = {"x": place.x, "y": place.y}
    shade = style.colour(layer.colour)
    shape: dict[str, Any] = {
        f"{along}ref": names[along],
        f"{across}ref": f"{names[across]} domain",
        f"{along}0": layer.start / scale,
        f"{along}1": layer.stop / scale,
        f"{across}0": 0,
        f"{across}1": 1,
        "layer": "below",
    }
    if layer.start == layer.stop:
        shape |= {"type": "line", "line": {"color": shade, "width": 1, "dash": layer.dash}}
    else:
        shape |= {"type": "rect", "fillcolor": shade, "opacity": layer.opacity, "line": {"width": 0}}
    yield "shapes", shape
    if layer.label:
        yield "annotations", _span_name(layer, place, scale)


def _span_name(layer: Span, place: Place, scale: float) -> dict[str, Any]:
    """The name of a range, written upwards at its top, or at the right end of a level."""
    name = words.screen_text(words.lowered(layer.label))
    font = {"size": 10.5, "color": style.colour(-2 if layer.colour == -1 else layer.colour)}
    look = {"text": name, "showarrow": False, "font": font, "bgcolor": "rgba(255,255,255,0.65)", "borderpad": 0}
    if layer.axis == "x":
        at = place_on(layer.start, place.ranges["x"], scale)
        height = (6.0 * len(layer.label) + 6) / place.box[3]
        up, anchor = _screen_legend.free_level(place, layer.start, height)
        where = {"x": at, "y": up, "xanchor": "left", "yanchor": anchor, "textangle": -90, "xshift": 2}
        return look | where | {"xref": place.x, "yref": f"{place.y} domain"}
    at = place_on(layer.stop, place.ranges["left"], scale)
    where = {"x": 0.99, "y": at, "xanchor": "right", "yanchor": "bottom"}
    return look | where | {"xref": f"{place.x} domain", "yref": place.y}


def place_on(value: float, axis: Range, scale: float | None = None) -> float:
    """A value as annotations want it: on a log axis its logarithm."""
    if axis.log:
        return math.log10(value) if value > 0 else 0.0
    return value / (10.0**axis.power if scale is None else scale)


def text(layer: Text, place: Place) -> Iterator[Part]:
    """Words at a place."""
    shown = words.screen_text(words.lowered(layer.text))
    refs = {"xref": place.x, "yref": place.y}
    x, y = layer.x, layer.y
    if layer.fraction:
        refs = {"xref": f"{place.x} domain", "yref": f"{place.y} domain"}
    else:
        x, y = place_on(x, place.ranges["x"]), place_on(y, place.ranges["left"])
    yield (
        "annotations",
        refs
        | {
            "x": x,
            "y": y,
            "text": f"<b>{shown}</b>" if layer.bold else shown,
            "showarrow": False,
            "xanchor": _ANCHORS[layer.align],
            "yanchor": "middle",
            "textangle": -layer.rotation_degree,
            "font": {"size": round(layer.size_pt * _PX, 1), "color": style.colour(layer.colour)},
        },
    )


def arrow(layer: Arrow, place: Place) -> Iterator[Part]:
    """An arrow, its words beside the middle."""
    across, up = place.ranges["x"], place.ranges["left"]
    shade = style.colour(layer.colour)
    refs = {"xref": place.x, "yref": place.y}
    heads = "end+start" if layer.double else "end" if layer.head else "none"
    start, stop = ((place_on(x, across), place_on(y, up)) for x, y in ((layer.x0, layer.y0), (layer.x1, layer.y1)))
    shaft = {"x": stop[0], "y": stop[1], "ax": start[0], "ay": start[1], "axref": place.x, "ayref": place.y}
    look = {"text": "", "showarrow": True, "arrowside": heads, "arrowhead": 2, "startarrowhead": 2}
    yield "annotations", refs | shaft | look | {"arrowwidth": 1, "arrowsize": 1.2, "arrowcolor": shade}
    if layer.text:
        flat = layer.y0 == layer.y1
        middle = {"x": (start[0] + stop[0]) / 2, "y": (start[1] + stop[1]) / 2}
        anchor = {"xanchor": "center", "yanchor": "bottom"} if flat else {"xanchor": "left", "yanchor": "middle"}
        font = {"font": {"size": 11, "color": shade}, "showarrow": False, "xshift": 0 if flat else 4}
        yield "annotations", refs | middle | anchor | font | {"text": words.screen_text(words.lowered(layer.text))}

"""Draw ranges, rules, texts and arrows on the screen as plotly's shapes and annotations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.render import style
from halfcell.render.boxes import Box, Size
from halfcell.render.screen import text
from halfcell.render.screen.occupied import occupied
from halfcell.render.screen.parts import Part
from halfcell.render.screen.theme import PX_PER_PT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.figure import Arrow, Span, Text
    from halfcell.core.json_values import JsonObject
    from halfcell.render.ranges import Range
    from halfcell.render.screen.placed_panel import PlacedPanel


def draw_range(layer: Span, placed: PlacedPanel) -> Iterator[Part]:
    """Shade a rectangle, or draw a rule, over the whole panel, below the data."""
    along, across = ("x", "y") if layer.axis == "x" else ("y", "x")
    names = {"x": placed.x, "y": placed.y}
    scale = 10.0 ** _axis(layer, placed).power
    shade = style.colour(layer.colour)
    shape: JsonObject = {
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
    yield Part("shapes", shape)
    if layer.label:
        yield Part("annotations", _name(layer, placed))


def _axis(layer: Span, placed: PlacedPanel) -> Range:
    return placed.ranges.x if layer.axis == "x" else placed.ranges.left


def _name(layer: Span, placed: PlacedPanel) -> JsonObject:
    """Return the name of a range, written upwards beside a range of x, at the right end of a level of y."""
    name = text.from_prose(layer.label)
    font: JsonObject = {"size": 10.5, "color": style.colour(-2 if layer.colour == -1 else layer.colour)}
    look: JsonObject = {"text": name, "showarrow": False, "font": font, "bgcolor": "rgba(255,255,255,0.65)"}
    look |= {"borderpad": 0}
    if layer.axis == "x":
        up, anchor = _free_level(layer, placed)
        look |= {"x": _position(layer.start, placed.ranges.x), "y": up, "xanchor": "left", "yanchor": anchor}
        return look | {"textangle": -90, "xshift": 2, "xref": placed.x, "yref": f"{placed.y} domain"}
    look |= {"x": 0.99, "y": _position(layer.stop, placed.ranges.left), "xanchor": "right", "yanchor": "bottom"}
    return look | {"xref": f"{placed.x} domain", "yref": placed.y}


def _free_level(layer: Span, placed: PlacedPanel) -> tuple[float, str]:
    """Return where the upright name of a range covers least: its height in the panel, and its anchor there."""
    size = Size(placed.box.width, placed.box.height)
    taken = occupied(placed.panel, placed.ranges, size)
    left, width = float(placed.ranges.x.fraction(np.array(layer.start))), 16 / size.width
    height = (6.0 * len(layer.label) + 6) / size.height
    levels = {(0.98, "top"): 0.98 - height, (0.02, "bottom"): 0.02, (0.5, "middle"): 0.5 - height / 2}
    found = {level: Box(left, low, left + width, low + height) for level, low in levels.items()}
    return min(found, key=lambda level: taken.covered_by(found[level]))


def _position(value: float, axis: Range) -> float:
    """Return a value as annotations want it: on a log axis its logarithm."""
    if axis.log:
        return math.log10(value) if value > 0 else 0.0
    return value / 10.0**axis.power


def draw_text(layer: Text, placed: PlacedPanel) -> Iterator[Part]:
    """Write a text at its place."""
    shown = text.from_prose(layer.text)
    if layer.fraction:
        place: JsonObject = {"xref": f"{placed.x} domain", "yref": f"{placed.y} domain", "x": layer.x, "y": layer.y}
    else:
        x, y = _position(layer.x, placed.ranges.x), _position(layer.y, placed.ranges.left)
        place = {"xref": placed.x, "yref": placed.y, "x": x, "y": y}
    look: JsonObject = {
        "text": f"<b>{shown}</b>" if layer.bold else shown,
        "showarrow": False,
        "xanchor": layer.align,
        "yanchor": "middle",
        "textangle": -layer.rotation_degree,
        "font": {"size": round(layer.size_pt * PX_PER_PT, 1), "color": style.colour(layer.colour)},
    }
    look |= {"bgcolor": "rgba(255,255,255,0.8)", "borderpad": 1} if layer.box else {}
    yield Part("annotations", place | look)


def draw_arrow(layer: Arrow, placed: PlacedPanel) -> Iterator[Part]:
    """Draw an arrow, with its text beside the middle."""
    across, up = placed.ranges.x, placed.ranges.left
    shade = style.colour(layer.colour)
    refs: JsonObject = {"xref": placed.x, "yref": placed.y}
    heads = "end+start" if layer.double else "end" if layer.head else "none"
    x0, y0 = _position(layer.x0, across), _position(layer.y0, up)
    x1, y1 = _position(layer.x1, across), _position(layer.y1, up)
    shaft: JsonObject = {"x": x1, "y": y1, "ax": x0, "ay": y0, "axref": placed.x, "ayref": placed.y}
    look: JsonObject = {"text": "", "showarrow": True, "arrowside": heads, "arrowhead": 2, "startarrowhead": 2}
    look |= {"arrowwidth": 1, "arrowsize": 1.2, "arrowcolor": shade}
    yield Part("annotations", refs | shaft | look)
    if layer.text:
        flat = layer.y0 == layer.y1
        words: JsonObject = {"x": (x0 + x1) / 2, "y": (y0 + y1) / 2}
        words |= {"xanchor": "center" if flat else "left", "yanchor": "bottom" if flat else "middle"}
        words |= {"font": {"size": 11, "color": shade}, "showarrow": False, "xshift": 0 if flat else 4}
        yield Part("annotations", refs | words | {"text": text.from_prose(layer.text)})

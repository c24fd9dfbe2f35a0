"""The legend of a panel on the screen: where no data are, else over room made for it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Panel, Points, Text, Ticks
from halfcell.render import placement as ink
from halfcell.render.paper import phase_ticks as _paper_strip
from halfcell.render.ranges import side_of

if TYPE_CHECKING:
    from halfcell.render.placement import Array, Box
    from halfcell.render.ranges import Range
    from halfcell.render.screen.placed_panel import Place

    Plugin = tuple[float, float]  # width and height of the panel in pixels

_LINE: Final = 19.0  # pixels
_LETTER: Final = 6.3
_MOST: Final = 0.4  # of the panel's height that may be added for a legend
_STEPS: Final = 5  # in which room for a legend is made


def _labels(panel: Panel) -> list[str]:
    if panel.legend == "none":
        return []
    beside_rows = _paper_strip.beside(panel)
    layers = [layer for layer in panel.layers if not (isinstance(layer, Ticks) and beside_rows)]
    return list(dict.fromkeys(getattr(layer, "label", "") for layer in layers if _counts(layer)))


def _counts(layer: object) -> bool:
    return bool(getattr(layer, "label", "")) and not hasattr(layer, "start")


def _size(panel: Panel) -> tuple[float, float]:
    labels = _labels(panel)
    return 44.0 + _LETTER * max((len(label) for label in labels), default=0), _LINE * len(labels) + 8


def _outside(panel: Panel) -> bool:
    return panel.legend == "outside" and bool(_labels(panel))


def beside(panel: Panel) -> float:
    """Plugin to the right for a legend outside."""
    return _size(panel)[0] + 6 if _outside(panel) and panel.right is None else 0.0


def above(panel: Panel, found: dict[str, Range], room: Plugin) -> float:
    """Plugin above for a legend: outside where a right axis takes the side, or where there is no place for it inside.

    One that is longer than the panel is wide stays inside, where it covers least.
    """
    if _outside(panel) and panel.right is not None:
        return _LINE + 6
    length = sum(34.0 + _LETTER * len(label) for label in _labels(panel))
    helps = panel.legend == "best" and (_fixed(panel) or _tall(panel, room)) and length <= 1.1 * room[0]
    return _LINE + 6 if helps and _crowded(panel, found, room) else 0.0


def _tall(panel: Panel, room: Plugin) -> bool:
    """Whether a legend is so high that room for it inside would press the data into half of the panel."""
    return not panel.equal and _size(panel)[1] > _MOST * room[1]


def _fixed(panel: Panel) -> bool:
    return any(axis.high is not None or axis.reverse for axis in (panel.y, *([panel.right] if panel.right else [])))


def _crowded(panel: Panel, found: dict[str, Range], room: Plugin) -> bool:
    return bool(_labels(panel)) and _best(panel, found, room)[1] > 0


def roomy(panel: Panel, found: dict[str, Range], room: Plugin) -> dict[str, Range]:
    """The ranges, with y extended upwards where a legend would else cover data: no further than that takes."""
    free = panel.legend == "best" and bool(_labels(panel)) and not panel.equal
    if not free or _fixed(panel) or above(panel, found, room) or not _crowded(panel, found, room):
        return found
    most = min(_size(panel)[1] / room[1], _MOST)
    for step in range(1, _STEPS + 1):
        part = most * step / _STEPS
        grown = found | {
            name: dataclasses.replace(span, high=span.at(1 / (1 - part))) for name, span in found.items() if name != "x"
        }
        if not _crowded(panel, grown, room):
            break
    return grown


def legend(place: Place) -> dict[str, Any]:
    """The layout entry of a panel's legend; nothing where no layer has a name."""
    panel = place.panel
    if not _labels(panel):
        return {}
    look = {"font": {"size": 11}, "bgcolor": "rgba(255,255,255,0.75)", "borderwidth": 0, "tracegroupgap": 0}
    look |= {"itemsizing": "trace", "xref": "paper", "yref": "paper", "groupclick": "togglegroup"}
    (left, right), (bottom, top) = place.domain()
    if _outside(panel) or place.above:
        if place.above:
            return look | {"orientation": "h", "x": left, "y": top, "xanchor": "left", "yanchor": "bottom"}
        return look | {"x": right + 4 / place.size[0], "y": top, "xanchor": "left", "yanchor": "top"}
    data = (place.box[2], place.box[3] * (1 - place.strip))
    name = panel.legend if panel.legend != "best" else _best(panel, place.ranges, data)[0]
    across, up = ink.PLACES[name]
    pad_x, pad_y = (0.5 - across) * 10 / place.size[0], (0.5 - up) * 8 / place.size[1]
    anchors = {0.0: ("left", "bottom"), 0.5: ("center", "middle"), 1.0: ("right", "top")}
    spot = {"x": left + across * (right - left) + pad_x, "y": bottom + up * (top - bottom) + pad_y}
    return look | spot | {"xanchor": anchors[across][0], "yanchor": anchors[up][1]}


def _best(panel: Panel, found: dict[str, Range], size: Plugin) -> tuple[str, int]:
    """The place where the legend covers least, and how much that is."""
    wide, high = _size(panel)
    width, height = min((wide + 8) / size[0], 1.0), min((high + 8) / size[1], 1.0)
    points, boxes = _occupied(panel, found, size)
    covered = {name: ink.covers(ink.anchored(name, width, height), points, boxes) for name in ink.PLACES}
    name = min(covered, key=lambda key: covered[key])
    return name, covered[name]


def _occupied(panel: Panel, found: dict[str, Range], size: Plugin) -> tuple[Array, list[Box]]:
    """The data in parts of the panel, and boxes of words and of the inset."""
    clouds, boxes = [np.empty((2, 0))], []
    for layer in panel.layers:
        up = found[side_of(layer, panel)]
        outline = ink.outline(layer)
        if outline is not None:
            shown = np.array([found["x"].part(outline[0]), up.part(outline[1])])
            if panel.x.reverse:
                shown[0] = 1 - shown[0]
            clouds.append(shown if isinstance(layer, Points) and not layer.joined else ink.dense(shown))
        elif isinstance(layer, Text) and layer.fraction:
            boxes.append(_text_box(layer, size))
    if panel.inset:
        left, bottom, width, height = panel.inset_box
        boxes.append((left - 0.12, bottom - 0.12, left + width, bottom + height))
    return np.concatenate(clouds, axis=1), boxes


def _text_box(layer: Text, size: Plugin) -> Box:
    width, height = 6.6 * len(layer.text) / size[0], 14 / size[1]
    left = layer.x - {"left": 0.0, "center": 0.5, "right": 1.0}[layer.align] * width
    return left, layer.y - height / 2, left + width, layer.y + height / 2


def free_level(place: Place, start: float, height: float) -> tuple[float, str]:
    """Where upright words at `start` cover least: how high in parts of the panel, and how they are anchored there."""
    size = (place.box[2], place.box[3])
    points, boxes = _occupied(place.panel, place.ranges, size)
    left = float(place.ranges["x"].part(np.array(start)))
    width = 16 / size[0]
    levels = {(0.98, "top"): 0.98 - height, (0.02, "bottom"): 0.02, (0.5, "middle"): 0.5 - height / 2}
    found = {key: (left, low, left + width, low + height) for key, low in levels.items()}
    return min(found, key=lambda key: ink.covers(found[key], points, boxes))

"""The names of ranges and rules, each put where it covers least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from halfcell.core.figure import Span
from halfcell.render import labels as words
from halfcell.render import placement as ink
from halfcell.render import style
from halfcell.render.paper import occupied as _paper_ink

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.render.paper.axes import Pane
    from halfcell.render.placement import Box

_GAP = 0.015  # between a rule and its name, in parts of the panel


def name(pane: Pane) -> None:
    """Write the name of each span: upwards beside a range of x, along a level of y."""
    spans = [layer for layer in pane.panel.layers if isinstance(layer, Span) and layer.label]
    if not spans:
        return
    points, boxes = _paper_ink.occupied(pane)
    for span in spans:
        boxes.append(_put(span, pane, points, boxes))


def _put(span: Span, pane: Pane, points: NDArray[np.float64], boxes: list[Box]) -> Box:
    axes = pane.axes
    shade = style.colour(-2 if span.colour == -1 else span.colour)
    text = axes.text(
        0.5,
        0.5,
        words.print_text(words.lowered(span.label)),
        transform=axes.transAxes,
        rotation=90 if span.axis == "x" else 0,
        ha="left",
        va="bottom",
        fontsize=style.SMALL_PT,
        color=shade,
        zorder=3.0,
    )
    frame, extent = axes.get_window_extent(), text.get_window_extent()
    width, height = extent.width / frame.width, extent.height / frame.height
    choices = [(x, y, x + width, y + height) for x, y in _places(span, axes, width, height)]
    best = min(choices, key=lambda box: ink.covers(box, points, boxes))
    text.set_position(best[:2])
    if ink.covers(best, points, boxes):
        text.set_bbox({"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.6})
    return best


def _places(span: Span, axes: Any, width: float, height: float) -> list[tuple[float, float]]:
    """Lower left corners to choose from, the best-looking first."""
    ends = [(span.start, span.start), (span.stop, span.stop)]
    parts = axes.transAxes.inverted().transform(axes.transData.transform(ends))[:, 0 if span.axis == "x" else 1]
    low, high = min(parts), max(parts)
    narrow, step = (width, 0) if span.axis == "x" else (height, 1)
    beside = [high + _GAP, low - _GAP - narrow]
    if high - low > narrow + 2 * _GAP:
        beside = [low + _GAP, high - _GAP - narrow]
    room = (1 - height, 1 - width)[step]
    along = [room - 0.02, 0.02, room / 2] if step == 0 else [room - 0.01, 0.01, room / 2]
    inside = [side for side in beside if 0 <= side <= 1 - narrow] or beside[:1]
    return [(side, place) if step == 0 else (place, side) for place in along for side in inside]

"""Rows of phase ticks in a strip below the data of a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Ticks
from halfcell.render import labels as words
from halfcell.render import style

if TYPE_CHECKING:
    from halfcell.core.figure import Panel

ROW: Final = 0.052  # height of a row, in parts of the panel
_LONGEST = 14  # letters of a name that still stands beside its row; longer ones go to the legend


def part(panel: Panel) -> float:
    """The part of the panel's height that the rows take; 0 without rows."""
    rows = max((layer.row + 1 for layer in panel.layers if isinstance(layer, Ticks)), default=0)
    return rows * ROW + 0.02 if rows else 0.0


def beside(panel: Panel) -> bool:
    """Whether the names of the rows stand beside them (else in the legend)."""
    rows = [layer for layer in panel.layers if isinstance(layer, Ticks)]
    once = len({layer.row for layer in rows}) == len(rows)
    return once and panel.right is None and all(len(layer.label) <= _LONGEST for layer in rows)


def put(panel: Panel, axes: Any) -> None:
    """Make room below the data, keep the numbers of the axis out of it, and draw the rows."""
    strip = part(panel)
    if not strip:
        return
    transform = axes.yaxis.get_transform()
    low, high = transform.transform(axes.get_ylim())
    ends = min(low, high), max(low, high)
    kept, small = (
        [tick for tick in axes.get_yticks(minor=minor) if ends[0] <= transform.transform(tick) <= ends[1]]
        for minor in (False, True)
    )
    bottom = float(transform.inverted().transform(high - (high - low) / (1 - strip)))
    if not np.isfinite(bottom) or (bottom <= 0 and axes.get_yscale() == "log"):
        return  # a range so wide that no room can be made
    axes.set_ylim(bottom, axes.get_ylim()[1])
    axes.yaxis.set_ticks(kept)
    axes.yaxis.set_ticks(small, minor=True)
    for layer in panel.layers:
        if isinstance(layer, Ticks):
            _row(layer, axes, strip - 0.01 - (layer.row + 1) * ROW, beside(panel))


def _row(layer: Ticks, axes: Any, base: float, named: bool) -> None:
    """One row of ticks, in data units across and in parts of the panel upwards."""
    from matplotlib.collections import LineCollection

    x = np.asarray(layer.x, float)
    heights = np.ones(len(x)) if layer.heights is None else np.asarray(layer.heights, float)
    tops = base + 0.8 * ROW * np.maximum(heights / max(heights.max(initial=0.0), 1e-300), 0.12)
    strokes = np.stack([np.stack([x, np.full(len(x), base)], 1), np.stack([x, tops], 1)], 1)
    shade = style.colour(layer.colour)
    across = axes.get_xaxis_transform()
    rows = LineCollection(list(strokes), colors=shade, linewidths=0.7, transform=across, zorder=2.4)
    axes.add_collection(rows, autolim=False)
    if named and layer.label:
        text = words.print_text(words.lowered(layer.label))
        place = (1.0, base + 0.4 * ROW)
        look = {"ha": "left", "va": "center", "fontsize": style.SMALL_PT, "color": shade}
        axes.annotate(text, place, (2.5, 0), xycoords="axes fraction", textcoords="offset points", **look)

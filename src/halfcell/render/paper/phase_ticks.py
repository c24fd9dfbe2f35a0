"""Draw rows of phase ticks in a strip below the data of a panel on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.render import style
from halfcell.render.paper import text, theme
from halfcell.render.phase_rows import ROW_HEIGHT, names_stand_beside, strip_height, tick_heights, tick_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from halfcell.core.figure import Panel, Ticks


def draw_strip(panel: Panel, axes: Axes) -> None:
    """Extend the y axis downwards, keep its numbers out of the strip, and draw the rows."""
    strip = strip_height(panel)
    if not strip:
        return
    transform = axes.yaxis.get_transform()
    low, high = transform.transform(axes.get_ylim())
    if not np.isfinite([low, high]).all():
        return
    ends = min(low, high), max(low, high)
    kept, small = (
        [tick for tick in axes.get_yticks(minor=minor) if ends[0] <= transform.transform(tick) <= ends[1]]
        for minor in (False, True)
    )
    bottom = float(transform.inverted().transform(high - (high - low) / (1 - strip)))
    if not np.isfinite(bottom) or (bottom <= 0 and axes.get_yscale() == "log"):
        return  # the range is so wide that it cannot be extended
    axes.set_ylim(bottom, axes.get_ylim()[1])
    axes.yaxis.set_ticks(kept)
    axes.yaxis.set_ticks(small, minor=True)
    for layer in tick_rows(panel):
        base = strip - 0.01 - (layer.row + 1) * ROW_HEIGHT
        _draw_row(layer, axes, base)
        if layer.label and names_stand_beside(panel):
            _write_name(layer, axes, base)


def _draw_row(layer: Ticks, axes: Axes, base: float) -> None:
    """Draw one row of ticks, in data units along x and in fractions of the panel upwards."""
    from matplotlib.collections import LineCollection

    x = np.asarray(layer.x, float)
    tops = base + 0.8 * ROW_HEIGHT * tick_heights(layer)
    strokes = np.stack([np.stack([x, np.full(len(x), base)], 1), np.stack([x, tops], 1)], 1)
    shade = style.colour(layer.colour)
    transform = axes.get_xaxis_transform()
    rows = LineCollection(list(strokes), colors=shade, linewidths=0.7, transform=transform, zorder=2.4)
    axes.add_collection(rows, autolim=False)


def _write_name(layer: Ticks, axes: Axes, base: float) -> None:
    """Write the name of a row at its right."""
    axes.annotate(
        text.from_prose(layer.label),
        (1.0, base + 0.4 * ROW_HEIGHT),
        (2.5, 0),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="left",
        va="center",
        fontsize=theme.points(style.SMALL_PT),
        color=style.colour(layer.colour),
    )

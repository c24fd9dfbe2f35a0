"""Draw rows of phase ticks in a strip below the data of a panel on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.render import style
from halfcell.render.phase_rows import names_stand_beside, tick_heights, tick_rows
from halfcell.render.screen import text
from halfcell.render.screen.parts import Part
from halfcell.render.screen.traces import hover_of_tick, numbers, trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.figure import Panel, Ticks
    from halfcell.core.json_values import JsonObject
    from halfcell.render.screen.placed_panel import PlacedPanel


def names_width(panel: Panel) -> float:
    """Return the width in pixels of the names that stand to the right of the rows."""
    rows = tick_rows(panel)
    return 7.0 * max(len(layer.label) for layer in rows) + 4 if rows and names_stand_beside(panel) else 0.0


def draw_row(layer: Ticks, placed: PlacedPanel) -> Iterator[Part]:
    """Draw one row of ticks on the axis of the strip; rows are 1 high and counted downwards."""
    x = np.asarray(layer.x, float)
    gap = np.full(len(x), np.nan)
    low = np.full(len(x), -layer.row - 1.0)
    tops = 0.8 * tick_heights(layer) - layer.row - 1
    strokes: JsonObject = {
        "x": numbers(np.stack([x, x, gap], 1).ravel(), placed.ranges.x.power),
        "y": numbers(np.stack([low, tops, gap], 1).ravel()),
        "mode": "lines",
        "line": {"color": style.colour(layer.colour), "width": 1.3},
        "hovertemplate": hover_of_tick(layer, placed),
    }
    in_legend = bool(layer.label) and placed.panel.legend != "none" and not names_stand_beside(placed.panel)
    yield Part("data", trace(layer, placed) | strokes | {"yaxis": placed.ticks, "showlegend": in_legend})


def strip_axis(placed: PlacedPanel) -> JsonObject:
    """Return the y axis below the data on which the rows stand, with their names at its right."""
    rows = tick_rows(placed.panel)
    count = max(layer.row for layer in rows) + 1
    box, height = placed.box, placed.size.height
    found: JsonObject = {
        "domain": [box.bottom / height, (box.bottom + placed.strip * box.height) / height],
        "range": [-count - 0.1, 0.15],
        "anchor": placed.x,
        "side": "right",
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "showline": True,
        "mirror": True,
        "linecolor": "black",
        "linewidth": 1,
    }
    return found | (_names(rows) if names_stand_beside(placed.panel) else {"showticklabels": False})


def _names(rows: list[Ticks]) -> JsonObject:
    """Return the names of the rows as numbers of the strip's axis."""
    names = [
        f'<span style="color:{style.colour(layer.colour)}">{text.from_prose(layer.label)}</span>' for layer in rows
    ]
    places = [-layer.row - 0.6 for layer in rows]
    return {"tickmode": "array", "tickvals": places, "ticktext": names, "tickfont": {"size": 11}}

"""Draw one panel on the screen: the parts of its layers, its title and its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.render.screen import text
from halfcell.render.screen.colour_bar import colour_bar_of_curves, gap_strokes
from halfcell.render.screen.layers import draw_layer
from halfcell.render.screen.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.json_values import JsonObject
    from halfcell.render.screen.placed_panel import PlacedPanel


def draw_panel(placed: PlacedPanel) -> Iterator[Part]:
    """Return the parts of all layers of a panel, and its title; each name is in the legend once."""
    seen: set[object] = set()
    for layer in placed.panel.layers:
        for part in draw_layer(layer, placed):
            if part.kind == "data" and part.entry.get("showlegend"):
                name = part.entry["name"]
                yield Part("data", part.entry | {"showlegend": name not in seen})
                seen.add(name)
            else:
                yield part
    if placed.panel.colour_bar:
        yield colour_bar_of_curves(placed.panel.colour_bar, placed)
    yield from gap_strokes(placed)
    if placed.panel.title:
        yield Part("annotations", _title(placed))


def _title(placed: PlacedPanel) -> JsonObject:
    domain = placed.domain()
    title: JsonObject = {"x": (domain.left + domain.right) / 2, "y": domain.top, "xref": "paper", "yref": "paper"}
    title |= {"showarrow": False, "text": text.from_prose(placed.panel.title)}
    return title | {"xanchor": "center", "yanchor": "bottom", "yshift": placed.above}

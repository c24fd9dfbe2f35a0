"""Draw colour bars on the screen, and the strokes across a broken axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.render.labels import bar_title
from halfcell.render.screen import text
from halfcell.render.screen.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.figure import ColourBar
    from halfcell.core.json_values import Json, JsonObject
    from halfcell.render.screen.placed_panel import PlacedPanel


def colour_bar_of_curves(wanted: ColourBar, placed: PlacedPanel) -> Part:
    """Return a trace without points that carries the bar of many curves."""
    last = len(wanted.colours) - 1
    stops: list[Json] = [[index / last, colour] for index, colour in enumerate(wanted.colours)]
    return Part("data", colour_bar(placed, wanted.label, (wanted.low, wanted.high), stops))


def colour_bar(placed: PlacedPanel, label: str, ends: tuple[float, float], stops: list[Json]) -> JsonObject:
    """Return a trace without points that carries a bar: its title, the values at its ends, its colours."""
    domain, (low, high) = placed.domain(), ends
    title: JsonObject = {"text": text.from_markup(bar_title(label)), "side": "right", "font": {"size": 11}}
    bar: JsonObject = {
        "x": domain.right + 4 / placed.size.width,
        "y": (domain.bottom + domain.top) / 2,
        "len": domain.top - domain.bottom,
        "thickness": 9,
    }
    bar |= {"xref": "paper", "yref": "paper", "lenmode": "fraction", "xpad": 3, "ypad": 0, "title": title}
    bar |= {"outlinewidth": 0.5, "ticks": "inside", "ticklen": 3, "tickfont": {"size": 10}}
    marker: JsonObject = {"color": [low], "cmin": low, "cmax": high, "colorscale": stops}
    marker |= {"showscale": True, "size": 0, "colorbar": bar}
    trace: JsonObject = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "marker": marker}
    return trace | {"showlegend": False, "xaxis": placed.x, "yaxis": placed.y, "hoverinfo": "skip"}


def gap_strokes(placed: PlacedPanel) -> Iterator[Part]:
    """Draw two short strokes across the frame at the gap of a broken axis."""
    for name, gap in (("x", placed.panel.x_gap), ("y", placed.panel.y_gap)):
        for value in gap or ():
            for edge in (0.0, 1.0):
                yield Part("shapes", _stroke(placed, name, value, edge))


def _stroke(placed: PlacedPanel, name: str, value: float, edge: float) -> JsonObject:
    along, across = ("x", "y") if name == "x" else ("y", "x")
    names, span = {"x": placed.x, "y": placed.y}, placed.ranges.x if name == "x" else placed.ranges.left
    lean = 0.006 * (span.high - span.low)
    refs: JsonObject = {f"{along}ref": names[along], f"{across}ref": f"{names[across]} domain", "type": "line"}
    ends: JsonObject = {f"{along}0": value - lean, f"{along}1": value + lean}
    ends |= {f"{across}0": edge - 0.02, f"{across}1": edge + 0.02}
    return refs | ends | {"line": {"width": 1.2, "color": "black"}}

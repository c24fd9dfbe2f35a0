"""Place the legend of a panel on the screen: on no data, otherwise above the data in a wider range, or outside."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from halfcell.core.figure import Span, Ticks
from halfcell.render.boxes import Size
from halfcell.render.phase_rows import names_stand_beside
from halfcell.render.placement import PLACES, box_at
from halfcell.render.screen.occupied import occupied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.figure import Axis, Panel
    from halfcell.core.json_values import JsonObject
    from halfcell.render.ranges import PanelRanges
    from halfcell.render.screen.placed_panel import PlacedPanel

_LINE: Final = 19.0  # pixels
_LETTER: Final = 6.3
_SAMPLE: Final = 44.0  # the sample of a line with the space around it
_PER_COLUMN: Final = 1000  # between the numbers of plotly's legends that are columns of one
_MOST_ADDED: Final = 0.4  # of the panel's height that may be added for a legend
_STEPS: Final = 5  # in which the range is extended for a legend


def _labels(panel: Panel) -> list[str]:
    """Return the names in the legend, each once."""
    if panel.legend == "none":
        return []
    beside_rows = names_stand_beside(panel)
    layers = [layer for layer in panel.layers if not (isinstance(layer, Ticks) and beside_rows)]
    labels = [getattr(layer, "label", "") for layer in layers if not isinstance(layer, Span)]
    return [label for label in dict.fromkeys(labels) if label]


def _columns(panel: Panel) -> list[list[str]]:
    """Return the names in the columns of the legend; one column, if its author asks for no more."""
    labels = _labels(panel)
    if not labels:
        return []
    rows = math.ceil(len(labels) / (panel.legend_columns or 1))
    return [labels[start : start + rows] for start in range(0, len(labels), rows)]


def _width(column: Sequence[str]) -> float:
    """Estimate the width of a column in pixels from its names."""
    return _SAMPLE + _LETTER * max(len(label) for label in column)


def _size(panel: Panel) -> Size:
    """Estimate the size of the legend in pixels from its names."""
    columns = _columns(panel)
    lines = max((len(column) for column in columns), default=0)
    return Size(sum(map(_width, columns)) if columns else _SAMPLE, _LINE * lines + 8)


def legend_of(placed: PlacedPanel, label: str) -> str:
    """Return the name of plotly's legend that a series is in: each column of a legend is one of them."""
    columns = _columns(placed.panel)
    number = next((number for number, column in enumerate(columns) if label in column), 0)
    return placed.legend if number == 0 else f"legend{_PER_COLUMN * number + placed.number}"


def _is_outside(panel: Panel) -> bool:
    return panel.legend == "outside" and bool(_labels(panel))


def width_beside(panel: Panel) -> float:
    """Return the width in pixels of a legend to the right of the panel."""
    return _size(panel).width + 6 if _is_outside(panel) and panel.right is None else 0.0


def height_above(panel: Panel, ranges: PanelRanges, size: Size) -> float:
    """Return the height in pixels of a legend above the panel.

    A legend goes there if it is outside and a right axis takes the side, or if there is no place for it inside. One
    that is longer than the panel's width stays inside, where it covers least.
    """
    if _is_outside(panel) and panel.right is not None:
        return _LINE + 6
    length = sum(34.0 + _LETTER * len(label) for label in _labels(panel))
    helps = panel.legend == "best" and (_is_fixed(panel) or _is_tall(panel, size)) and length <= 1.1 * size.width
    return _LINE + 6 if helps and _covers_data(panel, ranges, size) else 0.0


def _is_tall(panel: Panel, size: Size) -> bool:
    """Whether a legend is so high that space for it inside would press the data into half of the panel."""
    return not panel.equal and _size(panel).height > _MOST_ADDED * size.height


def _is_fixed(panel: Panel) -> bool:
    """Whether the y axes cannot be extended upwards."""
    axes: list[Axis] = [panel.y, *([panel.right] if panel.right else [])]
    return any(axis.high is not None or axis.reverse for axis in axes)


def _covers_data(panel: Panel, ranges: PanelRanges, size: Size) -> bool:
    return bool(_labels(panel)) and min(_covered(panel, ranges, size).values()) > 0


def _covered(panel: Panel, ranges: PanelRanges, size: Size) -> dict[str, int]:
    """Return how much the legend would cover at each of the named places."""
    legend, taken = _size(panel), occupied(panel, ranges, size)
    part = Size(min((legend.width + 8) / size.width, 1.0), min((legend.height + 8) / size.height, 1.0))
    return {name: taken.covered_by(box_at(name, part)) for name in PLACES}


def with_space_for_legend(panel: Panel, ranges: PanelRanges, size: Size) -> PanelRanges:
    """Extend y upwards where the legend would otherwise cover data, no further than needed."""
    movable = panel.legend == "best" and bool(_labels(panel)) and not panel.equal and not _is_fixed(panel)
    if not movable or height_above(panel, ranges, size) or not _covers_data(panel, ranges, size):
        return ranges
    most = min(_size(panel).height / size.height, _MOST_ADDED)
    for step in range(1, _STEPS + 1):
        extended = ranges.raised(most * step / _STEPS)
        if not _covers_data(panel, extended, size):
            break
    return extended


def legends(placed: PlacedPanel) -> JsonObject:
    """Return the layout entries of a panel's legend, one for each of its columns; none where no layer has a name."""
    entry, columns = _legend(placed), _columns(placed.panel)
    if len(columns) < 2 or entry.get("orientation") == "h":
        return {placed.legend: entry} if entry else {}
    widths = [_width(column) / placed.size.width for column in columns]
    part = {"left": 0.0, "center": 0.5, "right": 1.0}[str(entry["xanchor"])]
    start = float(str(entry["x"])) - part * sum(widths)
    found: JsonObject = {}
    for number, column in enumerate(columns):
        found[legend_of(placed, column[0])] = entry | {"x": start + sum(widths[:number]), "xanchor": "left"}
    return found


def _legend(placed: PlacedPanel) -> JsonObject:
    """Return the layout entry of a legend of one column; empty where no layer has a name."""
    panel = placed.panel
    if not _labels(panel):
        return {}
    look: JsonObject = {"font": {"size": 11}, "bgcolor": "rgba(255,255,255,0.75)", "borderwidth": 0}
    look |= {"tracegroupgap": 0, "itemsizing": "trace", "xref": "paper", "yref": "paper", "groupclick": "togglegroup"}
    domain = placed.domain()
    if placed.above:
        return look | {"orientation": "h", "x": domain.left, "y": domain.top, "xanchor": "left", "yanchor": "bottom"}
    if _is_outside(panel):
        x = domain.right + 4 / placed.size.width
        return look | {"x": x, "y": domain.top, "xanchor": "left", "yanchor": "top"}
    return look | _inside(placed)


def _inside(placed: PlacedPanel) -> JsonObject:
    """Return the position of a legend inside the panel."""
    panel, domain = placed.panel, placed.domain()
    name: str = panel.legend
    if name == "best":
        data = Size(placed.box.width, placed.box.height * (1 - placed.strip))
        covered = _covered(panel, placed.ranges, data)
        name = min(covered, key=lambda place: covered[place])
    across, up = PLACES[name]
    pad_x, pad_y = (0.5 - across) * 10 / placed.size.width, (0.5 - up) * 8 / placed.size.height
    return {
        "x": domain.left + across * (domain.right - domain.left) + pad_x,
        "y": domain.bottom + up * (domain.top - domain.bottom) + pad_y,
        "xanchor": {0.0: "left", 0.5: "center", 1.0: "right"}[across],
        "yanchor": {0.0: "bottom", 0.5: "middle", 1.0: "top"}[up],
    }

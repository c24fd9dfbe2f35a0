"""Draw ranges, rules, texts and arrows on paper, and write the names of ranges where they cover least."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.core.figure import Span
from halfcell.render import style
from halfcell.render.boxes import Box, Size
from halfcell.render.paper import text, theme
from halfcell.render.paper.occupied import occupied
from halfcell.render.paper.theme import DASHES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from halfcell.core.figure import Arrow, Text
    from halfcell.render.paper.placed_panel import PlacedPanel
    from halfcell.render.placement import Occupied

_BOX: Final = {"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 0.8}  # behind a text on a picture
_GAP: Final = 0.015  # between a rule and its name, as a fraction of the panel


def draw_range(layer: Span, axes: Axes) -> None:
    """Shade a range, or draw a rule where its ends are equal."""
    shade, upright = style.colour(layer.colour), layer.axis == "x"
    if layer.start == layer.stop:
        draw_rule = axes.axvline if upright else axes.axhline
        draw_rule(layer.start, color=shade, linestyle=DASHES[layer.dash], linewidth=0.7, zorder=1.4)
    else:
        shade_range = axes.axvspan if upright else axes.axhspan
        shade_range(layer.start, layer.stop, facecolor=shade, alpha=layer.opacity, linewidth=0, zorder=1.2)


def draw_text(layer: Text, axes: Axes) -> None:
    """Write a text at its place."""
    axes.text(
        layer.x,
        layer.y,
        text.from_prose(layer.text),
        transform=axes.transAxes if layer.fraction else axes.transData,
        ha=layer.align,
        va="center",
        color=style.colour(layer.colour),
        fontsize=theme.points(layer.size_pt),
        fontweight="bold" if layer.bold else "normal",
        rotation=layer.rotation_degree,
        rotation_mode="anchor",
        zorder=3.1,
        clip_on=False,
        bbox=_BOX if layer.box else None,
    )


def draw_arrow(layer: Arrow, axes: Axes) -> None:
    """Draw an arrow, with its text beside the middle, clear of the shaft."""
    kind = "<|-|>" if layer.double else "-|>" if layer.head else "-"
    shade = style.colour(layer.colour)
    look = {"arrowstyle": kind, "color": shade, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 5}
    axes.annotate("", (layer.x1, layer.y1), (layer.x0, layer.y0), arrowprops=look, zorder=2.9, annotation_clip=False)
    axes.update_datalim([(layer.x0, layer.y0), (layer.x1, layer.y1)])
    if not layer.text:
        return
    flat = abs(layer.y1 - layer.y0) <= 1e-9 * (abs(layer.x1 - layer.x0) or 1.0)
    middle = ((layer.x0 + layer.x1) / 2, (layer.y0 + layer.y1) / 2)
    step = (0.0, 2.0) if flat else (3.0, 0.0)
    axes.annotate(
        text.from_prose(layer.text),
        middle,
        step,
        textcoords="offset points",
        ha="center" if flat else "left",
        va="bottom" if flat else "center",
        fontsize=theme.points(style.TEXT_PT - 0.5),
        color=shade,
        zorder=3.1,
        annotation_clip=False,
    )


def name_ranges(placed: PlacedPanel) -> None:
    """Write the name of each range: upwards beside a range of x, along a level of y."""
    named = [layer for layer in placed.panel.layers if isinstance(layer, Span) and layer.label]
    if not named:
        return
    taken = occupied(placed)
    for layer in named:
        taken = taken.plus(_write_name(layer, placed.axes, taken))


def _write_name(layer: Span, axes: Axes, taken: Occupied) -> Box:
    """Write one name where it covers least; return the box that it takes."""
    written = axes.text(
        0.5,
        0.5,
        text.from_prose(layer.label),
        transform=axes.transAxes,
        rotation=90 if layer.axis == "x" else 0,
        ha="left",
        va="bottom",
        fontsize=theme.points(style.SMALL_PT),
        color=style.colour(-2 if layer.colour == -1 else layer.colour),
        zorder=3.0,
    )
    window, extent = axes.get_window_extent(), written.get_window_extent()
    size = Size(extent.width / window.width, extent.height / window.height)
    corners = _corners(layer, axes, size)
    best = min((Box(x, y, x + size.width, y + size.height) for x, y in corners), key=taken.covered_by)
    written.set_position((best.left, best.bottom))
    if taken.covered_by(best):
        written.set_bbox({"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.6})
    return best


def _corners(layer: Span, axes: Axes, size: Size) -> list[tuple[float, float]]:
    """Return the lower left corners to choose from, the best-looking first."""
    upright = layer.axis == "x"
    ends = [(layer.start, layer.start), (layer.stop, layer.stop)]
    parts = axes.transAxes.inverted().transform(axes.transData.transform(ends))[:, 0 if upright else 1]
    low, high = min(parts), max(parts)
    thick = size.width if upright else size.height
    beside = [high + _GAP, low - _GAP - thick]
    if high - low > thick + 2 * _GAP:
        beside = [low + _GAP, high - _GAP - thick]
    free = 1 - size.height if upright else 1 - size.width
    along = [free - 0.02, 0.02, free / 2] if upright else [free - 0.01, 0.01, free / 2]
    inside = [side for side in beside if 0 <= side <= 1 - thick] or beside[:1]
    return [(side, place) if upright else (place, side) for place in along for side in inside]

"""Draw a whole figure for the screen: the JSON that plotly reads, made as plain dictionaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.render import style
from halfcell.render.boxes import Size
from halfcell.render.drawable import drawable
from halfcell.render.insets import insets
from halfcell.render.labels import letter
from halfcell.render.screen.axes import axes, width_left
from halfcell.render.screen.layout import is_bottom, picture_size, place_inset, place_panel
from halfcell.render.screen.legend import legends
from halfcell.render.screen.panel import draw_panel
from halfcell.render.screen.parts import Part
from halfcell.render.screen.theme import PX_PER_PT, layout_settings, settings, with_text_size

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.core.json_values import JsonObject
    from halfcell.core.looks.records import Letters
    from halfcell.render.screen.placed_panel import PlacedPanel

_BUTTONS: Final = 28  # pixels of a margin above the picture, where plotly's buttons cover nothing of the figure


def draw_figure(figure: Figure) -> JsonObject:
    """Return ``{"data", "layout", "config"}``; the layout's height is in pixels, its width follows the page."""
    figure = drawable(figure)
    factor = (figure.look.text_pt or style.TEXT_PT) / style.TEXT_PT if figure.look else 1.0
    whole = picture_size(figure)
    size = Size(whole.width / factor, whole.height / factor)  # in which letters have the usual size
    layout = _layout(figure, whole)
    parts: list[Part] = []
    for index, panel in enumerate(figure.panels):
        placed = place_panel(figure, index, size)
        follows = _uppermost_x(index % figure.columns) if figure.share_x else ""
        layout |= axes(placed, numbers=is_bottom(figure, index), follows=follows) | legends(placed)
        parts += draw_panel(placed)
        if figure.letters and len(figure.panels) > 1:
            parts.append(_letter(index, placed, figure.letter_style))
        for turn, (small, box) in enumerate(insets(panel), 1):
            inset = place_inset(placed, small, box, turn * len(figure.panels) + index + 1)
            layout |= axes(inset) | legends(inset)
            parts += draw_panel(inset)
    if figure.simulated:
        parts.append(_mark_simulated())
    lists = {kind: _entries(parts, kind) for kind in ("shapes", "annotations", "images")}
    layout |= {kind: entries for kind, entries in lists.items() if entries}
    drawn: JsonObject = {"data": _entries(parts, "data"), "layout": layout}
    return (with_text_size(drawn, factor) if factor != 1.0 else drawn) | {"config": settings()}


def _entries(parts: list[Part], kind: str) -> list[JsonObject]:
    return [part.entry for part in parts if part.kind == kind]


def _uppermost_x(column: int) -> str:
    """Return the name of the x axis of the uppermost panel of a column."""
    return "x" if column == 0 else f"x{column + 1}"


def _layout(figure: Figure, size: Size) -> JsonObject:
    """Return the entries of the layout that belong to the whole picture."""
    margins: JsonObject = {
        "autosize": True,
        "height": round(size.height) + _BUTTONS,
        "margin": {"l": 0, "r": 0, "t": _BUTTONS, "b": 0, "pad": 0},
    }
    fonts = figure.look.font if figure.look else ()
    return margins | layout_settings(fonts) | {"meta": {"width": round(size.width), "simulated": figure.simulated}}


def _letter(index: int, placed: PlacedPanel, style_: Letters | None) -> Part:
    """Return the letter of a panel at the left edge of its numbers."""
    x = placed.box.left - width_left(placed.panel, placed.ranges)
    y = placed.box.bottom + placed.box.height + placed.above
    entry: JsonObject = {
        "text": f"<b>{letter(index, style_)}</b>",
        "x": max(x, 0) / placed.size.width,
        "y": min(y / placed.size.height + 0.001, 1.0),
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": round(style.LETTER_PT * PX_PER_PT)},
        "borderpad": 1,
    }
    return Part("annotations", entry)


def _mark_simulated() -> Part:
    """Say in the lower right corner that the data are simulated."""
    place: JsonObject = {"x": 1, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    look: JsonObject = {"text": "<i>simulated data</i>", "showarrow": False, "font": {"size": 9.5, "color": style.GREY}}
    return Part("annotations", place | look)

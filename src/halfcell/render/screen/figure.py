"""A figure on the screen: the JSON that plotly draws, made as plain dictionaries in the look of the printed one."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from halfcell.core.figure import Image, Ticks
from halfcell.render import labels as words
from halfcell.render import style
from halfcell.render.drawable import settled
from halfcell.render.paper import phase_ticks as _paper_strip
from halfcell.render.paper.figure import row_ratios
from halfcell.render.ranges import ranges, with_words
from halfcell.render.screen import axes as _screen_axes
from halfcell.render.screen import layers as _screen_layers
from halfcell.render.screen import legend as _screen_legend
from halfcell.render.screen.placed_panel import Part, Place

if TYPE_CHECKING:
    from halfcell.core.figure import Figure, Panel
    from halfcell.render.ranges import Range

    Box = tuple[float, float, float, float]

PX_PER_MM: Final = 5.0
_TOP: Final = 22.0
_BAR: Final = 28  # a margin above the picture: plotly's buttons come up there, over nothing of the figure
_BOTTOM: Final = 44.0
_EDGE: Final = 10.0
_FOOT: Final = 12.0  # for the words "simulated data"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_CONFIG: Final[dict[str, Any]] = {
    "responsive": True,
    "displaylogo": False,
    "displayModeBar": "hover",
    "plotlyServerURL": "",  # nothing is ever sent anywhere
    "modeBarButtonsToRemove": ["sendChartToCloud", "select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg", "filename": "halfcell"},
}


def draw(figure: Figure) -> dict[str, Any]:
    """Return ``{"data", "layout", "config"}``; the layout's height is in pixels, its width follows the page."""
    figure = settled(figure)
    foot = _FOOT if figure.simulated else 0.0
    size = (figure.width_mm * PX_PER_MM, sum(row_ratios(figure)) * figure.panel_height_mm * PX_PER_MM + foot)
    layout = _frame(figure, size)
    drawn: dict[str, list[dict[str, Any]]] = {"data": [], "shapes": [], "annotations": [], "images": []}
    for index, panel in enumerate(figure.panels):
        place = _place(figure, index, panel, size)
        below = figure.share_x and index + figure.columns < len(figure.panels)
        column = index % figure.columns
        layout |= _screen_axes.axes(place, numbers=not below, follows=_first(column) if figure.share_x else "")
        _add(drawn, layout, place)
        if figure.letters and len(figure.panels) > 1:
            drawn["annotations"].append(_letter(index, place))
        if panel.inset:
            inner = _inside(place, panel.inset, len(figure.panels) + index + 1)
            layout |= _screen_axes.axes(inner)
            _add(drawn, layout, inner)
    if figure.simulated:
        drawn["annotations"].append(_mark())
    data = drawn.pop("data")
    return {"data": data, "layout": layout | {key: value for key, value in drawn.items() if value}, "config": _CONFIG}


def _first(column: int) -> str:
    """The x axis of the uppermost panel of a column."""
    return "x" if column == 0 else f"x{column + 1}"


def _frame(figure: Figure, size: tuple[float, float]) -> dict[str, Any]:
    """What belongs to the whole picture."""
    return {
        "autosize": True,
        "height": round(size[1]) + _BAR,
        "margin": {"l": 0, "r": 0, "t": _BAR, "b": 0, "pad": 0},
        "font": {"family": style.FALLBACK, "size": 12, "color": "#111"},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "hovermode": "closest",
        "separators": ".",  # no commas between thousands
        "barmode": "overlay",
        "dragmode": "zoom",
        "modebar": {"orientation": "h", "bgcolor": "rgba(255,255,255,0)"},
        "meta": {"width": round(size[0]), "simulated": figure.simulated},
    }


def _add(drawn: dict[str, list[dict[str, Any]]], layout: dict[str, Any], place: Place) -> None:
    """All layers of a panel, and its title and legend."""
    found: list[Part] = [part for layer in place.panel.layers for part in _screen_layers.parts(layer, place)]
    seen: set[str] = set()
    for kind, part in found:
        if kind == "data" and part.get("showlegend"):
            part = part | {"showlegend": part["name"] not in seen}
            seen.add(part["name"])
        drawn[kind].append(part)
    legend = _screen_legend.legend(place)
    if legend:
        layout[place.legend] = legend
    if place.panel.title:
        x, y = place.domain()
        title = {"x": (x[0] + x[1]) / 2, "y": y[1], "xref": "paper", "yref": "paper", "showarrow": False}
        text = words.screen_text(words.lowered(place.panel.title))
        drawn["annotations"].append(
            title | {"text": text, "xanchor": "center", "yanchor": "bottom", "yshift": place.above}
        )


def _place(figure: Figure, index: int, panel: Panel, size: tuple[float, float]) -> Place:
    """The box of a panel: its cell of the grid without the room of numbers, titles and what stands beside it."""
    cell_left, cell_bottom, cell_width, cell_height = _cell(figure, index, size)
    left, right = _screen_axes.sides(panel, ranges(panel))
    right += _screen_legend.beside(panel) + _beside_strip(panel)
    foot = _bottom(panel) if not figure.share_x or index + figure.columns >= len(figure.panels) else 0.0
    head = _TOP if not figure.share_x or index < figure.columns else 0.0
    room = (cell_width - left - right, cell_height - head - foot)
    strip = _paper_strip.part(panel)
    proper = (room[0], room[1] * (1 - strip))
    found = _screen_legend.roomy(panel, ranges(panel), proper)
    above = _screen_legend.above(panel, found, proper)
    if panel.x.hidden and panel.y.hidden:
        found = with_words(panel, found, room)
    box = _shrunk(panel, found, (cell_left + left, cell_bottom + foot, room[0], room[1] - above))
    return Place(panel=panel, number=index + 1, ranges=found, box=box, size=size, strip=strip, above=above)


def _cell(figure: Figure, index: int, size: tuple[float, float]) -> Box:
    """Left, bottom, width and height of a cell of the grid."""
    row, column = divmod(index, figure.columns)
    unit, ratios = figure.panel_height_mm * PX_PER_MM, row_ratios(figure)
    width = size[0] / figure.columns
    return column * width, size[1] - sum(ratios[: row + 1]) * unit, width, ratios[row] * unit


def _shrunk(panel: Panel, found: dict[str, Range], box: Box) -> Box:
    """The box with the proportions of its picture, in the middle of the room."""
    if not panel.equal or not any(isinstance(layer, Image) for layer in panel.layers):
        return box
    left, bottom, width, height = box
    ratio = (found["left"].high - found["left"].low) / (found["x"].high - found["x"].low)
    wide, high = (height / ratio, height) if width * ratio > height else (width, width * ratio)
    return left + (width - wide) / 2, bottom + (height - high) / 2, wide, high


def _bottom(panel: Panel) -> float:
    return _EDGE if panel.x.hidden else _BOTTOM + _screen_axes.turned(panel)


def _beside_strip(panel: Panel) -> float:
    """Plugin for the names of phase ticks, and for a colour bar."""
    rows = [len(layer.label) for layer in panel.layers if isinstance(layer, Ticks)]
    names = 7.0 * max(rows, default=0) + 4 if _paper_strip.beside(panel) and rows else 0.0
    bar = any(isinstance(layer, Image) and layer.bar_label for layer in panel.layers)
    return names + (58.0 if bar else 0.0)


def _inside(place: Place, inset: Panel, number: int) -> Place:
    """The box of an inset, in parts of its panel's."""
    left, bottom, width, height = place.box
    part = place.panel.inset_box
    box = (left + part[0] * width, bottom + part[1] * height, part[2] * width, part[3] * height)
    inner = dataclasses.replace(place, panel=inset, number=number, ranges=ranges(inset), box=box, above=0.0, small=True)
    return dataclasses.replace(inner, strip=_paper_strip.part(inset))


def _letter(index: int, place: Place) -> dict[str, Any]:
    x = place.box[0] - _screen_axes.sides(place.panel, place.ranges)[0]
    y = place.box[1] + place.box[3] + place.above
    return {
        "text": f"<b>{_LETTERS[index % 26]}</b>",
        "x": max(x, 0) / place.size[0],
        "y": min(y / place.size[1] + 0.001, 1.0),
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": round(style.LETTER_PT * _screen_layers.PX)},
        "borderpad": 1,
    }


def _mark() -> dict[str, Any]:
    font = {"size": 9.5, "color": style.GREY}
    place = {"x": 1, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    return place | {"text": "<i>simulated data</i>", "showarrow": False, "font": font}

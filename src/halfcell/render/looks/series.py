"""Apply a look to the series of a panel: colours, dashes, markers, widths, names, and which are left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from halfcell.core.figure import DASHES, MARKERS, Area, Bars, Line, Points, Shape, Span, Text, Ticks
from halfcell.core.markup import plain
from halfcell.render.looks.palettes import spread

if TYPE_CHECKING:
    from halfcell.core.figure import Colour, Dash, Layer, Marker, Panel
    from halfcell.core.looks.records import PanelLook, PerSeries

    Series = Line | Points | Bars | Area

_COLOURED: Final = (Line, Points, Bars, Area, Ticks, Text)


def looked_series(panel: Panel, look: PanelLook) -> Panel:
    """Return a panel with the colours, lines, markers and names that its look wants."""
    keys = series_keys(panel)
    layers = tuple(
        _looked(layer, _key(layer, keys), keys, look) for layer in panel.layers if not _is_hidden(layer, keys, look)
    )
    return dataclasses.replace(panel, layers=layers)


def series_keys(panel: Panel) -> dict[Colour, str]:
    """Return the series of a panel by their colours: the first name of each (``""`` for one without a name)."""
    found: dict[Colour, str] = {}
    for layer in panel.layers:
        if isinstance(layer, Line | Points | Bars | Area) and not _is_neutral(layer.colour):
            found[layer.colour] = found.get(layer.colour) or layer.label or str(getattr(layer, "name", ""))
    return found


def _is_neutral(colour: Colour) -> bool:
    return isinstance(colour, int) and colour < 0


def _key(layer: Layer, keys: Mapping[Colour, str]) -> str:
    """Return the name of the series that a layer belongs to: its own, else that of the series with its colour."""
    return getattr(layer, "label", "") or keys.get(getattr(layer, "colour", -2), "")


def _is_hidden(layer: Layer, keys: Mapping[Colour, str], look: PanelLook) -> bool:
    name = _key(layer, keys)
    return bool(name) and isinstance(layer, _COLOURED) and (name in look.hide or plain(name) in look.hide)


def _looked(layer: Layer, name: str, keys: Mapping[Colour, str], look: PanelLook) -> Layer:
    """Return a layer as its series shall look."""
    if not isinstance(layer, _COLOURED) or _is_neutral(layer.colour):
        return _renamed(layer, look)
    place = list(keys).index(layer.colour) if layer.colour in keys else None
    match layer:
        case Points():
            marker = layer.marker or _marker_of(layer.colour)
            layer = dataclasses.replace(layer, marker=cast("Marker", _word(look.markers, name, place) or marker))
            layer = dataclasses.replace(layer, size_pt=look.marker_size or layer.size_pt)
        case Line():
            dash = cast("Dash", _word(look.lines, name, place) or _grey_dash(look, place) or layer.dash)
            layer = dataclasses.replace(layer, dash=dash, width_pt=look.line_width or layer.width_pt)
    colour = _colour(look.colours, name, place, len(keys))
    return _renamed(dataclasses.replace(layer, colour=colour) if colour else layer, look)


def _renamed(layer: Layer, look: PanelLook) -> Layer:
    if not isinstance(layer, Line | Points | Bars | Area | Ticks | Shape | Span) or not layer.label:
        return layer
    new = look.labels.get(layer.label, look.labels.get(plain(layer.label)))
    return layer if new is None else dataclasses.replace(layer, label=new)


def _marker_of(colour: Colour) -> Marker:
    """Return the marker that goes with a palette's colour, so that it stays when the colour changes."""
    return MARKERS[max(colour, 0) % len(MARKERS)] if isinstance(colour, int) else "circle"


def _word(words: PerSeries, name: str, place: int | None) -> str:
    """Return what a look says of one series, by its name or its place."""
    if isinstance(words, Mapping):
        return words.get(name) or words.get(plain(name)) or ""
    return words[place % len(words)] if words and place is not None else ""


def _colour(colours: str | PerSeries, name: str, place: int | None, count: int) -> str:
    if not isinstance(colours, str):
        return _word(colours, name, place)
    return spread(colours, count)[place] if colours not in {"", "default"} and place is not None else ""


def _grey_dash(look: PanelLook, place: int | None) -> str:
    """Return the dash of a line in a figure without colours: shades of grey alone do not tell lines apart."""
    return DASHES[place % len(DASHES)] if look.colours == "grey" and place is not None else ""

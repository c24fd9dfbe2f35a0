"""Apply a look to the series of a panel: colours, dashes, markers, widths, names, and which are left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from halfcell.core.figure import DASHES, MARKERS, Area, Bars, Image, Line, Points, Shape, Span, Text, Ticks
from halfcell.core.markup import plain
from halfcell.render.looks.palettes import is_map, spread

if TYPE_CHECKING:
    from halfcell.core.figure import Colour, Dash, Layer, Marker, Panel
    from halfcell.core.looks.records import MapColours, PanelLook, PerSeries

    Series = Line | Points | Bars | Area

_COLOURED: Final = (Line, Points, Bars, Area, Ticks, Text)


def looked_series(panel: Panel, look: PanelLook) -> Panel:
    """Return a panel with the colours, lines, markers and names that its look wants."""
    keys = series_keys(panel)
    shown = (layer for layer in panel.layers if not _is_hidden(layer, keys, look))
    layers = (_looked(layer, _key(layer, keys), keys, look) for layer in shown)
    return dataclasses.replace(panel, layers=tuple(layer for layer in layers if layer is not None))


def series_keys(panel: Panel) -> dict[Colour, str]:
    """Return the series of a panel by their colours: the first name of each (``""`` for one without a name)."""
    found: dict[Colour, str] = {}
    for layer in panel.layers:
        if isinstance(layer, Line | Points | Bars | Area) and not _is_neutral(layer.colour):
            found[layer.colour] = found.get(layer.colour) or layer.label or str(getattr(layer, "name", ""))
    return found


def names_of_series(panel: Panel) -> set[str]:
    """Return all names by which the series of a panel can be called, with and without markup."""
    names = {str(getattr(layer, key, "")) for layer in panel.layers for key in ("label", "name")} - {""}
    return {*names, *map(plain, names)}


def _is_neutral(colour: Colour) -> bool:
    return isinstance(colour, int) and colour < 0


def _key(layer: Layer, keys: Mapping[Colour, str]) -> str:
    """Return the name of the series that a layer belongs to: its own, else that of the series with its colour."""
    return getattr(layer, "label", "") or keys.get(getattr(layer, "colour", -2), "")


def _is_hidden(layer: Layer, keys: Mapping[Colour, str], look: PanelLook) -> bool:
    name = _key(layer, keys)
    return bool(name) and isinstance(layer, _COLOURED) and (name in look.hide or plain(name) in look.hide)


def _looked(layer: Layer, name: str, keys: Mapping[Colour, str], look: PanelLook) -> Layer | None:
    """Return a layer as its series shall look; None for a line or for markers that shall not be drawn."""
    if isinstance(layer, Image):
        return _looked_map(layer, look)
    if not isinstance(layer, _COLOURED) or _is_neutral(layer.colour):
        return _renamed(layer, look)
    place = list(keys).index(layer.colour) if layer.colour in keys else None
    match layer:
        case Points():
            found = _looked_points(layer, _word(look.markers, name, place), _word(look.lines, name, place), look)
            if found is None:
                return None
            layer = found
        case Line():
            dash = _word(look.lines, name, place) or _grey_dash(look, place) or layer.dash
            if dash == "none":
                return None
            layer = dataclasses.replace(layer, dash=cast("Dash", dash), width_pt=look.line_width or layer.width_pt)
    colour = _colour(look.colours, name, place, len(keys))
    return _renamed(dataclasses.replace(layer, colour=colour) if colour else layer, look)


def _looked_map(layer: Image, look: PanelLook) -> Image:
    """Return a map, which has a colour bar, in a continuous palette or in grey; pictures stay as they are."""
    if not isinstance(look.colours, str) or not layer.bar_label or layer.values.ndim != 2:
        return layer
    if not is_map(look.colours) and look.colours != "grey":
        return layer
    return dataclasses.replace(layer, palette=cast("MapColours", look.colours))


def _looked_points(layer: Points, marker: str, line: str, look: PanelLook) -> Points | None:
    """Return points with their marker, and the line that joins them; None if neither is wanted, nor an error bar."""
    shown = cast("Marker", marker or layer.marker or _marker_of(layer.colour))
    layer = dataclasses.replace(layer, marker=shown, size_pt=look.marker_size or layer.size_pt)
    if layer.joined:
        layer = dataclasses.replace(layer, width_pt=look.line_width or layer.width_pt)
        layer = dataclasses.replace(
            layer, joined=line != "none", dash=cast("Dash", line) if line not in {"", "none"} else layer.dash
        )
    is_nothing = shown == "none" and not layer.joined and layer.x_error is None and layer.y_error is None
    return None if is_nothing else layer


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

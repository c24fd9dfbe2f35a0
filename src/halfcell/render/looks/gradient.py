"""Give more than six curves of one kind the colours of a sequential map, with a colour bar where they are numbered."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from halfcell.core.figure import ColourBar, Line, Points, Text
from halfcell.core.markup import plain
from halfcell.render.looks.palettes import SEQUENTIAL, along, is_map

if TYPE_CHECKING:
    from halfcell.core.figure import Colour, Layer, Panel
    from halfcell.core.looks.records import PanelLook

MOST: Final = 6  # curves that single colours tell apart
_NUMBERED: Final = re.compile(r"^(.*?)([-−]?\d+(?:\.\d+)?)\s*(.*)$")


def with_gradient(panel: Panel, look: PanelLook) -> Panel:
    """Return a panel with sequential colours where it has many curves of one kind, or where its look asks for them."""
    chosen = look.colours if isinstance(look.colours, str) and is_map(look.colours) else ""
    if look.colours and not chosen:
        return panel
    names = _curves(panel)
    if not chosen and not look.colour_bar and _has_loose_points(panel):
        return panel  # markers tell categories apart
    wanted = len(names) > MOST or bool(chosen) or bool(look.colour_bar)
    if not wanted or len(names) < 2:
        return panel
    bar = None if look.colour_bar is False or (len(names) <= MOST and not look.colour_bar) else _numbers(names)
    palette = chosen or SEQUENTIAL
    parts = _parts(names, bar[1] if bar else ())
    colours = dict(zip(names, along(palette, parts), strict=True))
    layers = tuple(_coloured(layer, colours, unnamed=bar is not None) for layer in panel.layers)
    if bar is None:
        return dataclasses.replace(panel, layers=layers)
    title, values = bar
    stops = along(palette, tuple(stop / 16 for stop in range(17)))
    shown = ColourBar(label=title, low=min(values), high=max(values), colours=stops)
    return dataclasses.replace(panel, layers=layers, colour_bar=shown)


def _curves(panel: Panel) -> dict[Colour, str]:
    """Return the names of the curves by their colours, if lines and points of one axis are all that the panel shows."""
    kinds = (Line, Points)
    curves = [layer for layer in panel.layers if isinstance(layer, kinds) and not _is_neutral(layer.colour)]
    if any(curve.side == "right" for curve in curves):
        return {}
    found: dict[Colour, str] = {}
    for curve in curves:
        found[curve.colour] = found.get(curve.colour) or curve.label
    return found


def _has_loose_points(panel: Panel) -> bool:
    """Whether a panel shows points that no line joins."""
    return any(isinstance(layer, Points) and not layer.joined for layer in panel.layers)


def _is_neutral(colour: Colour) -> bool:
    return isinstance(colour, int) and colour < 0


def _numbers(names: Mapping[Colour, str]) -> tuple[str, tuple[float, ...]] | None:
    """Return the words and the numbers of names such as ``cycle 10``; None where they differ in something else."""
    matches = [_NUMBERED.match(plain(name)) for name in names.values()]
    found = [match for match in matches if match]
    if len(found) < len(matches) or len({(match[1], match[3]) for match in found}) != 1:
        return None
    values = tuple(float(match[2].replace("−", "-")) for match in found)
    before, after = found[0][1].strip(), found[0][3].strip()
    title = f"{before[:1].upper()}{before[1:]}" + (f" ({after})" if after and before else after)
    return (title, values) if len(set(values)) == len(values) else None


def _parts(names: Mapping[Colour, str], values: tuple[float, ...]) -> tuple[float, ...]:
    """Return where each curve stands along the palette: by its number, else by its turn."""
    if values:
        low, high = min(values), max(values)
        return tuple((value - low) / (high - low) for value in values)
    return tuple(index / (len(names) - 1) for index in range(len(names)))


def _coloured(layer: Layer, colours: Mapping[Colour, str], *, unnamed: bool) -> Layer:
    """Return a layer in its colour; a colour bar stands for the names in the legend."""
    if not isinstance(layer, Line | Points | Text) or layer.colour not in colours:
        return layer
    colour = colours[layer.colour]
    if isinstance(layer, Text):
        return dataclasses.replace(layer, colour=colour)
    name = layer.name or layer.label
    return dataclasses.replace(layer, colour=colour, name=name, label="" if unnamed else layer.label)

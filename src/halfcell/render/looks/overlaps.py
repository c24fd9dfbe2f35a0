"""Tell curves that lie over each other apart by dashes: a hidden one shows in the gaps, and grey print needs no hue."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from halfcell.core.figure import DASHES, Line, Points

if TYPE_CHECKING:
    from halfcell.core.figure import Colour, Panel
    from halfcell.core.looks.records import PanelLook

_MOST: Final = 6  # curves; more have colours of a sequential map


def with_dashes(panel: Panel, look: PanelLook) -> Panel:
    """Return a panel with another dash for each further curve, unless its look says otherwise.

    Curves of a stack, steps, and lines through points of the same colour are left as they are.
    """
    lines = [layer for layer in panel.layers if isinstance(layer, Line) and not _is_neutral(layer.colour)]
    plain = all(line.dash == "solid" and not line.raised and not line.step for line in lines)
    colours = list(dict.fromkeys(line.colour for line in lines))
    marked = {layer.colour for layer in panel.layers if isinstance(layer, Points)}
    if look.lines or look.colours or not plain or not 2 <= len(colours) <= _MOST or marked & set(colours):
        return panel
    dashes = {colour: DASHES[place % len(DASHES)] for place, colour in enumerate(colours)}
    layers = tuple(
        dataclasses.replace(layer, dash=dashes.get(layer.colour, layer.dash)) if isinstance(layer, Line) else layer
        for layer in panel.layers
    )
    return dataclasses.replace(panel, layers=layers)


def _is_neutral(colour: Colour) -> bool:
    return isinstance(colour, int) and colour < 0

"""Define the look that paper and screen share: text sizes, font, colours, order of markers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.core.figure import Area, Bars, Line, Points

if TYPE_CHECKING:
    from halfcell.core.figure import Colour, Panel

FONT: Final = "DejaVu Sans"  # ships with matplotlib, has Greek and the signs of the field
FALLBACK: Final = f"'{FONT}', Verdana, Arial, sans-serif"
TEXT_PT: Final = 7.0
SMALL_PT: Final = 6.0
LETTER_PT: Final = 8.5
JOINT_PT: Final = 0.7  # of a line that joins points

# Okabe and Ito, "Color Universal Design" (2008); the colours that read best on white come first. Their yellow is too
# pale for text and thin lines on white: the wine of Tol's muted scheme (2021) replaces it.
PALETTE: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#882255")
GREY: Final = "#7F7F7F"
BLACK: Final = "#000000"

MARKERS: Final = ("circle", "square", "triangle", "diamond", "down", "cross", "plus")


def colour(index: Colour) -> str:
    """Return the hex colour of a palette index (-1 is grey, -2 black); a hex colour is returned as it is."""
    if isinstance(index, str):
        return index
    if index < 0:
        return GREY if index == -1 else BLACK
    return PALETTE[index % len(PALETTE)]


def marker(name: str, index: Colour) -> str:
    """Return the name of a marker; without one it follows the colour, so that series differ in print without colour."""
    return name or MARKERS[max(index, 0) % len(MARKERS) if isinstance(index, int) else 0]


def right_colour(panel: Panel) -> str:
    """Return the colour of the right axis' title: its layers' own if no layer on the left has it, otherwise black."""
    sided = [layer for layer in panel.layers if isinstance(layer, Line | Points | Bars | Area)]
    left, right = ({layer.colour for layer in sided if layer.side == side} for side in ("left", "right"))
    return colour(right.pop()) if len(right) == 1 and not right & left else BLACK

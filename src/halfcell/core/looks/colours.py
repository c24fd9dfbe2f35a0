"""Colours and palettes by name, as people write them; `render` has the colours of the palettes."""

from __future__ import annotations

import re

PALETTES = (
    "default", "okabe-ito", "grey", "tol-bright", "tol-muted",
    "viridis", "cividis", "plasma", "magma", "inferno", "blues", "reds", "greens", "coolwarm",
)  # fmt: skip
COLOUR_NAMES = {
    "black": "#000000",
    "white": "#FFFFFF",
    "grey": "#7F7F7F",
    "gray": "#7F7F7F",
    "blue": "#0072B2",
    "red": "#C1272D",
    "orange": "#E69F00",
    "vermillion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "pink": "#EE6677",
    "sky": "#56B4E9",
    "cyan": "#66CCEE",
    "wine": "#882255",
    "brown": "#8C564B",
    "yellow": "#DDAA33",
    "navy": "#08306B",
    "teal": "#44AA99",
    "violet": "#6A3D9A",
}


def colour_code(text: str) -> str:
    """The colour as ``#RRGGBB``: of a name, of ``#rgb`` or ``#rrggbb``; empty for no colour."""
    word = text.strip().lower()
    if word in COLOUR_NAMES:
        return COLOUR_NAMES[word]
    if re.fullmatch(r"#[0-9a-f]{3}", word):
        word = "#" + "".join(2 * digit for digit in word[1:])
    return word.upper() if re.fullmatch(r"#[0-9a-f]{6}", word) else ""

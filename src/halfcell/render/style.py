"""The one look of every figure: sizes, colours, markers, dashes, shared by print and screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from halfcell.core.figure import Area, Bars, Line, Points

if TYPE_CHECKING:
    from halfcell.core.figure import Panel

MM: Final = 1 / 25.4  # inch
DPI: Final = 600
FONT: Final = "DejaVu Sans"  # ships with matplotlib, has Greek and the signs of the field
FALLBACK: Final = f"'{FONT}', Verdana, Arial, sans-serif"
TEXT_PT: Final = 7.0
SMALL_PT: Final = 6.0
LETTER_PT: Final = 8.5
AXIS_PT: Final = 0.6

# Okabe and Ito, "Color Universal Design" (2008); those that read best on white come first. Their yellow cannot be read
# as words or thin lines on white: the wine of Tol's muted scheme (2021) stands in its place.
PALETTE: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#882255")
GREY: Final = "#7F7F7F"
BLACK: Final = "#000000"

MARKERS: Final = ("circle", "square", "triangle", "diamond", "down", "cross", "plus")


def colour(index: int) -> str:
    """Hex colour of a palette index; -1 is grey, -2 black."""
    if index < 0:
        return GREY if index == -1 else BLACK
    return PALETTE[index % len(PALETTE)]


def marker(name: str, index: int) -> str:
    """Name of the marker; one without a name follows the colour, so that series differ in print without colour."""
    return name or MARKERS[max(index, 0) % len(MARKERS)]


def right_colour(panel: Panel) -> str:
    """Colour of the right axis' title: its layers' where they have one of their own, else black."""
    sided = [layer for layer in panel.layers if isinstance(layer, Line | Points | Bars | Area)]
    left, right = ({layer.colour for layer in sided if layer.side == side} for side in ("left", "right"))
    return colour(right.pop()) if len(right) == 1 and not right & left else BLACK


def print_settings() -> dict[str, Any]:
    """Settings of matplotlib for one figure: its own defaults (not the user's) and the house style on top."""
    import matplotlib as mpl

    skip = ("backend", "toolbar", "interactive", "webagg", "tk.", "macosx", "datapath", "docstring", "keymap", "date.")
    defaults = {key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith(skip)}
    return defaults | _STYLE


_STYLE: Final[dict[str, Any]] = {
    "font.family": FONT,
    "font.size": TEXT_PT,
    "mathtext.fontset": "dejavusans",
    "mathtext.default": "regular",
    "axes.linewidth": AXIS_PT,
    "axes.titlesize": TEXT_PT,
    "axes.titlepad": 3.0,
    "axes.labelsize": TEXT_PT,
    "axes.labelpad": 2.5,
    "axes.formatter.limits": (-3, 5),
    "axes.formatter.useoffset": False,
    "axes.xmargin": 0.025,
    "axes.ymargin": 0.06,
    "axes.axisbelow": False,
    "xtick.direction": "in",
    "ytick.direction": "in",
    "xtick.labelsize": TEXT_PT,
    "ytick.labelsize": TEXT_PT,
    "xtick.major.size": 2.8,
    "ytick.major.size": 2.8,
    "xtick.minor.size": 1.5,
    "ytick.minor.size": 1.5,
    "xtick.major.width": AXIS_PT,
    "ytick.major.width": AXIS_PT,
    "xtick.minor.width": 0.45,
    "ytick.minor.width": 0.45,
    "xtick.major.pad": 2.5,
    "ytick.major.pad": 2.5,
    "lines.solid_joinstyle": "round",
    "lines.solid_capstyle": "round",
    "lines.dash_capstyle": "butt",
    "legend.fontsize": SMALL_PT,
    "legend.frameon": False,
    "legend.handlelength": 1.6,
    "legend.handletextpad": 0.5,
    "legend.labelspacing": 0.3,
    "legend.columnspacing": 1.0,
    "legend.borderpad": 0.25,
    "legend.borderaxespad": 0.7,
    "hatch.linewidth": 0.4,
    "path.simplify_threshold": 0.1,
    "svg.fonttype": "none",
    "svg.hashsalt": "halfcell",
    "pdf.fonttype": 42,
    "figure.dpi": 150,
    "savefig.dpi": DPI,
}

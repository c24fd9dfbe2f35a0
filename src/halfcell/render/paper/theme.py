"""Define the look of printed figures: matplotlib's settings, and its names for our dashes, markers and hatches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypedDict

from halfcell.render import style
from halfcell.render.fonts import usable_fonts
from halfcell.render.style import FONT, SMALL_PT, TEXT_PT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.figure import Points
    from halfcell.core.looks.records import FigureLook

MM: Final = 1 / 25.4  # inch
DPI: Final = 600
AXIS_PT: Final = 0.6

DASHES: Final[Mapping[str, str | tuple[int, tuple[float, ...]]]] = {
    "solid": "-",
    "dash": (0, (4, 2)),
    "dot": (0, (1, 1.5)),
    "dashdot": (0, (4, 1.5, 1, 1.5)),
}
MARKERS: Final[Mapping[str, str]] = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "down": "v",
    "cross": "x",
    "plus": "+",
    "none": "None",
}
HATCHES: Final[Mapping[str, str | None]] = {"": None, "lines": "////", "dots": "....", "cross": "xxxx"}


class MarkerLook(TypedDict):
    """Keywords of matplotlib for the look of markers."""

    marker: str
    markersize: float
    markerfacecolor: str
    markeredgecolor: str
    markeredgewidth: float


def marker_look(layer: Points) -> MarkerLook:
    """Return matplotlib's keywords for the markers of a layer, in the panel and in its legend."""
    shade = style.colour(layer.colour)
    name = style.marker(layer.marker, layer.colour)
    return {
        "marker": MARKERS[name],
        "markersize": layer.size_pt,
        "markerfacecolor": shade if not layer.hollow else "none" if layer.side == "right" else "white",
        "markeredgecolor": shade,
        "markeredgewidth": 0.8 if name in {"cross", "plus"} else 0.6,
    }


def points(size: float) -> float:
    """Return a size of text, given for text of 7 pt, in the text size of the figure that is being drawn."""
    import matplotlib as mpl

    return size * float(mpl.rcParams["font.size"]) / TEXT_PT


def settings(look: FigureLook | None = None) -> dict[str, Any]:
    """Return matplotlib's settings for one figure: its own defaults (not the user's), ours, then those of its look."""
    import matplotlib as mpl

    skip = ("backend", "toolbar", "interactive", "webagg", "tk.", "macosx", "datapath", "docstring", "keymap", "date.")
    defaults = {key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith(skip)}
    return defaults | _SETTINGS | (_wanted(look) if look else {})


def _wanted(look: FigureLook) -> dict[str, Any]:
    """Return the settings that a look changes: the font, the sizes of all texts, the width of the frame."""
    found: dict[str, Any] = {}
    if look.font:
        found["font.family"] = list(usable_fonts(look.font))
    if look.text_pt:
        sizes = [name for name in _SETTINGS if name.endswith(("font.size", "labelsize", "titlesize", "fontsize"))]
        found |= {name: _SETTINGS[name] * look.text_pt / TEXT_PT for name in sizes}
    if look.frame_pt:
        names = ("axes.linewidth", "xtick.major.width", "ytick.major.width", "xtick.minor.width", "ytick.minor.width")
        found |= {name: _SETTINGS[name] * look.frame_pt / AXIS_PT for name in names}
    return found


_SETTINGS: Final[dict[str, Any]] = {
    "font.family": FONT,
    "font.size": TEXT_PT,
    "mathtext.fontset": "dejavusans",
    "mathtext.default": "regular",
    "axes.linewidth": AXIS_PT,
    "axes.titlesize": TEXT_PT,
    "axes.titlepad": 3.0,
    "axes.titley": 1.0,  # no panel has numbers on top, which matplotlib would measure anew for each draw
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

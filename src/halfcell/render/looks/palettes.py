"""The colours of the palettes: for series in turn, and for series along a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.render.style import PALETTE

if TYPE_CHECKING:
    from collections.abc import Mapping

# P. Tol, "Colour schemes", SRON/EPS/TN/09-002 (2021): bright and muted.
QUALITATIVE: Final[Mapping[str, tuple[str, ...]]] = {
    "default": PALETTE,
    "okabe-ito": ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#000000"),
    "tol-bright": ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB"),
    "tol-muted": ("#332288", "#882255", "#117733", "#DDCC77", "#88CCEE", "#CC6677", "#44AA99", "#999933", "#AA4499"),
    "grey": ("#000000", "#6E6E6E", "#3C3C3C", "#9A9A9A", "#1E1E1E", "#828282"),
}
# Name in matplotlib, and the part of the map that can be seen on white.
_MAPS: Final[Mapping[str, tuple[str, float, float]]] = {
    "viridis": ("viridis", 0.0, 0.88),
    "cividis": ("cividis", 0.0, 0.88),
    "plasma": ("plasma", 0.0, 0.88),
    "magma": ("magma", 0.0, 0.85),
    "inferno": ("inferno", 0.0, 0.85),
    "blues": ("Blues", 1.0, 0.35),
    "reds": ("Reds", 1.0, 0.35),
    "greens": ("Greens", 1.0, 0.35),
    "coolwarm": ("coolwarm", 0.0, 1.0),
}
SEQUENTIAL: Final = "viridis"  # of many curves of one kind: its lightness rises steadily, also in grey


def is_map(name: str) -> bool:
    """Whether a palette is a continuous one."""
    return name in _MAPS


def along(name: str, parts: tuple[float, ...]) -> tuple[str, ...]:
    """Return the colours of a continuous palette at parts from 0 to 1."""
    import matplotlib as mpl
    from matplotlib.colors import to_hex

    map_name, start, stop = _MAPS[name]
    colours = mpl.colormaps[map_name]
    return tuple(to_hex(colours(start + (stop - start) * part)).upper() for part in parts)


def spread(name: str, count: int) -> tuple[str, ...]:
    """Return as many colours of a palette as there are series."""
    if is_map(name):
        return along(name, tuple(index / max(count - 1, 1) for index in range(count)))
    known = QUALITATIVE[name]
    return tuple(known[index % len(known)] for index in range(count))

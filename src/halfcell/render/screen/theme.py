"""Define the look of figures on the screen: plotly's settings, and its names for our markers and hatches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.render import style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.json_values import JsonObject

PX_PER_MM: Final = 5.0
PX_PER_PT: Final = 12 / style.TEXT_PT  # pixels on the screen for a point on paper

MARKERS: Final[Mapping[str, str]] = {
    "circle": "circle",
    "square": "square",
    "triangle": "triangle-up",
    "diamond": "diamond",
    "down": "triangle-down",
    "cross": "x-thin",
    "plus": "cross-thin",
}
HATCHES: Final[Mapping[str, str]] = {"lines": "/", "dots": ".", "cross": "x"}


def settings() -> JsonObject:
    """Return plotly's configuration of the page: nothing is ever sent anywhere."""
    return {
        "responsive": True,
        "displaylogo": False,
        "displayModeBar": "hover",
        "plotlyServerURL": "",
        "modeBarButtonsToRemove": ["sendChartToCloud", "select2d", "lasso2d", "autoScale2d"],
        "toImageButtonOptions": {"format": "svg", "filename": "halfcell"},
    }


def layout_settings() -> JsonObject:
    """Return the entries of plotly's layout that are the same for every figure."""
    return {
        "font": {"family": style.FALLBACK, "size": 12, "color": "#111"},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "hovermode": "closest",
        "separators": ".",  # no commas between thousands
        "barmode": "overlay",
        "dragmode": "zoom",
        "modebar": {"orientation": "h", "bgcolor": "rgba(255,255,255,0)"},
    }

"""Define the look of figures on the screen: plotly's settings, and its names for our markers and hatches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.render import style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from halfcell.core.json_values import Json, JsonObject

PX_PER_MM: Final = 5.0
PX_PER_PT: Final = 12 / style.TEXT_PT  # pixels on the screen for a point on paper

_DISTANCES: Final = frozenset({"standoff", "xshift", "yshift"})  # pixels between a text and what it names

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


def layout_settings(fonts: Iterable[str] = ()) -> JsonObject:
    """Return the entries of plotly's layout that belong to no panel; `fonts` are the families that are tried first."""
    family = ", ".join([*(f"'{name}'" for name in fonts), style.FALLBACK])
    return {
        "font": {"family": family, "size": 12, "color": "#111"},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "hovermode": "closest",
        "separators": ".",  # no commas between thousands
        "barmode": "overlay",
        "dragmode": "zoom",
        "modebar": {"orientation": "h", "bgcolor": "rgba(255,255,255,0)"},
    }


def with_text_size(entry: JsonObject, factor: float) -> JsonObject:
    """Return plotly's JSON with all texts, and their distances from what they name, larger by a factor."""
    return {key: _scaled(key, value, factor) for key, value in entry.items()}


def _scaled(key: str, value: Json, factor: float) -> Json:
    if isinstance(value, dict):
        is_font = key.endswith("font") and isinstance(value.get("size"), int | float)
        own: JsonObject = {"size": round(float(value["size"]) * factor, 1)} if is_font else {}
        return with_text_size(value, factor) | own
    if isinstance(value, list):
        return [with_text_size(one, factor) if isinstance(one, dict) else one for one in value]
    if key in _DISTANCES and isinstance(value, int | float):
        return round(value * factor, 1)
    return value

"""Pictures on the screen: PNG data in the JSON, a scale bar, a colour bar."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.render import labels as words
from halfcell.render.paper.image import MAPS, smaller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from halfcell.core.figure import Image
    from halfcell.render.screen.placed_panel import Part, Place

_SHARPNESS: Final = 1.6  # pixels of the picture for a pixel of its panel


def parts(layer: Image, place: Place) -> Iterator[Part]:
    """The picture and its bars."""
    left, right, bottom, top = layer.extent
    yield (
        "images",
        {
            "source": "data:image/png;base64," + base64.b64encode(_png(layer, place)).decode(),
            "xref": place.x,
            "yref": place.y,
            "x": left,
            "y": top,
            "sizex": abs(right - left),
            "sizey": abs(top - bottom),
            "sizing": "stretch",
            "layer": "below",
        },
    )
    if layer.bar_label:
        yield "data", _colour_bar(layer, place)
    if layer.scale_bar:
        yield from _scale_bar(layer, place)


def _png(layer: Image, place: Place) -> bytes:
    """The picture in the colours it has on paper, as large as the panel needs."""
    from PIL import Image as Picture

    values = smaller(np.asarray(layer.values), int(max(place.box[2:]) * _SHARPNESS))
    buffer = io.BytesIO()
    Picture.fromarray(_bytes(values, layer)).save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def limits(layer: Image) -> tuple[float, float]:
    """The values at the ends of the colours."""
    finite = layer.values[np.isfinite(layer.values)]
    low = float(finite.min(initial=0.0) if layer.low is None else layer.low)
    high = float(finite.max(initial=low) if layer.high is None else layer.high)
    return low, high if high > low else low + 1.0


def _bytes(values: NDArray[Any], layer: Image) -> NDArray[np.uint8]:
    if values.ndim == 3:
        scaled = values if np.issubdtype(values.dtype, np.floating) else values / 255.0
        return np.asarray(np.clip(scaled * 255 + 0.5, 0, 255), dtype=np.uint8)
    low, high = limits(layer)
    part = np.clip((np.nan_to_num(values, nan=low) - low) / (high - low), 0, 1)
    if layer.palette in {"grey", "none"}:
        return np.asarray(part * 255 + 0.5, dtype=np.uint8)
    import matplotlib as mpl

    colours = mpl.colormaps[MAPS[layer.palette]](part, bytes=True)
    return np.ascontiguousarray(colours[..., :3])


def _colour_bar(layer: Image, place: Place) -> dict[str, Any]:
    """A trace without points that carries the bar."""
    across, up = place.domain()
    low, high = limits(layer)
    title = {"text": words.screen_text(words.raised(layer.bar_label)), "side": "right", "font": {"size": 11}}
    bar: dict[str, Any] = {
        "x": across[1] + 4 / place.size[0],
        "y": (up[0] + up[1]) / 2,
        "len": up[1] - up[0],
        "thickness": 9,
    }
    bar |= {"xref": "paper", "yref": "paper", "lenmode": "fraction", "xpad": 3, "ypad": 0, "title": title}
    bar |= {"outlinewidth": 0.5, "ticks": "inside", "ticklen": 3, "tickfont": {"size": 10}}
    marker = {"color": [low], "cmin": low, "cmax": high, "colorscale": _stops(layer.palette), "showscale": True}
    marker |= {"size": 0, "colorbar": bar}
    trace = {"type": "scatter", "mode": "markers", "x": [None], "y": [None], "marker": marker, "showlegend": False}
    return trace | {"xaxis": place.x, "yaxis": place.y, "hoverinfo": "skip"}


def _stops(palette: str) -> list[list[Any]]:
    """The colours of a map at eleven stops."""
    import matplotlib as mpl
    from matplotlib.colors import to_hex

    return [[stop / 10, to_hex(mpl.colormaps[MAPS[palette]](stop / 10))] for stop in range(11)]


def _scale_bar(layer: Image, place: Place) -> Iterator[Part]:
    left, right, bottom, top = layer.extent
    length, name = layer.scale_bar or (0.0, "")
    turn = 1 if right > left else -1
    wide, high = right - left, top - bottom
    start, level = left + 0.05 * wide, bottom + 0.045 * high
    refs = {"type": "rect", "xref": place.x, "yref": place.y, "line": {"width": 0}}
    patch = {"x0": start - 0.02 * wide, "x1": start + turn * length + 0.02 * wide}
    patch |= {"y0": level - 0.02 * high, "y1": level + 0.11 * high}
    yield "shapes", refs | patch | {"fillcolor": "black", "opacity": 0.55}
    bar = {"x0": start, "x1": start + turn * length, "y0": level, "y1": level + 0.015 * high}
    yield "shapes", refs | bar | {"fillcolor": "white"}
    label = {"x": start + turn * length / 2, "y": level + 0.015 * high, "xref": place.x, "yref": place.y}
    label |= {"text": f"<b>{words.screen_text(name)}</b>", "font": {"size": 10.5, "color": "white"}}
    yield "annotations", label | {"showarrow": False, "yanchor": "bottom", "xanchor": "center", "borderpad": 0}

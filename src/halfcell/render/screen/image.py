"""Draw an image on the screen: PNG data in the JSON, a colour bar, a scale bar."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from halfcell.core.figure import Image
from halfcell.render.images import COLOUR_MAPS, averaged, patch_colour
from halfcell.render.screen import text
from halfcell.render.screen.colour_bar import colour_bar
from halfcell.render.screen.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from halfcell.core.figure import Panel
    from halfcell.core.json_values import Json, JsonObject
    from halfcell.core.looks.records import MapColours
    from halfcell.render.screen.placed_panel import PlacedPanel

_SHARPNESS: Final = 1.6  # pixels of the image for a pixel of its panel
_COLOUR_BAR_WIDTH: Final = 58.0  # pixels, with its numbers and title


def colour_bar_width(panel: Panel) -> float:
    """Return the width in pixels of the colour bar to the right of a panel."""
    bar = panel.colour_bar or any(isinstance(layer, Image) and layer.bar_label for layer in panel.layers)
    return _COLOUR_BAR_WIDTH if bar else 0.0


def draw_image(layer: Image, placed: PlacedPanel) -> Iterator[Part]:
    """Draw the image with its bars."""
    left, right, bottom, top = layer.extent
    image: JsonObject = {
        "source": "data:image/png;base64," + base64.b64encode(_png(layer, placed)).decode(),
        "xref": placed.x,
        "yref": placed.y,
        "x": left,
        "y": top,
        "sizex": abs(right - left),
        "sizey": abs(top - bottom),
        "sizing": "stretch",
        "layer": "below",
    }
    yield Part("images", image)
    if layer.bar_label:
        yield Part("data", _colour_bar(layer, placed))
    if layer.scale_bar:
        yield from _scale_bar(layer, placed)


def _png(layer: Image, placed: PlacedPanel) -> bytes:
    """Return the image in the colours it has on paper, as large as the panel needs."""
    from PIL import Image as Picture

    longest = int(max(placed.box.width, placed.box.height) * _SHARPNESS)
    buffer = io.BytesIO()
    Picture.fromarray(_bytes(averaged(np.asarray(layer.values), longest), layer)).save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def _limits(layer: Image) -> tuple[float, float]:
    """Return the values at the two ends of the colours."""
    finite = layer.values[np.isfinite(layer.values)]
    low = float(finite.min(initial=0.0) if layer.low is None else layer.low)
    high = float(finite.max(initial=low) if layer.high is None else layer.high)
    return low, high if high > low else low + 1.0


def _bytes(values: NDArray[Any], layer: Image) -> NDArray[np.uint8]:
    if values.ndim == 3:
        scaled = values if np.issubdtype(values.dtype, np.floating) else values / 255.0
        return np.asarray(np.clip(scaled * 255 + 0.5, 0, 255), dtype=np.uint8)
    low, high = _limits(layer)
    part = np.clip((np.nan_to_num(values, nan=low) - low) / (high - low), 0, 1)
    if layer.palette in {"grey", "none"}:
        return np.asarray(part * 255 + 0.5, dtype=np.uint8)
    import matplotlib as mpl

    colours = mpl.colormaps[COLOUR_MAPS[layer.palette]](part, bytes=True)
    return np.ascontiguousarray(colours[..., :3])


def _colour_bar(layer: Image, placed: PlacedPanel) -> JsonObject:
    """Return a trace without points that carries the bar of an image."""
    low, high = _limits(layer)
    return colour_bar(placed, layer.bar_label, (low, high), _stops(layer.palette))


def _stops(palette: MapColours) -> list[Json]:
    """Return the colours of a colour map at eleven stops."""
    import matplotlib as mpl
    from matplotlib.colors import to_hex

    return [[stop / 10, to_hex(mpl.colormaps[COLOUR_MAPS[palette]](stop / 10))] for stop in range(11)]


def _scale_bar(layer: Image, placed: PlacedPanel) -> Iterator[Part]:
    """Draw a bar with its length in a corner of the image, on a patch that is dark behind a bright bar."""
    left, right, bottom, top = layer.extent
    length, name = layer.scale_bar or (0.0, "")
    turn = 1 if right > left else -1
    wide, high = right - left, top - bottom
    start = left + 0.05 * wide if layer.bar_look[0].endswith("left") else right - 0.05 * wide - turn * length
    level = bottom + (0.045 if layer.bar_look[0].startswith("lower") else 0.86) * high
    refs: JsonObject = {"type": "rect", "xref": placed.x, "yref": placed.y, "line": {"width": 0}}
    patch: JsonObject = {"x0": start - 0.02 * wide, "x1": start + turn * length + 0.02 * wide}
    patch |= {"y0": level - 0.02 * high, "y1": level + 0.11 * high}
    yield Part("shapes", refs | patch | {"fillcolor": patch_colour(layer.bar_look[1]), "opacity": 0.55})
    bar: JsonObject = {"x0": start, "x1": start + turn * length, "y0": level, "y1": level + 0.015 * high}
    yield Part("shapes", refs | bar | {"fillcolor": layer.bar_look[1]})
    label: JsonObject = {"x": start + turn * length / 2, "y": level + 0.015 * high, "xref": placed.x, "yref": placed.y}
    label |= {"text": f"<b>{text.from_markup(name)}</b>", "font": {"size": 10.5, "color": layer.bar_look[1]}}
    label |= {"showarrow": False, "yanchor": "bottom", "xanchor": "center", "borderpad": 0}
    yield Part("annotations", label)

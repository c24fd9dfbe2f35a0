"""Name the colour maps of images, and average the pixels of images that are too large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.looks.records import MapColours

COLOUR_MAPS: Final[Mapping[MapColours, str]] = {  # names in matplotlib
    "grey": "gray",
    "none": "gray",
    "viridis": "viridis",
    "cividis": "cividis",
    "plasma": "plasma",
    "magma": "magma",
    "inferno": "inferno",
    "blues": "Blues",
    "reds": "Reds",
    "greens": "Greens",
    "coolwarm": "coolwarm",
}


def averaged(values: NDArray[Any], longest: int) -> NDArray[Any]:
    """Average whole blocks of pixels, so that no edge is longer than `longest` pixels."""
    step = -(-max(values.shape[:2]) // longest)
    if step <= 1:
        return values
    rows, columns = values.shape[0] // step * step, values.shape[1] // step * step
    blocks = values[:rows, :columns].reshape(rows // step, step, columns // step, step, *values.shape[2:])
    return np.asarray(blocks.mean(axis=(1, 3), dtype=float))


def patch_colour(bar: str) -> str:
    """Black behind a bright scale bar, white behind a dark one."""
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(bar)
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"

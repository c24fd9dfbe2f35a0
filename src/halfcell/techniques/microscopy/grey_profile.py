"""Grey values along a line of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.techniques.microscopy.result import LineProfile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.microscopy.settings import Settings

    Array = NDArray[np.float64]


def line_profile(picture: Array, pixel: tuple[float, float] | None, settings: Settings) -> LineProfile | None:
    """Grey values between two points, one per pixel, each the mean over the width of the line.

    Positions count the edges of pixels from 0; between the middles of pixels grey values are interpolated linearly.

    Parameters
    ----------
    picture
        Grey values, shape (rows, columns).
    pixel
        Height and width of a pixel (nm), or None.
    settings
        Ends of the line (columns and rows) and its width (pixels).

    Returns
    -------
    LineProfile or None
        Places (pixels), distance (nm, or pixels without a scale) and grey value, shape (n,) each; None where no
        line is set.

    Raises
    ------
    InputError
        If the line has no length or leaves the picture.

    Source: definition, by linear interpolation.
    """
    from scipy import ndimage

    if settings.profile is None:
        return None
    x0, y0, x1, y1 = settings.profile
    rows, columns = picture.shape
    length = float(np.hypot(x1 - x0, y1 - y0))
    if length < 1.0 or min(x0, x1, y0, y1) < 0 or max(x0, x1) > columns or max(y0, y1) > rows:
        hint = f"column, row of both ends; the picture has {columns} columns and {rows} rows"
        raise InputError(f"the line {settings.profile} is outside the picture", "profile", hint)
    steps = np.linspace(0.0, 1.0, round(length) + 1)
    along_x, along_y = x0 + (x1 - x0) * steps, y0 + (y1 - y0) * steps
    across = np.arange(max(round(settings.profile_width), 1), dtype=float)
    across -= across.mean()
    x = along_x[None, :] - across[:, None] * (y1 - y0) / length
    y = along_y[None, :] + across[:, None] * (x1 - x0) / length
    grey = ndimage.map_coordinates(picture, [y - 0.5, x - 0.5], order=1, mode="nearest").mean(axis=0)
    height, width = pixel or (1.0, 1.0)
    distance = np.hypot((along_x - x0) * width, (along_y - y0) * height)
    return LineProfile(columns=along_x, rows=along_y, distance=distance, grey=grey)

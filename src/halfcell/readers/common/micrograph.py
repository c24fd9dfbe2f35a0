"""A picture of a microscope as a measurement: grey values, the size of a pixel, or the word "uncalibrated"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_PIXELS
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.readers.common.pixel_size import PixelSize

_GREY = np.array([0.299, 0.587, 0.114])  # luminance of red, green, blue: ITU-R BT.601
_UNCALIBRATED = "The file states no pixel size with a unit of length"
_REMEDY = "lengths are in pixels; set pixel_size_nm, or scale_bar_pixels and scale_bar_nm, to calibrate it."


def micrograph(
    picture: NDArray[Any],
    size: PixelSize | None,
    meta: Mapping[str, Json],
    notes: tuple[Note, ...] = (),
    said: str = "",
) -> Measurement:
    """Make the measurement of one picture.

    Parameters
    ----------
    picture
        Grey values (rows, columns), colours (rows, columns, 3 or 4), or frames (n, rows, columns), which are averaged.
    size
        The size of a pixel as the file states it; None: uncalibrated.
    meta, notes
        What else the file states, and the doubts of its reader.
    said
        What the file says in place of a usable size, for the note.

    Raises
    ------
    InputError
        If it is no picture, or larger than can be held.
    """
    values, made = _grey(picture)
    sizes = size.meta() if size else {}
    if size is None:
        text = f"{_UNCALIBRATED}{f' ({said})' if said else ''}: {_REMEDY}"
        made = (*made, Note("doubt", "uncalibrated", text))
    return Measurement(
        technique="microscopy",
        columns={"image": values},
        meta={**meta, **sizes},
        notes=(*notes, *made),
    )


def _grey(picture: NDArray[Any]) -> tuple[NDArray[np.float64], tuple[Note, ...]]:
    """Grey values (rows, columns) of a picture, and what was done to get them."""
    if picture.size > MAX_PIXELS or not picture.size:
        raise InputError(f"a picture of {picture.size} values", hint="between one pixel and 2^28 can be read")
    if picture.dtype.names:  # colours as named parts of a pixel
        picture = np.stack([picture[name] for name in picture.dtype.names], axis=-1)
    values = np.asarray(picture, dtype=float)
    if values.ndim == 3 and values.shape[-1] in {3, 4} and values.shape[0] > 4:
        return _without_colour(values[..., :3])
    if values.ndim == 3:
        text = f"{len(values)} frames were averaged as they are, without alignment."
        notes = (Note("doubt", "frames_averaged", text),) if len(values) > 1 else ()
        return values.mean(axis=0), notes
    if values.ndim != 2:
        raise InputError(f"an array of {values.ndim} dimensions is no picture", hint="export one picture")
    return values, ()


def _without_colour(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], tuple[Note, ...]]:
    """Luminance of colours; nothing is noted where red, green and blue are equal."""
    if np.array_equal(values[..., 0], values[..., 1]) and np.array_equal(values[..., 1], values[..., 2]):
        return values[..., 0], ()
    return values @ _GREY, (Note("info", "colour_as_grey", "The colours of the picture were turned into grey values."),)

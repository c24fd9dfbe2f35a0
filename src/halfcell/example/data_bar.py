"""The data bar that a microscope burns into the lower edge of a picture, with its scale bar."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.techniques.common.picture_panel import length_text, round_length

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_HEIGHT = 40  # rows
_TICKS = 11  # of the bar, as Hitachi draws it


def with_data_bar(measurement: Measurement) -> Measurement:
    """The picture with a black strip below it: voltage, and a bar of ticks with its length."""
    from PIL import Image, ImageDraw

    picture = measurement["image"]
    pixel = float(measurement.meta["pixel_width_nm"])
    columns = picture.shape[1]
    strip = Image.new("L", (columns, _HEIGHT), 0)
    draw = ImageDraw.Draw(strip)
    length = round_length(columns * pixel)
    right = columns - 20
    for place in np.linspace(right - length / pixel, right, _TICKS):
        draw.line([(round(float(place)), 6), (round(float(place)), 16)], fill=255)
    draw.text((right - length / pixel, 20), length_text(length).replace("µ", "u"), fill=255)
    draw.text((20, 12), f"{measurement.meta.get('beam_kilovolt', 5.0):.1f}kV SE  {measurement.meta['title']}", fill=255)
    image = np.vstack([picture, np.asarray(strip, dtype=float)])
    return dataclasses.replace(measurement, columns={"image": image})

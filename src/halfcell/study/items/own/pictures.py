"""A panel with a picture or a drawing: cropped, with a scale bar, a label and frames."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from halfcell.core.figure import Axis, Figure, Image, Layer, Panel, Shape, Text
from halfcell.render.pictures import read_drawing, read_picture
from halfcell.study.files.own_content import PictureSpec, length

_BAR_PART = 0.2  # of the width, that a scale bar takes at most
_TITLE_MM = 5.0  # above a panel


def picture_figure(spec: PictureSpec, root: Path, title: str) -> Figure:
    """A figure of one panel with a picture as large as the panel.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    if spec.drawing:
        pixels, factor = read_drawing(root / spec.drawing, spec.page), 1.0
    else:
        pixels, factor = read_picture(root / spec.image, spec.crop)
    height, width = pixels.shape[:2]
    size = length(spec.pixel_size) if spec.pixel_size else None
    unit = size[0] * factor if size else 1.0
    wide, high = width * unit, height * unit
    bar = None if size is None or spec.scale_bar == "none" else _scale_bar(spec.scale_bar, wide)
    image = Image(values=pixels, extent=(0.0, wide, 0.0, high), low=0.0, high=1.0, scale_bar=bar)
    layers: list[Layer] = [image, *_frames(spec, wide, high)]
    if spec.label:
        layers.append(Text(x=0.03, y=0.94, text=spec.label, fraction=True, colour=_readable(pixels), bold=True))
    hidden = Axis(hidden=True)
    panel = Panel(x=hidden, y=hidden, layers=tuple(layers), title=title, equal=True, legend="none")
    tall = min(90.0 * height / width + (_TITLE_MM if title else 1.0), 200.0)
    return Figure(panels=(panel,), width_mm=90, panel_height_mm=tall)


def _frames(spec: PictureSpec, wide: float, high: float) -> Iterator[Layer]:
    """Frames with their texts; positions are fractions from the upper left corner."""
    for box in spec.boxes:
        left, right = box.at[0] * wide, box.at[2] * wide
        top, bottom = high * (1 - box.at[1]), high * (1 - box.at[3])
        corners = np.array([left, right, right, left, left]), np.array([top, top, bottom, bottom, top])
        yield Shape(x=corners[0], y=corners[1], colour=box.colour, width_pt=1.0)
        if box.text:
            yield Text(x=right + 0.01 * wide, y=top - 0.03 * high, text=box.text, colour=box.colour, bold=True)


def _readable(pixels: np.ndarray) -> str:
    """White on a dark corner, black on a bright one."""
    height, width = pixels.shape[:2]
    corner = pixels[: max(height // 8, 1), : max(width // 3, 1)]
    return "#FFFFFF" if float(corner.mean()) < 0.55 else "#000000"


def _scale_bar(wanted: str, wide_nm: float) -> tuple[float, str]:
    """The length of a scale bar in nanometres and its text: the one asked for, else a round one that fits."""
    given = length(wanted) if wanted not in {"", "auto"} else None
    if given:
        return given[0], wanted.replace("um", "µm")
    most = _BAR_PART * wide_nm
    power = 10.0 ** math.floor(math.log10(most))
    round_one = max(digit * power for digit in (1, 2, 5) if digit * power <= most)
    scale, unit = next(
        (s, u) for s, u in ((1e7, "cm"), (1e6, "mm"), (1e3, "µm"), (1.0, "nm"), (0.1, "Å")) if round_one >= s
    )
    return round_one, f"{round_one / scale:g} {unit}"

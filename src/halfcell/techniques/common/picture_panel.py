"""A panel with a picture of a microscope: contrast, gamma, a round scale bar, numbered frames, an enlarged inset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.figure import Axis, Image, Layer, Panel, Shape, Text
from halfcell.core.markup import formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.figure import Colour

    Array = NDArray[np.float64]
    Frame = tuple[float, float, float, float]

BRIGHT = 1  # of the palette: readable on dark and on light grey
_ROUND = (1.0, 2.0, 2.5, 5.0)  # numbers that people read at once
_BAR_PART = 0.25  # of the width of the field, at most
_DARKEST, _BRIGHTEST = 0.5, 99.5  # percentiles that become black and white
_UNITS = ((1.0, "nm", 1.0), (1e3, "µm", 1e-3), (1e6, "mm", 1e-6))  # from this length in nm, unit, factor
_INSET = 0.36  # of the width and height of a panel


@dataclass(frozen=True, kw_only=True, eq=False)
class ShownPicture:
    """A picture as it is shown: grey values after the crop, its pixel (height, width; nm, 1/nm or None), and its look.

    `settings` are those of the analysis; `origin` is the column and row of its corner in the whole picture.
    """

    values: Array
    pixel: tuple[float, float] | None
    per_nm: bool = False
    settings: Mapping[str, Any]
    label: str = ""

    @property
    def unit(self) -> tuple[float, float]:
        """Height and width of a pixel as drawn: in nm, or 1 where there is no scale."""
        return self.pixel or (1.0, 1.0)

    @property
    def field(self) -> tuple[float, float]:
        """Width and height of the picture as drawn."""
        height, width = self.unit
        return self.values.shape[1] * width, self.values.shape[0] * height

    @property
    def origin(self) -> tuple[float, float]:
        """Column and row of the corner that is shown."""
        crop = self.settings.get("crop")
        return (float(crop[0]), float(crop[1])) if crop else (0.0, 0.0)

    def place(self, column: Array | float, row: Array | float) -> tuple[Any, Any]:
        """Where a point of the whole picture (edges of pixels: 0 is the left edge) is drawn."""
        height, width = self.unit
        return (column - self.origin[0]) * width, (self.values.shape[0] - (row - self.origin[1])) * height


def round_length(field: float) -> float:
    """A round length (1, 2, 2.5 or 5 times a power of ten) of at most a quarter of a field."""
    most = _BAR_PART * field * (1.0 + 1e-9)
    power = 10.0 ** np.floor(np.log10(most))
    return float(max(part * power for part in _ROUND if part * power <= most))


def length_text(length_nm: float, digits: int = 6) -> str:
    """A length with the unit that suits it: ``200 nm``, ``2.5 µm``."""
    _, unit, factor = next(item for item in reversed(_UNITS) if length_nm >= item[0] or item is _UNITS[0])
    return f"{length_nm * factor:.{digits}g} {unit}"


def frequency_text(length_per_nm: float) -> str:
    """A length of reciprocal space: ``5 nm^-1``."""
    return f"{length_per_nm:g} nm^{{−1}}"


def picture_panel(shown: ShownPicture, layers: Sequence[Layer] = (), inset: Panel | None = None) -> Panel:
    """The picture with its scale bar, or the word "uncalibrated", its numbered frames, and further layers."""
    field = shown.field
    drawn: list[Layer] = [image(shown)]
    if shown.pixel is None:
        drawn.append(Text(x=0.03, y=0.04, text="uncalibrated", fraction=True, colour=BRIGHT, bold=True))
    for number, frame in enumerate(shown.settings.get("marks") or (), 1):
        drawn += framed(shown, tuple(frame), str(number), number)
    enlarged = shown.settings.get("inset")
    if enlarged and inset is None:
        drawn += framed(shown, tuple(enlarged), "", BRIGHT)
        inset = _enlarged(shown, tuple(enlarged))
    return Panel(
        x=Axis(hidden=True, low=0.0, high=field[0]),
        y=Axis(hidden=True, low=0.0, high=field[1]),
        layers=(*drawn, *layers),
        title=formula(shown.label),
        equal=True,
        legend="none",
        inset=inset,
        inset_box=_corner_box(str(shown.settings.get("inset_place", "upper right"))),
    )


def image(shown: ShownPicture) -> Image:
    """The picture with its contrast, gamma and scale bar."""
    settings = shown.settings
    ends = settings.get("contrast") or (_DARKEST, _BRIGHTEST)
    low, high = (float(v) for v in np.percentile(shown.values, ends))
    grey = np.clip((shown.values - low) / max(high - low, 1e-300), 0.0, 1.0) ** float(settings.get("gamma", 1.0))
    corner = settings.get("bar_place", "lower left")
    bar = None
    if shown.pixel and corner != "none":
        typed = None if shown.per_nm else settings.get("bar_nm")
        length = float(typed or round_length(shown.field[0]))
        bar = (length, frequency_text(length) if shown.per_nm else length_text(length))
    extent = (0.0, shown.field[0], 0.0, shown.field[1])
    return Image(
        values=grey,
        extent=extent,
        low=0.0,
        high=1.0,
        scale_bar=bar,
        bar_look=(corner, str(settings.get("bar_colour", "white"))),
    )


def framed(shown: ShownPicture, frame: Frame, text: str, colour: Colour) -> list[Layer]:
    """A frame (left, top, right, bottom; pixels of the whole picture) with its text inside the upper left corner."""
    (x0, y1), (x1, y0) = shown.place(frame[0], frame[1]), shown.place(frame[2], frame[3])
    square = Shape(x=np.array([x0, x1, x1, x0]), y=np.array([y0, y0, y1, y1]), colour=colour, width_pt=1.0)
    if not text:
        return [square]
    inside = 0.02 * shown.field[0]
    return [square, Text(x=x0 + inside, y=y1 - 3.0 * inside, text=text, colour=colour, bold=True)]


def _enlarged(shown: ShownPicture, frame: Frame) -> Panel:
    """The part in a frame as a small panel with a scale bar of its own."""
    left, top = (round(edge - start) for edge, start in zip(frame[:2], shown.origin, strict=True))
    right, bottom = (round(edge - start) for edge, start in zip(frame[2:], shown.origin, strict=True))
    values = shown.values[max(top, 0) : bottom, max(left, 0) : right]
    settings = {key: value for key, value in shown.settings.items() if key not in {"crop", "marks", "inset", "bar_nm"}}
    part = ShownPicture(values=values, pixel=shown.pixel, per_nm=shown.per_nm, settings=settings)
    width, height = part.field
    return Panel(
        x=Axis(hidden=True, low=0.0, high=width),
        y=Axis(hidden=True, low=0.0, high=height),
        layers=(image(part),),
        equal=True,
        legend="none",
    )


def _corner_box(corner: str) -> tuple[float, float, float, float]:
    """The place of an inset in a corner."""
    bottom = 0.02 if corner.startswith("lower") else 0.98 - _INSET
    left = 0.02 if corner.endswith("left") else 0.98 - _INSET
    return left, bottom, _INSET, _INSET

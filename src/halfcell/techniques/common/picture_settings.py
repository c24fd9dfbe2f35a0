"""The settings that a picture of a microscope has in every technique: its scale, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.errors import InputError
from halfcell.core.settings import CheckedSettings

Corner = Literal["lower left", "lower right", "upper left", "upper right"]
BarPlace = Literal["lower left", "lower right", "upper left", "upper right", "none"]

_ALL_PERCENT = 100.0  # a whole, in per cent


@dataclass(frozen=True, kw_only=True)
class PictureSettings(CheckedSettings):
    """Scale and look of a picture; a technique adds its own settings.

    Parameters
    ----------
    pixel_size_nm
        Edge of a pixel (nm), for a picture whose file states none, or a wrong one.
    scale_bar_nm, scale_bar_pixels
        What a drawn scale bar stands for (its label, in nm), and its length in pixels; by default it is found in the
        picture. Calibrates like `pixel_size_nm`, and is held against the size that the file states.
    scale_uncertainty_percent
        Standard uncertainty of the scale, in percent. Nominal magnifications of transmission microscopes are off by 3
        to 6 %; a calibrated one is better.
    crop
        Part of the picture to show and to analyse: left, top, right, bottom (pixels); cut the data bar off.
    contrast
        Percentiles of the grey values that become black and white.
    gamma
        Exponent of the grey values between black and white; below 1 brightens what is dark.
    bar_nm, bar_place, bar_colour
        Length of the scale bar (by default a round one), its corner (or ``none``) and its colour.
    """

    pixel_size_nm: float | None = None
    scale_bar_pixels: float | None = None
    scale_bar_nm: float | None = None
    scale_uncertainty_percent: float = 3.0
    crop: tuple[int, int, int, int] | None = None
    contrast: tuple[float, float] = (0.5, 99.5)
    gamma: float = 1.0
    bar_nm: float | None = None
    bar_place: BarPlace = "lower left"
    bar_colour: str = "white"

    def __post_init__(self) -> None:
        """Refuse a look that shows nothing.

        Raises
        ------
        InputError
            If contrast, gamma or scale cannot be.
        """
        super().__post_init__()
        low, high = self.contrast
        if not 0.0 <= low < high <= _ALL_PERCENT:
            raise InputError(f"{self.contrast} are no two percentiles", "contrast", "for example [0.5, 99.5]")
        for name in ("gamma", "pixel_size_nm", "scale_bar_pixels", "scale_bar_nm", "bar_nm"):
            value = getattr(self, name)
            if value is not None and not 0.0 < value < float("inf"):
                raise InputError(f"{name} is {value:g}; it must be above 0", name)
        if not 0.0 <= self.scale_uncertainty_percent < _ALL_PERCENT:
            raise InputError("the uncertainty of the scale is between 0 and 100 %", "scale_uncertainty_percent")

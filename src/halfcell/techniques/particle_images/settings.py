"""The settings of particles in pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.techniques.common.picture_settings import PictureSettings


@dataclass(frozen=True, kw_only=True)
class Settings(PictureSettings):
    """How particles are found, measured and shown.

    Parameters
    ----------
    pixel_size_nm
        Edge of a pixel (nm), for a picture whose file states none, or a wrong one.
    scale_bar_pixels, scale_bar_nm
        Length of a drawn scale bar in pixels and what it stands for; calibrates like `pixel_size_nm`.
    scale_uncertainty_percent
        Standard uncertainty of the scale, in percent.
    crop
        Part of the picture to analyse: left, top, right, bottom (pixels); the data bar must be cut off.
    contrast
        Percentiles of the grey values that become black and white.
    gamma
        Exponent of the grey values between black and white; below 1 brightens what is dark.
    bar_nm, bar_place, bar_colour
        Length of the scale bar (by default a round one), its corner (or ``none``) and its colour.
    particles
        Whether particles are bright or dark.
    least_diameter_nm
        Smaller particles are left out; by default those below 4 pixels.
    laser
        The volume distribution of the same powder by laser diffraction, given as its file; it is drawn beside.
    """

    particles: Literal["bright", "dark"] = "bright"
    least_diameter_nm: float | None = None
    laser: tuple[tuple[float, float], ...] = ()

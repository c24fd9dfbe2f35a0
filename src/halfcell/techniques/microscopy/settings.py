"""The settings of a microscopy analysis."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a picture is calibrated and which regions of it are analysed.

    Parameters
    ----------
    pixel_size_nm
        Edge of a pixel (nm), for a picture whose file states none, or a wrong one.
    scale_bar_pixels, scale_bar_nm
        Length of a drawn scale bar in pixels and what it stands for; calibrates like `pixel_size_nm`.
    scale_uncertainty_percent
        Standard uncertainty of the scale, in percent. Nominal magnifications of transmission microscopes are off by 3
        to 6 %; a calibrated one is better.
    crop
        Part of the picture to show: left, top, right, bottom (pixels); the data bar is best cut off.
    regions
        Square regions with lattice fringes: column and row of the centre and the edge, in pixels of the whole picture.
    fringes
        At most this many fringes of each region.
    phases
        Phases that the fringes are compared with; empty: all of the library.
    standard
        A phase that one region is known to be: its fringes calibrate the others, scale and shear.
    standard_region
        The number of that region, from 1.
    """

    pixel_size_nm: float | None = None
    scale_bar_pixels: float | None = None
    scale_bar_nm: float | None = None
    scale_uncertainty_percent: float = 3.0
    crop: tuple[int, int, int, int] | None = None
    regions: tuple[tuple[float, float, float], ...] = ()
    fringes: int = 4
    phases: tuple[str, ...] = ()
    standard: str = ""
    standard_region: int = 1

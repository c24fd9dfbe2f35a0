"""The settings of a microscopy analysis."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.techniques.common.picture_settings import Corner, PictureSettings


@dataclass(frozen=True, kw_only=True)
class Settings(PictureSettings):
    """How a picture is calibrated and shown, and which regions of it are analysed.

    Parameters
    ----------
    pixel_size_nm
        Edge of a pixel (nm), for a picture whose file states none, or a wrong one.
    scale_bar_pixels, scale_bar_nm
        Length of a drawn scale bar in pixels and what it stands for; calibrates like `pixel_size_nm`, and is held
        against the size that the file states.
    scale_uncertainty_percent
        Standard uncertainty of the scale, in percent. Nominal magnifications of transmission microscopes are off by 3
        to 6 %; a calibrated one is better.
    crop
        Part of the picture to show: left, top, right, bottom (pixels); the data bar is best cut off.
    contrast
        Percentiles of the grey values that become black and white.
    gamma
        Exponent of the grey values between black and white; below 1 brightens what is dark.
    bar_nm, bar_place, bar_colour
        Length of the scale bar (by default a round one), its corner (or ``none``) and its colour.
    marks
        Frames with numbers: left, top, right, bottom in pixels of the whole picture.
    inset, inset_place
        A part that is shown enlarged (left, top, right, bottom in pixels of the whole picture), and its corner.
    inset_picture
        Another picture that is shown in that corner, given as its file: a diffraction pattern beside its lattice image.
    profile
        A line whose grey values are shown: column and row of its start and of its end, in pixels of the whole picture.
    profile_width
        Over how many pixels across the line grey values are averaged.
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

    marks: tuple[tuple[float, float, float, float], ...] = ()
    inset: tuple[float, float, float, float] | None = None
    inset_place: Corner = "upper right"
    inset_picture: str = ""
    profile: tuple[float, float, float, float] | None = None
    profile_width: float = 1.0
    regions: tuple[tuple[float, float, float], ...] = ()
    fringes: int = 4
    phases: tuple[str, ...] = ()
    standard: str = ""
    standard_region: int = 1

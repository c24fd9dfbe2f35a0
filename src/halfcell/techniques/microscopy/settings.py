"""The settings of a microscopy analysis."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.techniques.common.picture_settings import Corner, PictureSettings


@dataclass(frozen=True, kw_only=True)
class Settings(PictureSettings):
    """How a picture is calibrated and shown, and which regions of it are analysed.

    Parameters
    ----------
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

"""Settings of an analysis of electron diffraction patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a pattern is centred, calibrated and compared with phases.

    Parameters
    ----------
    pattern
        ``rings`` of many small crystals, or ``spots`` of one.
    pixel_size_per_nm
        Edge of a pixel (1/nm), where the file states none or a wrong one.
    scale_uncertainty_percent
        Standard uncertainty of the scale. A nominal camera length, or one transferred from another pattern, is off by 3
        to 6 %; below 3 only where the standard was recorded at the same place with the same lens currents.
    standard
        A phase that the pattern is known to be: its rings give the scale, and its ellipse is that of the lenses.
    phases
        Phases that rings or spots are compared with; empty: all of the library.
    centre
        Column and row near the centre (pixels); by default it is searched.
    ellipse
        Long over short axis, less 1, in per cent, and direction of the long axis (degree), from a standard; by default
        it is fitted to rings, and taken as none for spots.
    masked
        Rectangles that are left out: left, top, right, bottom (pixels). A dark beam stop is found by itself.
    least_radius, greatest_radius
        Radii (pixels) between which rings and spots are looked for; by default a tenth and half of the shorter edge.
    spots
        At most this many spots.
    """

    pattern: Literal["rings", "spots"] = "rings"
    pixel_size_per_nm: float | None = None
    scale_uncertainty_percent: float = 3.0
    standard: str = ""
    phases: tuple[str, ...] = ()
    centre: tuple[float, float] | None = None
    ellipse: tuple[float, float] | None = None
    masked: tuple[tuple[int, int, int, int], ...] = ()
    least_radius: float | None = None
    greatest_radius: float | None = None
    spots: int = 60

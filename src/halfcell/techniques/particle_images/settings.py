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

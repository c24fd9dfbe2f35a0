"""What an analysis of particles returns: the picture, the outlines, and the sizes with their weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Outline:
    """One particle: the corners of its outline (columns and rows, pixels of the shown part), and whether it is cut."""

    columns: Array
    rows: Array
    is_cut: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class ParticleImagesResult(Result):
    """A picture with its outlines; diameters (um) and weights of the whole particles; the laser's curve, if given."""

    picture: Array
    pixel: tuple[float, float]
    outlines: tuple[Outline, ...]
    diameters: Array
    weights: Array
    laser: tuple[tuple[float, float], ...] = ()

"""What a microscopy analysis returns: the picture, its scale, and the lattice fringes of its regions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.techniques.microscopy.candidates import Candidate
    from halfcell.techniques.microscopy.spacing import Spacing

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Region:
    """A square region: its corner and edge (pixels), transform, spacings, angle of the first two, and candidates."""

    left: int
    top: int
    edge: int
    transform: Array
    spacings: tuple[Spacing, ...] = ()
    angle: float | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class LineProfile:
    """Grey values along a line: columns and rows (pixels), distance (nm; pixels without a scale)."""

    columns: Array
    rows: Array
    distance: Array
    grey: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class MicroscopyResult(Result):
    """A picture (rows, columns) and the height and width of its pixel (nm, or None), with its regions.

    `per_nm` is true for a diffraction pattern, whose pixel is in 1/nm; `inset` is another picture, as `inset_panel`
    reads it.
    """

    picture: Array
    pixel: tuple[float, float] | None = None
    per_nm: bool = False
    regions: tuple[Region, ...] = field(default_factory=tuple)
    profile: LineProfile | None = None
    inset: str = ""

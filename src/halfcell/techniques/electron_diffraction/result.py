"""What an analysis of an electron diffraction pattern returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.maths.radial_profile import Profile
    from halfcell.maths.ring_pattern import Geometry
    from halfcell.techniques.electron_diffraction.indexing import RingMatch
    from halfcell.techniques.electron_diffraction.spots import Lattice

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ElectronDiffractionResult(Result):
    """A pattern (rows, columns) with its centre and ellipse, and what was found in it.

    Parameters
    ----------
    picture, usable
        Intensities, and which pixels were used.
    geometry
        Centre and ellipse.
    profile, radii, radius_errors
        Radial profile, and radii of the rings with standard errors (px).
    scale
        Scale (1/nm per px), or None.
    matches
        Phases, the best first.
    lattice
        Lattice of the spots, or None.
    """

    picture: Array
    usable: NDArray[np.bool_]
    geometry: Geometry
    profile: Profile
    radii: Array
    radius_errors: Array
    scale: float | None = None
    matches: tuple[RingMatch, ...] = field(default_factory=tuple)
    lattice: Lattice | None = None

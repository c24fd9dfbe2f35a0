"""What a particle-size analysis returns: the distribution, its replicates and its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.techniques.particle_size.settings import Basis

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ParticleSizeResult(Result):
    """A distribution: channel edges (um), share of each channel (%), the replicates' shares, and its numbers."""

    edges: Array
    share: Array
    replicates: tuple[Array, ...] = field(default_factory=tuple)
    basis: Basis = "volume"

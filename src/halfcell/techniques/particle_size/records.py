"""What a particle-size analysis is told and what it returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a study may set for particle size.

    Parameters
    ----------
    record
        Part of the name of the records to use where a file holds several; empty: all of them, which must then be
        replicates of one sample.
    basis
        The basis of the percentiles: volume (what laser diffraction measures) or number (converted, with a doubt).
    prominence
        How far a mode must stand out, as a part of the tallest one's height.
    """

    record: str = ""
    basis: Literal["volume", "number"] = "volume"
    prominence: float = 0.03


@dataclass(frozen=True, kw_only=True, eq=False)
class ParticleSize(Result):
    """A distribution: channel edges (um), share of each channel (%), the replicates' shares, and its numbers."""

    edges: Array
    share: Array
    replicates: tuple[Array, ...] = field(default_factory=tuple)
    basis: str = "volume"

"""What the analysis of a current-time record returns: the record, its steady current, and what the number is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.techniques.common.pellet_result import PelletResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.techniques.common.pellet import Conduction

    Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class PolarisationResult(PelletResult):
    """A record at constant bias: `time` since the step (s), `current` (A), `window` over which it is averaged.

    `steady` says whether the current came to rest, `conduction` whose conductivity it is.
    """

    time: Reals
    current: Reals
    window: tuple[float, float]
    steady_ampere: float
    bias_volt: float
    steady: bool
    conduction: Conduction

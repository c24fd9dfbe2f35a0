"""What the analysis of an I-V sweep returns: the sweep, its ohmic line, and what the conductivity is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.techniques.common.pellet_result import PelletResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.techniques.common.pellet import Conduction

    Reals = NDArray[np.float64]
    Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, kw_only=True)
class ConductivityResult(PelletResult):
    """A fitted sweep: `voltage` (V), `current` (A), `used` points, the line's `conductance` (S) and `zero_ampere`.

    `conduction` says whose conductivity it is.
    """

    voltage: Reals
    current: Reals
    used: Marks
    conductance: float
    zero_ampere: float
    conduction: Conduction

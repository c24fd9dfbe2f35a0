"""What the analysis of an I-V sweep returns: the sweep, its ohmic line, and what the conductivity is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.techniques.common.pellet import Conduction, Pellet

    Reals = NDArray[np.float64]
    Marks = NDArray[np.bool_]

Bound = Literal["value", "lower", "upper"]


@dataclass(frozen=True, eq=False, kw_only=True)
class ConductivityResult(Result):
    """A fitted sweep: `voltage` (V), `current` (A), `used` points, the line's `conductance` (S) and `zero_ampere`.

    `conduction` says whose conductivity it is, `bound` whether it is a value or a bound; `pellet` its geometry.
    """

    voltage: Reals
    current: Reals
    used: Marks
    conductance: float
    zero_ampere: float
    conduction: Conduction
    bound: Bound
    pellet: Pellet

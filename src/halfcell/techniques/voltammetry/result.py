"""The result of `voltammetry`: quantities, a row a peak, and the traces of the shown cycles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Trace:
    """One cycle: potential (V) and current (the result's unit of current, positive is oxidation), in order of time."""

    cycle: int
    potential: Floats
    current: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class VoltammetryResult(Result):
    """What an analysis of voltammetry found.

    `traces` are those of the shown cycles, `current_unit` is ``mA/g`` or ``mA``, `against_lithium` tells whether the
    potentials are known to be against Li+/Li.
    """

    traces: tuple[Trace, ...] = ()
    current_unit: str = "mA"
    against_lithium: bool = False

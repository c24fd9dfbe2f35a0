"""The result of `voltammetry`: quantities, one row per peak, and the curves of the shown cycles."""

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
    """The curve of one cycle in order of time: potential (V), current (`current_unit`; positive is oxidation)."""

    cycle: int
    potential: Floats
    current: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class VoltammetryResult(Result):
    """What an analysis of voltammetry found.

    `traces` are the curves of the shown cycles, `current_unit` is ``mA/g`` or ``mA``, and `potential_unit` that of
    the potentials, with their reference where it is known.
    """

    traces: tuple[Trace, ...] = ()
    current_unit: str = "mA"
    potential_unit: str = "V"

"""What an analysis of decomposition kinetics returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.maths.isoconversional import Arrhenius

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Energies:
    """Kissinger's line, and the energies by Ozawa-Flynn-Wall and Friedman at each conversion; empty where refused."""

    kissinger: Arrhenius | None = None
    conversions: tuple[float, ...] = ()
    ozawa: tuple[Arrhenius, ...] = ()
    friedman: tuple[Arrhenius, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class KineticsResult(Result):
    """Heating rates (K/min) and peaks (K) of the runs, and the activation energies."""

    rates: Array
    peaks: Array
    energies: Energies

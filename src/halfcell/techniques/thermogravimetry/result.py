"""What a thermogravimetric analysis returns: the analysed heating with its steps, and the whole run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.maths.mass_steps import Step
    from halfcell.maths.thermogram import Curve

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class GasChange:
    """A gas, and the time (min) from which it flows."""

    minute: float
    gas: str


@dataclass(frozen=True, kw_only=True, eq=False)
class ThermogravimetryResult(Result):
    """The analysed heating (wt% over degC), its steps, and the whole run: time (min), temperature (degC), mass (wt%).

    `gas` is that of the analysed heating, `gas_changes` are those of the run.
    """

    curve: Curve
    steps: tuple[Step, ...] = ()
    time_minute: Array
    temperature_degc: Array
    mass_percent: Array
    gas_changes: tuple[GasChange, ...] = ()
    gas: str = ""

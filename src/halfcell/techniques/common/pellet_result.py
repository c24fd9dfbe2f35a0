"""The result of a measurement on a pellet: its geometry, what its conductivity is, and its series of temperatures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result
from halfcell.techniques.common.pellet import Pellet

if TYPE_CHECKING:
    from halfcell.maths.arrhenius import ArrheniusLine
    from halfcell.techniques.common.pellet_conductivity import Bound


@dataclass(frozen=True, kw_only=True)
class TemperatureSeries:
    """Temperatures (K), conductivities (S/cm) with relative uncertainties (geometry left out), and their line."""

    kelvin: tuple[float, ...]
    sigma: tuple[float, ...]
    relative_std: tuple[float, ...]
    line: ArrheniusLine


@dataclass(frozen=True, eq=False, kw_only=True)
class PelletResult(Result):
    """A result on a pellet: `bound` says what its conductivity is, `temperatures` is the series it is a member of."""

    pellet: Pellet = field(default_factory=Pellet)
    bound: Bound = "value"
    temperatures: TemperatureSeries | None = None

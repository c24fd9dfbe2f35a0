"""What the analysis of a pellet's impedance returns: the fitted spectrum, and what the conductivity is."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.result import Row
from halfcell.techniques.common.pellet_result import PelletResult
from halfcell.techniques.impedance.result import ImpedanceResult


@dataclass(frozen=True, eq=False, kw_only=True)
class IonicConductivityResult(ImpedanceResult, PelletResult):
    """A fitted spectrum of a pellet; `parts` are its resistances with the process of each."""

    parts: tuple[Row, ...] = ()

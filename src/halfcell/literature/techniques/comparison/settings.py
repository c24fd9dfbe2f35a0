"""Settings of a comparison: which reported results, the names printed, the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.sample import CellKind
from halfcell.core.settings import CheckedSettings

Comparison = Literal["anodes", "full_cells", "solid_state"]


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `comparison`.

    Parameters
    ----------
    comparison
        Which reported results: ``anodes``, ``full_cells`` or ``solid_state``.
    cycle
        X of "after Xth cycle".
    reference_cycle
        Cycle to which retention refers; 0 takes the first complete cycle at the same rate.
    anode, cathode, solid_electrolyte, electrolyte
        The names printed.
    cathode_loading_mg_per_cm2
        As printed.
    filter
        Conditions on the reported results, e.g. ``cathode=NCM811`` or ``cycle>=100``.
    kind, active_mass_mg, cathode_active_mass_mg, area_cm2
        Kind of the cell, its masses (mg) and the area of its electrode (cm2), from the table of cells.
    temperature_degc, pressure_mpa
        Conditions of the cell, printed in the comparison of solid-state cells.
    """

    comparison: Comparison = "anodes"
    cycle: int = 100
    reference_cycle: int = 0
    anode: str = ""
    cathode: str = ""
    solid_electrolyte: str = ""
    electrolyte: str = ""
    cathode_loading_mg_per_cm2: str = ""
    filter: tuple[str, ...] = ()
    kind: CellKind | None = None
    active_mass_mg: float | None = None
    cathode_active_mass_mg: float | None = None
    area_cm2: float | None = None
    temperature_degc: float | None = None
    pressure_mpa: float | None = None

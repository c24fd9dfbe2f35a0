"""Settings of a prediction: the cell card, and what the analysis of the cycles needs."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.sample import CellKind
from halfcell.core.settings import CheckedSettings
from halfcell.twin.card import Card


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `prediction`.

    Parameters
    ----------
    card
        A file: the cell card.
    kind, active_mass_mg, cathode_active_mass_mg, area_cm2
        Kind of the cell, its masses (mg) and the area of its electrode (cm2), as for `cycling`.
    active_mass_std_mg
        Standard uncertainty of the cathode's active mass (mg); part of that of the measured capacities.
    current_accuracy_percent, current_offset_a, voltage_accuracy_volt
        Limits of error of the cycler, as for `cycling`.
    one_c_ma_per_g, one_c_ma
        The current called 1C, as for `cycling`.
    exclude_cycles
        Cycles that are left out.
    fresh_cycles
        Cycles before the cell lost the lithium of the card's ``anode.lost_content``.
    profile_cycles, profile_every
        Cycles whose discharge is predicted as a curve, as for `cycling`.
    draws
        How many cells are drawn from the card's uncertainties for the band.
    """

    card: Card | str | None = None
    kind: CellKind | None = None
    active_mass_mg: float | None = None
    cathode_active_mass_mg: float | None = None
    area_cm2: float | None = None
    active_mass_std_mg: float | None = None
    current_accuracy_percent: float | None = None
    current_offset_a: float | None = None
    voltage_accuracy_volt: float | None = None
    one_c_ma_per_g: float | None = None
    one_c_ma: float | None = None
    exclude_cycles: tuple[int, ...] = ()
    fresh_cycles: tuple[int, ...] = ()
    profile_cycles: tuple[int, ...] = (1,)
    profile_every: int = 0
    draws: int = 64

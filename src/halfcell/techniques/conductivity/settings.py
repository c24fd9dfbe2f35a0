"""The settings of the analysis of an I-V sweep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings
from halfcell.techniques.common.pellet import Electrodes, Pellet, pellet_of


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How an I-V sweep of a pellet is analysed.

    Parameters
    ----------
    thickness_um, diameter_mm, area_cm2
        Of the pellet: thickness under the measuring pressure, diameter of the die (or the area).
    thickness_std_um, diameter_std_mm
        Their standard uncertainties.
    pressure_mpa, temperature_degc
        Carried to the result.
    electrodes
        ``ion-blocking`` (steel: electronic conductivity) or ``electron-blocking`` (ionic conductivity).
    claimed
        ``electronic`` or ``ionic``: what the conductivity is called; compared with the electrodes.
    wires
        2 or 4. With two the contacts and leads are in the resistance.
    contact_resistance_ohm, contact_std_ohm
        Of contacts and leads, measured without a pellet (a blank; may be given as a file); subtracted. Contacts do not
        repeat well from one assembly to the next: without a stated uncertainty 20 % are taken.
    contact_limit_ohm
        The most that contacts of two wires may have where no blank is given: a conductivity that this would change by
        more than 5 % is a lower bound.
    largest_voltage_volt
        Only voltages up to this (of either sign) are fitted; None: all.
    nonlinearity_limit_percent
        The range is narrowed until the cubic term is below this share of the linear one at its end.
    """

    thickness_um: float | None = None
    diameter_mm: float | None = None
    area_cm2: float | None = None
    thickness_std_um: float = 0.0
    diameter_std_mm: float = 0.0
    pressure_mpa: float | None = None
    temperature_degc: float | None = None
    electrodes: Electrodes | None = None
    claimed: Literal["electronic", "ionic"] | None = None
    wires: Literal[2, 4] = 2
    contact_resistance_ohm: float | None = None
    contact_std_ohm: float | None = None
    contact_limit_ohm: float = 0.1
    largest_voltage_volt: float | None = None
    nonlinearity_limit_percent: float = 2.0

    @property
    def pellet(self) -> Pellet:
        """The pellet that these settings describe."""
        return pellet_of(self)

"""The settings of the analysis of an I-V sweep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.maths.arrhenius import Form
from halfcell.techniques.common.contacts import Contacts
from halfcell.techniques.common.pellet import DirectCurrentSettings


@dataclass(frozen=True, kw_only=True)
class Settings(DirectCurrentSettings):
    """How an I-V sweep of a pellet is analysed.

    Parameters
    ----------
    thickness_um, diameter_mm, area_cm2
        Of the pellet: thickness under the measuring pressure, diameter of the die (or the area).
    thickness_std_um, diameter_std_mm, area_std_cm2
        Their standard uncertainties; without them the conductivity has none.
    pressure_mpa, temperature_degc
        Carried to the result; the temperature in a file's name (tag ``temperature``) goes first.
    electrodes
        ``ion-blocking`` (steel: electronic conductivity), ``electron-blocking`` (ionic conductivity) or
        ``one reversible`` (Hebb-Wagner, Li | SE | steel: the slope over voltages is the electronic conductivity there).
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
    arrhenius
        Of a series of temperatures: ``sigma`` (ln sigma is a line over 1/T: bands) or ``sigma T`` (hopping).
    temperature_std_kelvin
        Standard uncertainty of each temperature, for the Arrhenius line.
    nonlinearity_limit_percent
        The range is narrowed until the cubic term is below this share of the linear one at its end.
    """

    wires: Literal[2, 4] = 2
    contact_resistance_ohm: float | None = None
    contact_std_ohm: float | None = None
    contact_limit_ohm: float = 0.1
    largest_voltage_volt: float | None = None
    nonlinearity_limit_percent: float = 2.0
    arrhenius: Form = "sigma"
    temperature_std_kelvin: float = 0.0

    @property
    def contacts(self) -> Contacts:
        """What is known of contacts and leads."""
        return Contacts(
            wires=self.wires,
            known_ohm=self.contact_resistance_ohm,
            known_std_ohm=self.contact_std_ohm,
            limit_ohm=self.contact_limit_ohm,
        )

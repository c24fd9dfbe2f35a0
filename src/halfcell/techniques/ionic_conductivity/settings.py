"""The settings of the ionic conductivity from impedance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.maths.arrhenius import Form
from halfcell.techniques.common.contacts import Contacts
from halfcell.techniques.common.pellet import PelletSettings


@dataclass(frozen=True, kw_only=True)
class Settings(PelletSettings):
    """How the impedance of a pellet between blocking electrodes is analysed.

    Parameters
    ----------
    thickness_um, diameter_mm, area_cm2
        Of the pellet: thickness under the measuring pressure, diameter of the die (or the area).
    thickness_std_um, diameter_std_mm, area_std_cm2
        Their standard uncertainties; without them the conductivity has none.
    pressure_mpa
        Carried to the result.
    temperature_degc
        Of the pellet; in a series it is read from the files' names (tag ``temperature``, for example ``25C``).
    temperature_std_kelvin
        Standard uncertainty of each temperature, for the Arrhenius line.
    arrhenius
        ``sigma T``: ln(sigma T) is a line over 1/T (hopping of ions); ``sigma``: ln sigma is.
    circuit
        ``auto``, or a circuit in series that ends in a CPE or a capacitor, as in ``R0-p(R1,CPE1)-CPEe``.
    lowest_frequency_hertz, highest_frequency_hertz
        The frequency range that is fitted; by default all of it.
    wires
        2 or 4. With two the leads are in the resistance.
    contact_resistance_ohm, contact_std_ohm
        Of leads and contacts, measured without a pellet (rods in contact; may be given as a file, whose impedance at
        the highest frequencies is taken); subtracted. Without a stated uncertainty 20 % are taken.
    contact_limit_ohm
        The most that leads and contacts of two wires may have where no blank is given: it enters the uncertainty, and
        a conductivity that it would change by more than 5 % is a lower bound.
    starts
        Number of start values that are tried for each circuit.
    """

    arrhenius: Form = "sigma T"
    temperature_std_kelvin: float = 0.0
    circuit: str = "auto"
    lowest_frequency_hertz: float | None = None
    highest_frequency_hertz: float | None = None
    wires: Literal[2, 4] = 2
    contact_resistance_ohm: float | None = None
    contact_std_ohm: float | None = None
    contact_limit_ohm: float = 0.5
    starts: int = 6

    @property
    def is_auto(self) -> bool:
        """Whether the circuit is to be chosen."""
        return self.circuit.strip().lower() == "auto"

    @property
    def contacts(self) -> Contacts:
        """What is known of leads and contacts."""
        return Contacts(
            wires=self.wires,
            known_ohm=self.contact_resistance_ohm,
            known_std_ohm=self.contact_std_ohm,
            limit_ohm=self.contact_limit_ohm,
        )

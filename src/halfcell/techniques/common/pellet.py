r"""A pellet between two electrodes: geometry, conductivity with its uncertainty, and which carriers are measured.

sigma = L/(R A), A = pi D^2/4 of the die (not of the electrode foil), L the thickness under the measuring pressure;
u(sigma)/sigma = sqrt((u_R/R)^2 + (u_L/L)^2 + (2 u_D/D)^2). With a direct current, electrodes that block ions (steel)
measure the electronic conductivity, and electrodes that block electrons (Li-In behind a solid electrolyte) the ionic
one. With one reversible and one ion-blocking electrode (Hebb-Wagner) the slope of the steady current over the voltage
is the electronic conductivity at the potential of the blocking face (M. H. Hebb, J. Chem. Phys. 20 (1952) 185).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.settings import CheckedSettings
from halfcell.core.table import Column, Entry

Electrodes = Literal["ion-blocking", "electron-blocking", "one reversible"]
"""Both block ions (steel), both block electrons (Li-In behind a solid electrolyte), or Hebb-Wagner: Li | SE | steel."""

Conduction = Literal["electronic", "ionic", "not stated"]
CONDITIONS = (
    Column(key="pressure_mpa", label="Pressure", unit="MPa"),
    Column(key="temperature_degc", label="Temperature", unit="°C"),
)


@dataclass(frozen=True, kw_only=True)
class Pellet:
    """Thickness and area of a pellet with their standard uncertainties (None: not known), and the conditions."""

    thickness_um: float | None = None
    diameter_mm: float | None = None
    area_cm2: float | None = None
    thickness_std_um: float | None = None
    diameter_std_mm: float | None = None
    area_std_cm2: float | None = None
    pressure_mpa: float | None = None
    temperature_degc: float | None = None

    @property
    def area(self) -> float | None:
        """Area in cm2: as stated, or from the diameter."""
        if self.area_cm2 is not None:
            return self.area_cm2
        return None if self.diameter_mm is None else float(np.pi * (self.diameter_mm / 10) ** 2 / 4)

    @property
    def area_relative_std(self) -> float:
        """Relative standard uncertainty of the area: 2 u_D/D, or that of a stated area; zero where it is not known."""
        if self.area_cm2 is not None:
            return (self.area_std_cm2 or 0.0) / self.area_cm2
        return 2 * (self.diameter_std_mm or 0.0) / self.diameter_mm if self.diameter_mm else 0.0

    @property
    def relative_std(self) -> float:
        """Relative standard uncertainty of thickness over area, which all measurements of one pellet share."""
        length = (self.thickness_std_um or 0.0) / self.thickness_um if self.thickness_um else 0.0
        return float(np.hypot(length, self.area_relative_std))

    @property
    def unsure(self) -> tuple[str, ...]:
        """Names of the uncertainties of the geometry that are not stated; without them a conductivity has none."""
        names = ["thickness_std_um"] if self.thickness_std_um is None else []
        if self.area_cm2 is not None:
            return (*names, *(["area_std_cm2"] if self.area_std_cm2 is None else []))
        return (*names, *(["diameter_std_mm"] if self.diameter_std_mm is None else []))

    @property
    def missing(self) -> str:
        """Names of what is missing for a conductivity."""
        names = ["thickness_um"] if self.thickness_um is None else []
        return " and ".join(names + (["diameter_mm or area_cm2"] if self.area is None else []))

    def conductivity(self, resistance: float, std: float) -> Quantity | None:
        """sigma in S/cm of a resistance in ohm, with an uncertainty where the geometry's is known; None without one."""
        if self.thickness_um is None or self.area is None:
            return None
        value = self.thickness_um * 1e-4 / (resistance * self.area)
        if self.unsure:
            return Quantity(value, "S/cm")
        return Quantity(value, "S/cm", abs(value) * float(np.hypot(std / resistance, self.relative_std)), "propagated")


def resistivity(conductivity: Quantity) -> Quantity:
    """The inverse of a conductivity in S/cm, in ohm cm.

    Parameters
    ----------
    conductivity
        S/cm, with its standard uncertainty where that is known.

    Returns
    -------
    Quantity
        ohm cm, of the same relative uncertainty.

    Source: definition.
    """
    if conductivity.std is None:
        return Quantity(1 / conductivity.value, "ohm cm")
    relative = conductivity.std / conductivity.value
    return Quantity(1 / conductivity.value, "ohm cm", relative / conductivity.value, "propagated")


def conduction(electrodes: Electrodes | None) -> Conduction:
    """What a direct current through these electrodes measures."""
    if electrodes is None:
        return "not stated"
    return "ionic" if electrodes == "electron-blocking" else "electronic"


def geometry_notes(pellet: Pellet, electrodes: Electrodes | None, claimed: str | None) -> tuple[Note, ...]:
    """Notes on missing geometry or electrodes, and on a claim that the electrodes contradict."""
    notes = []
    if electrodes is None:
        text = "the electrodes are not stated (ion-blocking or electron-blocking): ionic or electronic conductivity?"
        notes.append(Note("doubt", "electrodes_not_stated", text))
    elif electrodes == "one reversible":
        text = (
            "one reversible and one ion-blocking electrode (Hebb-Wagner): the slope dI/dU of steady currents gives the "
            "electronic conductivity at the potential of the blocking face; U/I of one record is its mean up to there"
        )
        notes.append(Note("info", "hebb_wagner", text))
    if electrodes is not None and claimed and claimed != conduction(electrodes):
        text = f"{electrodes} electrodes give the {conduction(electrodes)} conductivity, not the {claimed} one"
        notes.append(Note("doubt", "claim_contradicts_electrodes", text))
    return (*pellet_notes(pellet), *notes)


def pellet_notes(pellet: Pellet) -> tuple[Note, ...]:
    """Notes on missing geometry, on its uncertainties that are not stated, and on conditions."""
    notes = []
    if pellet.missing:
        notes.append(Note("refused", "geometry_missing", f"no conductivity: {pellet.missing} is not known"))
    if pellet.unsure and not pellet.missing:
        text = f"no uncertainty of the conductivity: that of the geometry is not stated ({' and '.join(pellet.unsure)})"
        notes.append(Note("info", "geometry_uncertainty_not_stated", text))
    if pellet.pressure_mpa is None or pellet.temperature_degc is None:
        names = [n for n in ("pressure_mpa", "temperature_degc") if getattr(pellet, n) is None]
        notes.append(Note("info", "conditions_not_stated", f"not stated: {', '.join(names)}"))
    return tuple(notes)


def conditions(pellet: Pellet) -> tuple[Entry, Entry]:
    """The entries of the columns `CONDITIONS`."""
    return Entry(text=given(pellet.pressure_mpa)), Entry(text=given(pellet.temperature_degc))


def given(value: float | None) -> str:
    """A stated number; a dash where none was stated."""
    return "-" if value is None else f"{value:.4g}"


@dataclass(frozen=True, kw_only=True)
class PelletSettings(CheckedSettings):
    """The settings that describe a pellet; a technique adds its own and documents all of them."""

    thickness_um: float | None = None
    diameter_mm: float | None = None
    area_cm2: float | None = None
    thickness_std_um: float | None = None
    diameter_std_mm: float | None = None
    area_std_cm2: float | None = None
    pressure_mpa: float | None = None
    temperature_degc: float | None = None

    @property
    def pellet(self) -> Pellet:
        """The pellet that these settings describe."""
        return Pellet(**{field.name: getattr(self, field.name) for field in fields(Pellet)})


@dataclass(frozen=True, kw_only=True)
class DirectCurrentSettings(PelletSettings):
    """A pellet between electrodes that decide whose conductivity a direct current measures."""

    electrodes: Electrodes | None = None
    claimed: Literal["electronic", "ionic"] | None = None

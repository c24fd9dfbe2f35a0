"""The settings of the analysis of a current-time record."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.maths.arrhenius import Form
from halfcell.techniques.common.pellet import DirectCurrentSettings


@dataclass(frozen=True, kw_only=True)
class Settings(DirectCurrentSettings):
    """How a current-time record at constant bias is analysed.

    Parameters
    ----------
    bias_mv
        The bias; None: that of the file.
    thickness_um, diameter_mm, area_cm2
        Of the pellet: thickness under the measuring pressure, diameter of the die (or the area).
    thickness_std_um, diameter_std_mm, area_std_cm2
        Their standard uncertainties; without them the conductivity has none.
    pressure_mpa, temperature_degc
        Carried to the result; the temperature in a file's name (tag ``temperature``) goes first.
    electrodes
        ``electron-blocking`` (ionic conductivity), ``ion-blocking`` (electronic conductivity) or ``one reversible``
        (Hebb-Wagner: the slope over three biases or more is the electronic conductivity).
    claimed
        ``electronic`` or ``ionic``: what the conductivity is called; compared with the electrodes.
    series_resistance_ohm, series_std_ohm
        Of what is in series with the pellet (electrode layers, interfaces, leads), from impedance or a blank;
        subtracted. Without it an ionic conductivity is a lower bound.
    leakage_ampere, leakage_std_ampere
        The instrument's current without a cell and its standard uncertainty (offset of its zero); subtracted. Without
        the latter currents, resistances and conductivities of one record have no uncertainty.
    interface_before_ohm, interface_after_ohm, interface_std_ohm
        Resistance of both interfaces of a symmetric cell before and after polarisation, from impedance, and the
        standard uncertainty of each: with them the transport number by Bruce and Vincent is given.
    bulk_resistance_ohm, bulk_std_ohm
        Resistance of the electrolyte, from impedance, and its standard uncertainty: gives the initial current.
    arrhenius
        Of a series of temperatures: ``sigma T`` (ln(sigma T) is a line over 1/T: hopping of ions) or ``sigma``.
    temperature_std_kelvin
        Standard uncertainty of each temperature, for the Arrhenius line.
    slope_limit
        Largest \\|d ln I/d ln t\\| over the last half of the record that counts as steady.
    remainder_limit_percent
        Largest part of the current that may still be lost, by three windows that double in length.
    drift_limit_percent
        Largest change of the current over the last twentieth of the record that counts as steady.
    """

    bias_mv: float | None = None
    series_resistance_ohm: float | None = None
    series_std_ohm: float = 0.0
    leakage_ampere: float = 0.0
    leakage_std_ampere: float | None = None
    interface_before_ohm: float | None = None
    interface_after_ohm: float | None = None
    interface_std_ohm: float = 0.0
    bulk_resistance_ohm: float | None = None
    bulk_std_ohm: float = 0.0
    arrhenius: Form = "sigma T"
    temperature_std_kelvin: float = 0.0
    slope_limit: float = 0.02
    remainder_limit_percent: float = 2.0
    drift_limit_percent: float = 2.0

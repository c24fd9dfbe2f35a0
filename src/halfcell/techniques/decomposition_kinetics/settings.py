"""The settings of an analysis of decomposition kinetics."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How activation energies are found from runs at several heating rates.

    Parameters
    ----------
    step
        Number of the step of loss, in the order of temperature; every run must have it.
    smoothing_degc
        Width (degC) of the polynomial that smooths the mass and gives its derivative.
    conversions
        Conversions at which energies are found.
    temperature_doubt_degc
        Standard uncertainty (degC) of a temperature from run to run (thermal lag, place of the thermocouple).
    """

    step: int = 1
    smoothing_degc: float = 10.0
    conversions: tuple[float, ...] = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    temperature_doubt_degc: float = 1.0

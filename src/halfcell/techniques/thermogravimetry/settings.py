"""The settings of a thermogravimetric analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a thermogram is analysed.

    Parameters
    ----------
    smoothing_degc
        Width (degC) of the polynomial that smooths the mass and gives its derivative; peak and onset depend on it.
    basis
        What 100 wt% is: the mass where the analysed heating starts (dry: after a drying step, if there is one), or the
        first mass of the run (initial).
    residue_at_degc
        Temperature (degC) at which the residue is read; None: the end of the heating.
    least_loss
        Steps that lose less than this (wt%) are not listed.
    drift_doubt_mg
        Standard uncertainty (mg) of the buoyancy drift over the whole heating where no blank was taken off; with one
        that is set, of what the blank does not repeat (never more than the blank changes).
    temperature_doubt_degc
        Standard uncertainty (degC) of the temperature scale after its calibration; it is in every printed temperature.
    oxidation
        What of the sample the gas oxidises, for the carbon content: LiFePO4 to Li3Fe2(PO4)3 and Fe2O3 (complete at the
        end of the heating), silicon (its slow gain is extrapolated back to where the carbon is burnt), or any other
        host, complete at the end of the heating.
    host, host_oxide
        Formulas of another host and of what it is at the end, per its own amount or any multiple: Sn and SnO2, Fe3O4
        and Fe2O3; LiFe0.4Mn0.6PO4 and LiFe0.4Mn0.6PO4.2, since only its Fe(II) oxidises; Li4Ti5O12 twice.
    blank
        A blank run of the same program, given as its file: temperature (degC) and change of mass (mg) since the
        start of the run.
    """

    smoothing_degc: float = 10.0
    basis: Literal["dry", "initial"] = "dry"
    residue_at_degc: float | None = None
    least_loss: float = 1.0
    drift_doubt_mg: float = 0.01
    temperature_doubt_degc: float = 1.0
    oxidation: Literal["none", "LiFePO4", "silicon", "complete"] = "none"
    host: str = ""
    host_oxide: str = ""
    blank: tuple[tuple[float, float], ...] = ()

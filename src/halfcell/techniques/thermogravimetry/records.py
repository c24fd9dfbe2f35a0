"""What a thermogravimetric analysis is told and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.maths.thermogram import Curve, Step

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a study may set for thermogravimetry.

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
        Standard uncertainty (mg) of the buoyancy drift over the whole heating where no blank was taken off.
    blank
        A blank run of the same program, given as its file: temperature (degC) and change of mass (mg).
    """

    smoothing_degc: float = 10.0
    basis: Literal["dry", "initial"] = "dry"
    residue_at_degc: float | None = None
    least_loss: float = 1.0
    drift_doubt_mg: float = 0.01
    blank: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Thermogram(Result):
    """The analysed heating (wt% over degC), its steps, and the whole run: time (min), temperature (degC), mass (wt%).

    `switches` are the times (min) at which the gas changes, with the gas; `burn_off` is the heating in an oxidising
    gas that followed, if any.
    """

    curve: Curve
    steps: tuple[Step, ...] = ()
    time_minute: Array
    temperature_degc: Array
    mass_percent: Array
    switches: tuple[tuple[float, str], ...] = ()
    gas: str = ""
    burn_off: tuple[float, float] | None = None

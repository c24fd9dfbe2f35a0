"""Settings, simulated truth and result of the direct-current polarisation technique."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from halfcell.core.result import Result
from halfcell.techniques.common.pellet import Conduction, Electrodes, Pellet, pellet_of

Reals = NDArray[np.float64]
Bound = Literal["value", "lower", "upper", "open"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a current-time record at constant bias is analysed.

    Parameters
    ----------
    bias_mv
        The bias; nothing stands for what the file says.
    thickness_um, diameter_mm, area_cm2
        Of the pellet: thickness under the measuring pressure, diameter of the die (or the area).
    thickness_std_um, diameter_std_mm
        Their standard uncertainties.
    pressure_mpa, temperature_degc
        Carried to the result.
    electrodes
        ``electron-blocking`` (ionic conductivity) or ``ion-blocking`` (electronic conductivity).
    claimed
        ``electronic`` or ``ionic``: what the conductivity is called; held against the electrodes.
    series_resistance_ohm, series_std_ohm
        Of what is in series with the pellet (electrode layers, interfaces, leads), from impedance or a blank;
        subtracted. Without it an ionic conductivity is a lower bound.
    leakage_ampere
        The instrument's current without a cell; subtracted.
    slope_limit
        Largest \\|d ln I/d ln t\\| over the last half of the record that counts as steady.
    drift_limit_percent
        Largest change of the current over the last twentieth of the record that counts as steady.
    """

    bias_mv: float | None = None
    thickness_um: float | None = None
    diameter_mm: float | None = None
    area_cm2: float | None = None
    thickness_std_um: float = 0.0
    diameter_std_mm: float = 0.0
    pressure_mpa: float | None = None
    temperature_degc: float | None = None
    electrodes: Electrodes | None = None
    claimed: Literal["electronic", "ionic"] | None = None
    series_resistance_ohm: float | None = None
    series_std_ohm: float = 0.0
    leakage_ampere: float = 0.0
    slope_limit: float = 0.1
    drift_limit_percent: float = 2.0

    @property
    def pellet(self) -> Pellet:
        """The pellet that these settings describe."""
        return pellet_of(self)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A simulated record: I = I_ss (1 + (k - 1) exp(-(t/tau)^beta)), k the ratio of initial to steady current."""

    conductivity_s_per_cm: float = 2.0e-3
    thickness_um: float = 650.0
    diameter_mm: float = 10.0
    series_ohm: float = 0.0
    bias_mv: float = 50.0
    initial_ratio: float = 1.6
    tau_second: float = 20.0
    beta: float = 0.6
    duration_second: float = 3600.0
    period_second: float = 5.0
    noise_percent: float = 0.3
    sample: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class PolarisationResult(Result):
    """A record at constant bias: `time` since the step (s), `current` (A), `window` over which it is averaged.

    `steady` tells whether the current came to rest, `conduction` whose conductivity it is, `bound` what the number is.
    """

    time: Reals
    current: Reals
    window: tuple[float, float]
    steady_ampere: float
    bias_volt: float
    steady: bool
    conduction: Conduction
    bound: Bound
    pellet: Pellet
    meta: dict[str, object] = field(default_factory=dict)

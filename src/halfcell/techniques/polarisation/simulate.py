"""A current-time record as a potentiostat would write it: stretched-exponential transient on a steady current."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from numpy.random import Generator


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


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Simulate I(t) = I_ss (1 + (k - 1) exp(-(t/tau)^beta)) (1 + noise), I_ss = U/(L/(sigma A) + R_series).

    Parameters
    ----------
    parameters
        Pellet, bias and transient.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``test_time_second``, ``voltage_volt`` and ``current_ampere``, shape (n,).

    Source: definition.
    """
    p = parameters
    area = np.pi * (p.diameter_mm / 10) ** 2 / 4
    resistance = p.thickness_um * 1e-4 / (p.conductivity_s_per_cm * area) + p.series_ohm
    time = np.arange(0.0, p.duration_second + 0.5 * p.period_second, p.period_second)
    steady = p.bias_mv / 1000 / resistance
    current = steady * (1 + (p.initial_ratio - 1) * np.exp(-((time / p.tau_second) ** p.beta)))
    current *= 1 + p.noise_percent / 100 * rng.standard_normal(len(time))
    voltage = np.full(len(time), p.bias_mv / 1000)
    return Measurement(
        technique="polarisation",
        columns={"test_time_second": time, "voltage_volt": voltage, "current_ampere": current},
        meta={"simulated": True} | ({"sample": p.sample} if p.sample else {}),
    )

"""A sweep as a potentiostat would record it: pellet, contacts, nonlinearity, capacitance, offset, noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A simulated sweep: a pellet of a conductivity between contacts.

    The voltage runs from -`largest_volt` to +`largest_volt` and back in `points` steps each way. `cubic_per_volt2` adds
    I (1 + k V^2); `capacitance_farad` a loop; `offset_volt` a zero error; `noise_percent` (of the largest current)
    Gaussian noise.
    """

    conductivity_s_per_cm: float = 0.2
    thickness_um: float = 500.0
    diameter_mm: float = 10.0
    contact_ohm: float = 0.01
    largest_volt: float = 0.1
    points: int = 101
    scan_rate_volt_per_second: float = 0.01
    cubic_per_volt2: float = 0.0
    capacitance_farad: float = 0.0
    offset_volt: float = 0.0
    noise_percent: float = 0.2
    sample: str = ""


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Simulate a triangular sweep: I = (V - V0)/(R + Rc) (1 + k V^2) + C dV/dt + noise, R = L/(sigma A).

    Parameters
    ----------
    parameters
        Pellet, contacts, sweep and faults.
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
    resistance = p.thickness_um * 1e-4 / (p.conductivity_s_per_cm * area) + p.contact_ohm
    up = np.linspace(-p.largest_volt, p.largest_volt, p.points)
    voltage = np.concatenate([up, up[-2::-1]])
    rate = np.where(np.arange(len(voltage)) < p.points, 1.0, -1.0) * p.scan_rate_volt_per_second
    current = (voltage - p.offset_volt) / resistance * (1 + p.cubic_per_volt2 * voltage**2) + p.capacitance_farad * rate
    current += p.noise_percent / 100 * np.max(np.abs(current)) * rng.standard_normal(len(voltage))
    time = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(voltage)))]) / p.scan_rate_volt_per_second
    meta = {"simulated": True, "scan_rate_volt_per_second": p.scan_rate_volt_per_second}
    return Measurement(
        technique="voltammetry",
        columns={"test_time_second": time, "voltage_volt": voltage, "current_ampere": current},
        meta=meta | ({"sample": p.sample} if p.sample else {}),
    )

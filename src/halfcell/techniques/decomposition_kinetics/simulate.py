"""What a thermobalance records of a first-order decomposition at one heating rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.isoconversional import GAS_CONSTANT
from halfcell.techniques import thermogravimetry

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_ZERO_CELSIUS = 273.15  # K at 0 degC, exact by definition


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A reaction (kJ/mol, log10 of A in 1/s), what it loses (wt%), the heating rate and the run's noise.

    With `second_energy` above zero half of the loss follows another reaction, with the same peak at 10 K/min.
    `lag_degc` is how far the temperature of this run is off.
    """

    energy: float = 180.0
    log10_prefactor: float = 14.0
    second_energy: float = 0.0
    loss: float = 60.0
    rate_degc_per_minute: float = 10.0
    mass_mg: float = 8.0
    noise_mg: float = 0.002
    lag_degc: float = 0.0
    title: str = "simulated polymer"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    r"""Record one run in nitrogen: a first-order step, :math:`d\alpha/dt = A e^{-E/RT} (1 - \alpha)`.

    Parameters
    ----------
    parameters
        The reaction, the heating rate and the faults of the run.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns of a thermogravimetry: time (s), temperature (degC) and mass (mg), shape (n,).

    Source: H. E. Kissinger, Anal. Chem. 29 (1957) 1702, for the peak.
    """
    import dataclasses

    p = parameters
    peaks = [peak_degc(p.energy, p.log10_prefactor, p.rate_degc_per_minute)]
    energies = [p.energy]
    if p.second_energy > 0:
        there = peak_degc(p.energy, p.log10_prefactor, 10.0) + _ZERO_CELSIUS
        x = p.second_energy / (GAS_CONSTANT * there)
        log_a = np.log10(x / there * 10.0 / 60.0) + x / np.log(10.0)
        peaks.append(peak_degc(p.second_energy, float(log_a), p.rate_degc_per_minute))
        energies.append(p.second_energy)
    run = thermogravimetry.simulate(
        thermogravimetry.Parameters(
            losses=tuple(p.loss / len(peaks) for _ in peaks),
            peaks_degc=tuple(peaks),
            energies_kj_per_mol=tuple(energies),
            mass_mg=p.mass_mg,
            noise_mg=p.noise_mg,
            rate_degc_per_minute=p.rate_degc_per_minute,
            records_per_minute=4.0 * p.rate_degc_per_minute,
            end_degc=max(600.0, max(peaks) + 120.0),
            burn_to_degc=0.0,
            moisture=0.0,
            title=p.title,
        ),
        rng,
    )
    return dataclasses.replace(run, columns={**run.columns, "temperature_degc": run["temperature_degc"] + p.lag_degc})


def peak_degc(energy: float, log10_prefactor: float, rate: float) -> float:
    r"""Peak temperature of a first-order reaction, the root of :math:`E \beta/(R T_p^2) = A e^{-E/RT_p}`.

    Parameters
    ----------
    energy
        E, kJ/mol.
    log10_prefactor
        log10 of A in 1/s.
    rate
        Heating rate beta, K/min.

    Returns
    -------
    float
        degC.

    Source: H. E. Kissinger, Anal. Chem. 29 (1957) 1702.
    """
    from scipy.optimize import brentq

    def excess(kelvin: float) -> float:
        x = energy / (GAS_CONSTANT * kelvin)
        return float(np.log(x / kelvin * rate / 60.0) - np.log(10.0) * log10_prefactor + x)

    return float(brentq(excess, 300.0, 2500.0)) - _ZERO_CELSIUS

r"""What a thermobalance records of a material that decomposes in first-order steps and chars.

.. math:: d\alpha/dT = (A/\beta) e^{-E/RT}(1-\alpha), \quad A = \frac{\beta E}{R T_p^2} e^{E/RT_p}

so that the step's rate peaks at :math:`T_p` exactly (H. E. Kissinger, Anal. Chem. 29 (1957) 1702). In an oxidising gas
steps may gain mass, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_R = 8.314462618  # J/(mol K) (CODATA 2018)
_ZERO_CELSIUS = 273.15  # K at 0 degC, exact by definition
_HEATED, _DRY, _BURNING = 3, 2, 4  # stages of the program: what is over by then, or begins


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Steps (loss in wt% of the dry mass, temperature of the peak, activation energy) and the run's program and faults.

    What the steps leave is char; with `burn_to_degc` above zero it burns in oxygen in a second heating. `drift_mg` is
    a drift over the first heating in proportion to the temperature, `buoyancy_mg` one that goes as 1/T; `moisture` (wt%
    of the dry mass) leaves in the drying step. `gains` are steps of oxidation (wt% of the dry mass).
    """

    losses: tuple[float, ...] = (63.0, 28.5)
    peaks_degc: tuple[float, ...] = (295.0, 450.0)
    energies_kj_per_mol: tuple[float, ...] = (150.0, 230.0)
    mass_mg: float = 8.0
    moisture: float = 0.3
    gains: tuple[float, ...] = ()
    gain_peaks_degc: tuple[float, ...] = ()
    gain_energies_kj_per_mol: tuple[float, ...] = ()
    gas: str = "Nitrogen"
    dry_degc: float = 110.0
    end_degc: float = 700.0
    rate_degc_per_minute: float = 10.0
    burn_to_degc: float = 800.0
    burn_peak_degc: float = 560.0
    records_per_minute: float = 20.0
    noise_mg: float = 0.002
    drift_mg: float = 0.0
    buoyancy_mg: float = 0.0
    title: str = "simulated polymer"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record a run: drying, heating in nitrogen, cooling, and heating in oxygen.

    Parameters
    ----------
    parameters
        Steps, program and faults.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``test_time_second``, ``temperature_degc``, ``mass_milligram`` and ``stage_count``, shape (n,).

    Source: definition; steps as in `converted`.
    """
    p = parameters
    time, temperature, stage = _program(p)
    mass = p.mass_mg * _share_left(p, temperature, stage)
    heated = np.clip((temperature - p.dry_degc) / (p.end_degc - p.dry_degc), 0.0, None)
    mass = (
        mass + p.drift_mg * heated + p.buoyancy_mg * _buoyant(p, temperature) + rng.normal(0.0, p.noise_mg, len(time))
    )
    meta = {
        "title": p.title,
        "simulated": True,
        "sample_mass_mg": round(float(mass[0]), 3),
        "gases": [[1, p.gas]] + ([[4, "Oxygen"]] if p.burn_to_degc > 0 else []),
    }
    columns = {"test_time_second": time, "temperature_degc": temperature, "mass_milligram": mass, "stage_count": stage}
    return Measurement(technique="thermogravimetry", columns=columns, meta=meta)


def _buoyant(p: Parameters, temperature: Array) -> Array:
    """Part (0..1) of the buoyancy's change that is reached: the gas's density goes as 1/T."""
    low, high, at = (_ZERO_CELSIUS + t for t in (p.dry_degc, p.end_degc, np.maximum(temperature, p.dry_degc)))
    return np.asarray((1.0 / low - 1.0 / at) / (1.0 / low - 1.0 / high))


def blank_run(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record the same program without a sample: the drift alone.

    Parameters
    ----------
    parameters
        Steps, program and faults.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        As `simulate`.

    Source: definition.
    """
    import dataclasses

    empty = dataclasses.replace(parameters, mass_mg=0.0, title="blank")
    return simulate(empty, rng)


def _program(p: Parameters) -> tuple[Array, Array, Array]:
    """Time (s), temperature (degC) and stage of each record."""
    rate = p.rate_degc_per_minute
    knots = [(0.0, 30.0), ((p.dry_degc - 30.0) / rate + 10.0, p.dry_degc)]
    knots.append((knots[-1][0] + (p.end_degc - p.dry_degc) / rate, p.end_degc))
    if p.burn_to_degc > 0:
        knots.append((knots[-1][0] + 20.0, 100.0))
        knots.append((knots[-1][0] + (p.burn_to_degc - 100.0) / (2.0 * rate), p.burn_to_degc))
    times, levels = np.array(knots).T
    minute: Array = np.arange(0.0, times[-1], 1.0 / p.records_per_minute)
    temperature: Array = np.interp(minute, times, levels)
    first = minute < times[1]
    temperature[first] = np.minimum(30.0 + rate * minute[first], p.dry_degc)
    stage = np.searchsorted(times[1:], minute, side="right").astype(float) + 1.0
    return minute * 60.0, temperature, stage


def _share_left(p: Parameters, temperature: Array, stage: Array) -> Array:
    """Mass left as a part of the dry mass at each record."""
    grid = np.arange(25.0, max(p.end_degc, p.burn_to_degc, 30.0) + 1.0, 0.1)
    left = np.ones_like(temperature)
    reached = np.where(stage >= _HEATED, p.end_degc, temperature)
    changes = (*(-loss for loss in p.losses), *p.gains)
    peaks, energies = (*p.peaks_degc, *p.gain_peaks_degc), (*p.energies_kj_per_mol, *p.gain_energies_kj_per_mol)
    for change, peak, energy in zip(changes, peaks, energies, strict=True):
        left = left + change / 100.0 * np.interp(reached, grid, converted(grid, peak, energy))
    from scipy.special import ndtr

    if p.burn_to_degc > 0:
        burnt = np.where(stage >= _BURNING, ndtr((temperature - p.burn_peak_degc) / 25.0), 0.0)
        left = left - true_char(p) / 100.0 * burnt
    dried = np.where(stage >= _DRY, 0.0, np.exp(-np.clip(temperature - 60.0, 0.0, None) / 10.0))
    return np.asarray(left + p.moisture / 100.0 * dried)


def converted(temperature: Array, peak: float, energy: float) -> Array:
    r"""Conversion of a first-order step, :math:`\alpha = 1 - e^{-\int k\,dT}`, whose rate is greatest at a temperature.

    Parameters
    ----------
    temperature
        An even grid (degC), shape (n,).
    peak
        degC.
    energy
        Activation energy, kJ/mol.

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n,).

    Source: H. E. Kissinger, Anal. Chem. 29 (1957) 1702, for prefactor and peak.
    """
    kelvin, top = temperature + _ZERO_CELSIUS, peak + _ZERO_CELSIUS
    e = energy * 1e3 / _R
    rate = e / top**2 * np.exp(e / top - e / kelvin)
    area = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * np.diff(kelvin))])
    return np.asarray(1.0 - np.exp(-area))


def true_char(parameters: Parameters) -> float:
    """What is left when all steps are over: 100 less their losses.

    Parameters
    ----------
    parameters
        The steps.

    Returns
    -------
    float
        wt% of the dry mass.

    Source: definition.
    """
    return 100.0 - sum(parameters.losses)

"""The impedance of a pellet as a potentiostat would record it: bulk, grain boundaries, electrodes, leads, noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.maths.arrhenius import BOLTZMANN, ZERO_CELSIUS
from halfcell.maths.circuit.model import build

if TYPE_CHECKING:
    from numpy.random import Generator

_CIRCUIT = "L0-Rl-p(Rb,CPEb)-p(Rg,CPEg)-CPEe"
_VACUUM = 8.8541878128e-14  # F/cm, permittivity of vacuum (CODATA 2018)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A simulated pellet between blocking electrodes, its conductivities stated at 25 degC.

    sigma T of bulk and grain boundary follow exp(-E_a/(k_B T)), each with its own activation energy. Capacitances of
    bulk (by `relative_permittivity`) and grain boundaries (F/cm) do not depend on the temperature; the arcs have
    exponents. The electrodes are a CPE of `tail_farad` (S s^n) and `tail_exponent`, with `leak_ohm` beside it if given.
    Noise is proportional (`noise_percent` of |Z|) plus of one size (`noise_ohm`).
    """

    bulk_s_per_cm: float = 3.0e-3
    grain_boundary_s_per_cm: float = 6.0e-3
    bulk_energy_ev: float = 0.35
    grain_boundary_energy_ev: float = 0.35
    relative_permittivity: float = 12.0
    grain_boundary_f_per_cm: float = 1e-9
    bulk_exponent: float = 0.98
    grain_boundary_exponent: float = 0.92
    tail_farad: float = 3e-6
    tail_exponent: float = 0.88
    leak_ohm: float | None = None
    thickness_um: float = 650.0
    diameter_mm: float = 10.0
    temperature_degc: float = 25.0
    lead_ohm: float = 0.0
    lead_henry: float = 3e-7
    highest_frequency_hertz: float = 3e6
    lowest_frequency_hertz: float = 1.0
    points_per_decade: int = 10
    noise_percent: float = 0.3
    noise_ohm: float = 0.0
    sample: str = ""


def true_conductivity(parameters: Parameters) -> float:
    r"""Conductivity of bulk and grain boundaries in series, :math:`1/(1/\sigma_b + 1/\sigma_{gb})`, at the pellet's
    temperature.

    Parameters
    ----------
    parameters
        The pellet.

    Returns
    -------
    float
        S/cm.

    Source: definition.
    """
    return 1 / (1 / _at(parameters, "bulk") + 1 / _at(parameters, "grain_boundary"))


def _at(p: Parameters, name: str) -> float:
    """Conductivity (S/cm) of bulk or grain boundary at the temperature of the pellet."""
    room, now = 25.0 + ZERO_CELSIUS, p.temperature_degc + ZERO_CELSIUS
    sigma, energy = getattr(p, f"{name}_s_per_cm"), getattr(p, f"{name}_energy_ev")
    return float(sigma * room / now * np.exp(-energy / BOLTZMANN * (1 / now - 1 / room)))


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Simulate Z = j omega L + R_l + bulk arc + grain-boundary arc + electrodes, with noise.

    Parameters
    ----------
    parameters
        Pellet, leads, electrodes and noise.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``frequency_hertz``, ``real_impedance_ohm`` and ``imaginary_impedance_ohm``, shape (n,).

    Source: J. T. S. Irvine, D. C. Sinclair, A. R. West, Adv. Mater. 2 (1990) 132.
    """
    p = parameters
    per_cm = 1e-4 * p.thickness_um / (np.pi * (p.diameter_mm / 10) ** 2 / 4)
    values = [max(p.lead_henry, 1e-15), max(p.lead_ohm, 1e-12)]
    for name, size, n in (
        ("bulk", p.relative_permittivity * _VACUUM, p.bulk_exponent),
        ("grain_boundary", p.grain_boundary_f_per_cm, p.grain_boundary_exponent),
    ):
        resistance, farad = per_cm / _at(p, name), size / per_cm
        values += [resistance, (resistance * farad) ** n / resistance, n]  # Q of tau = R C
    circuit = _CIRCUIT if p.leak_ohm is None else _CIRCUIT.replace("-CPEe", "-p(Re,CPEe)")
    values += [*([p.leak_ohm] if p.leak_ohm is not None else []), p.tail_farad, p.tail_exponent]
    decades = np.log10(p.highest_frequency_hertz / p.lowest_frequency_hertz)
    frequency = np.geomspace(
        p.highest_frequency_hertz, p.lowest_frequency_hertz, round(float(decades) * p.points_per_decade) + 1
    )
    z = build(circuit).impedance(np.array(values), frequency)
    sizes = p.noise_percent / 100 * np.abs(z) + p.noise_ohm
    z = z + sizes * (rng.standard_normal(len(z)) + 1j * rng.standard_normal(len(z)))
    meta = {"simulated": True} | ({"sample": p.sample} if p.sample else {})
    return Measurement(
        technique="impedance",
        columns={"frequency_hertz": frequency, "real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag},
        meta=meta,
    )

"""Simulate absorption scans: an edge with a sum of single-scattering paths and noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.maths.exafs import K_PER_E

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

_FREE_PATH = 8.0  # angstrom, chosen: that of a photoelectron at the usual k, 5 to 10


@dataclass(frozen=True, kw_only=True)
class Path:
    """A shell: bond length (angstrom), number of neighbours, mean-square spread (angstrom^2).

    The back-scattering is strongly simplified: an amplitude k^2 exp(-k / k_a), which peaks at 2 k_a, and a phase
    `phase` + `phase_slope` k, so that |chi(R)| peaks near R + phase_slope / 2.
    """

    bond_angstrom: float
    neighbours: float = 6.0
    spread_angstrom2: float = 0.006
    amplitude_k: float = 3.0
    phase: float = 0.0
    phase_slope: float = -0.6


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A scan: edge energy and step, paths, noise of mu (standard deviation), largest k.

    `edge_width_electronvolt` is the full width of the core hole and the beamline, which make the edge an arc tangent;
    8 eV is about that of the tin K edge. The recorded energies are `energy_offset_electronvolt` too high.
    `reference_electronvolt` is the edge of a foil that is recorded with the scan, if there is one. `element` and
    `title` go to the measurement's meta.
    """

    e0_electronvolt: float = 29200.0
    step: float = 1.0
    paths: tuple[Path, ...] = (Path(bond_angstrom=3.05),)
    noise: float = 2e-4
    k_max: float = 13.0
    edge_width_electronvolt: float = 8.0
    energy_offset_electronvolt: float = 0.0
    reference_electronvolt: float | None = None
    element: str = "Sn"
    title: str = ""


def chi_of(k: Array, paths: tuple[Path, ...]) -> Array:
    """chi(k) = sum N F(k) / (k R^2) exp(-2 k^2 s^2 - 2 R / lambda) sin(2 k R + phi(k)).

    Parameters
    ----------
    k
        Photoelectron wave numbers (1/angstrom), shape (n,).
    paths
        Number, distance (angstrom) and mean-square spread (angstrom^2) of the neighbours of each.

    Returns
    -------
    numpy.ndarray
        Without a unit, shape (n,).

    Source: D. E. Sayers, E. A. Stern, F. W. Lytle, Phys. Rev. Lett. 27 (1971) 1204.
    """
    total = np.zeros_like(k)
    safe = np.maximum(k, 1e-6)
    for path in paths:
        amplitude = 0.55 * safe**2 * np.exp(-safe / path.amplitude_k) / path.amplitude_k
        damping = np.exp(-2 * safe**2 * path.spread_angstrom2 - 2 * path.bond_angstrom / _FREE_PATH)
        angle = 2 * safe * path.bond_angstrom + path.phase + path.phase_slope * safe
        total += path.neighbours * amplitude * damping * np.sin(angle) / (safe * path.bond_angstrom**2)
    return total


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """mu(E) on a grid as used at beamlines: coarse before the edge, fine at the edge, even in k above it.

    Parameters
    ----------
    parameters
        Edge, paths, faults and noise.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``energy_electronvolt`` and ``absorption``, and that of a foil if there is one, shape (n,).

    Source: definition; the edge is the arc tangent of F. K. Richtmyer, S. W. Barnes, E. Ramberg, Phys. Rev. 46 (1934)
    843.
    """
    p = parameters
    above = np.arange(1.2, p.k_max, 0.05) ** 2 / K_PER_E
    relative = np.concatenate([np.arange(-200.0, -30.0, 10.0), np.arange(-30.0, above[0], 0.5), above])
    k = np.sqrt(K_PER_E * np.clip(relative, 0.0, None))
    edge = 0.5 + np.arctan(2 * relative / p.edge_width_electronvolt) / np.pi
    smooth = 1.0 - 2.0e-4 * np.clip(relative, 0, None) + 4.0e-8 * np.clip(relative, 0, None) ** 2
    rise = 0.5 + 0.5 * np.tanh((relative - 12.0) / 6.0)
    mu = 0.4 - 2.0e-4 * relative + p.step * (edge * smooth + rise * chi_of(k, p.paths))
    noisy = mu + rng.normal(0.0, p.noise, len(mu))
    energy = p.e0_electronvolt + relative
    columns = {"energy_electronvolt": energy + p.energy_offset_electronvolt, "absorption": noisy}
    if p.reference_electronvolt is not None:
        foil = 0.5 + np.arctan(2 * (energy - p.reference_electronvolt) / p.edge_width_electronvolt) / np.pi
        columns["reference_absorption"] = 0.2 + 0.8 * foil + rng.normal(0.0, p.noise, len(energy))
    meta = {"simulated": True, "element": p.element, "edge": "K", "title": p.title}
    return Measurement(technique="xas", columns=columns, meta=meta)

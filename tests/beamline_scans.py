"""Transmission scans of battery materials as a beamline records them, written from the literature alone.

What is in a scan, and where it comes from:

- edges and core-hole widths (full widths, eV): Krause and Oliver, J. Phys. Chem. Ref. Data 8 (1979) 329, Table II;
  resolution of a Si(111) monochromator 1.3e-4 E (Als-Nielsen and McMorrow, Elements of Modern X-ray Physics);
- absorption falls as a power of the energy, 2.6 to 2.9 for the absorber above its edge and 2.7 to 3.1 for all that
  absorbs otherwise (slopes of McMaster et al., UCRL-50174, between 5 and 40 keV);
- the edge is the arc tangent of a core hole (Richtmyer, Barnes and Ramberg, Phys. Rev. 46 (1934) 843), with a
  Lorentzian white line that is up to one step high at 9 keV and half of it at 29 keV, where the core hole is wider;
- a second electron is excited in 0.1 to 0.5 % of the absorptions, 20 to 120 eV above the edge (Filipponi, Physica B 208
  (1995) 29; D'Angelo et al., Phys. Rev. A 47 (1993) 2055);
- the atomic background oscillates by about 1 % at low k, as a scatterer at 0.5 to 0.8 angstrom (Rehr et al., Phys.
  Rev. B 49 (1994) 12347);
- ion chambers, harmonics and a beam that wanders over a graded sample change the baseline smoothly over a scan, by
  0.2 to 2 % of the absorption; pinholes lower all of it by a few per cent, which the normalisation takes out (Bunker,
  Introduction to XAFS, Cambridge 2010, chapter 3);
- a second and a third shell lie beyond the first (Bunker, chapter 2), and noise of 1e-4 to 1e-3 of the step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from halfcell.core.measurement import Measurement

K_SQUARED_PER_EV = 0.2624682917  # 2 m / hbar^2, 1/(angstrom^2 eV), CODATA 2018
# element: K edge (eV), core-hole width (eV)
EDGES = {"Fe": (7112.0, 1.25), "Co": (7709.0, 1.33), "Ni": (8333.0, 1.44), "Cu": (8979.0, 1.55), "Sn": (29200.0, 8.49)}
_WAVES = np.arange(0.0, 20.01, 0.2)


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What was put into a scan; `step` is the jump of the absorption at the edge."""

    element: str
    e0: float
    step: float
    amplitude: float  # N S0^2 of the first shell
    bond: float  # angstrom
    spread: float  # angstrom^2


def back_scattering(k: NDArray[np.floating]) -> NDArray[np.floating]:
    """Amplitude of a 3d or 4d scatterer: a maximum near 7 1/angstrom, as in Teo and Lee, JACS 101 (1979) 2815."""
    return np.asarray(0.55 * k / 3.0 * np.exp(-(((k - 6.0) / 7.0) ** 2)))


def shell(
    k: NDArray[np.floating], number: float, bond: float, spread: float, path_length: float
) -> NDArray[np.floating]:
    """chi(k) of one shell: N F / (k r^2) exp(-2 r / lambda(k)) sin(2 k r + 0.5 - 0.6 k), averaged over its distances.

    The distances r are normally distributed around the bond length (Bunker, Nucl. Instrum. Methods 207 (1983) 437).
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(15)
    total = np.zeros_like(k)
    for node, weight in zip(nodes, weights / weights.sum(), strict=True):
        r = bond + node * np.sqrt(spread)
        wave = np.exp(-2 * r / (path_length + 0.6 * k)) * np.sin(2 * k * r + 0.5 - 0.6 * k)
        total += weight * number * back_scattering(k) / (k * r**2) * wave
    return total


def path_columns(bond: float) -> dict[str, NDArray[np.floating]]:
    """The same scatterer as a path: momentum equal to k (no inner potential)."""
    return {"k": _WAVES, "amplitude": back_scattering(_WAVES), "phase": 0.5 - 0.6 * _WAVES,
            "free_path": 6.0 + 0.6 * _WAVES, "momentum": np.maximum(_WAVES, 1e-3)}  # fmt: skip


def _grid(k_max: float) -> NDArray[np.floating]:
    """Energies of a scan relative to the edge: 5 eV, 0.5 eV across the edge, then 0.05 1/angstrom."""
    above = np.arange(2.6, k_max, 0.05) ** 2 / K_SQUARED_PER_EV
    return np.concatenate([np.arange(-200.0, -25.0, 5.0), np.arange(-25.0, above[0], 0.5), above])


def _edge(relative: NDArray[np.floating], half_width: float) -> NDArray[np.floating]:
    """Arc tangent from 0 to 1."""
    return np.asarray(0.5 + np.arctan(relative / half_width) / np.pi)


def _white_line(relative: NDArray[np.floating], half_width: float, rng: np.random.Generator) -> NDArray[np.floating]:
    """A Lorentzian 2 to 8 eV above the edge; its area, which the core hole spreads, is 0 to 8 eV times the step."""
    area, place, width = rng.uniform(0.0, 8.0), rng.uniform(2.0, 8.0), half_width + rng.uniform(1.0, 3.0)
    return area / (np.pi * width) / (1.0 + ((relative - place) / width) ** 2)


def _atomic(relative: NDArray[np.floating], half_width: float, rng: np.random.Generator) -> NDArray[np.floating]:
    """Absorption of the free atom in units of the step, without its fall: edge, white line, second electrons, AXAFS."""
    second = rng.uniform(0.001, 0.005) * _edge(relative - rng.uniform(20.0, 120.0), 8.0 + half_width)
    k = np.sqrt(K_SQUARED_PER_EV * np.clip(relative, 0.0, None))
    axafs = rng.uniform(0.0, 0.02) * np.exp(-0.4 * k) * np.sin(2 * k * rng.uniform(0.5, 0.8) + rng.uniform(0.0, 6.3))
    white = _white_line(relative, half_width, rng)
    return np.asarray(_edge(relative, half_width) * (1.0 + axafs) + white + second)


def beamline_pair(seed: int) -> tuple[tuple[Measurement, Measurement], float]:
    """Two states of a sample, and by how much the edge of the second is moved (eV, up to 3).

    Both are of one absorber; all that the beamline does is drawn for each: thickness, other absorbers, drift, noise,
    and the monochromator, which is off by 1 eV (standard deviation). A foil of the same element stands behind each.
    """
    rng = np.random.default_rng(seed)
    element, moved = str(rng.choice(list(EDGES))), float(rng.uniform(-3.0, 3.0))
    first = _with_foil(element, _absorber(seed, element, 0.0), rng)
    second = _with_foil(element, _absorber(seed, element, moved), rng)
    return (first, second), moved


def beamline_mixture(seed: int) -> tuple[tuple[Measurement, Measurement, Measurement], float]:
    """Two end members and a mixture of them between both, and the share of the second in it (0 to 1).

    The absorbers of the end members have other neighbours and white lines, and edges 2 to 6 eV apart; all that the
    beamline does is drawn for each scan, as in `beamline_pair`.
    """
    rng = np.random.default_rng(seed)
    element, moved, share = str(rng.choice(list(EDGES))), float(rng.uniform(2.0, 6.0)), float(rng.uniform(0.0, 1.0))
    first, second = _absorber(seed, element, 0.0), _absorber(seed + 50_000, element, moved)
    middle = (1 - share) * first + share * second
    one, two, three = (_with_foil(element, absorber, rng) for absorber in (first, middle, second))
    return (one, two, three), share


def _absorber(seed: int, element: str, moved: float) -> NDArray[np.floating]:
    """Absorption of an absorber with its neighbours in units of its edge step."""
    e0, width = EDGES[element]
    atom, relative = np.random.default_rng(seed), _grid(13.0)
    half, energy = 0.5 * float(np.hypot(width, 1.3e-4 * e0)), e0 + relative
    k = np.sqrt(K_SQUARED_PER_EV * np.clip(relative - moved, 0.4, None))
    chi = shell(k, float(atom.uniform(3.0, 10.0)), 2.55, float(atom.uniform(0.004, 0.009)), 6.0)
    turned_on = 0.5 + 0.5 * np.tanh((relative - moved - 10.0) / 6.0)
    fall = (energy / e0) ** -atom.uniform(2.6, 2.9)
    return np.asarray(fall * (_atomic(relative - moved, half, atom) + turned_on * chi))


def _with_foil(element: str, absorber: NDArray[np.floating], rng: np.random.Generator) -> Measurement:
    """A scan of an absorber, with its foil, as the beamline records it."""
    e0, width = EDGES[element]
    relative = _grid(13.0)
    half, energy, x = 0.5 * float(np.hypot(width, 1.3e-4 * e0)), e0 + relative, relative / 1000.0
    fall = (energy / e0) ** -2.75
    step = rng.uniform(0.4, 1.2)
    mu = step * absorber
    mu += rng.uniform(0.2, 1.2) * (energy / e0) ** -rng.uniform(2.7, 3.1)
    mu += rng.normal(0.0, 0.01) * x + rng.normal(0.0, 0.01) * x**2 + rng.normal(0.0, 0.003) * np.sin(3.0 * x)
    mu += rng.normal(0.0, step * 10.0 ** rng.uniform(-4.0, -3.0), len(energy))
    foil = _edge(relative, half) * fall + 0.3 * fall + rng.normal(0.0, 0.01) * x + rng.normal(0.0, 5e-4, len(energy))
    columns = {"energy_electronvolt": energy + rng.normal(0.0, 1.0), "absorption": mu, "reference_absorption": foil}
    return Measurement(technique="xas", columns=columns, meta={"element": element, "edge": "K"})


def beamline_scan(seed: int, element: str = "", amplitude: float | None = None) -> tuple[Measurement, Truth]:
    """One scan drawn at random, and what is in it."""
    rng = np.random.default_rng(seed)
    element = element or str(rng.choice(list(EDGES)))
    e0, width = EDGES[element]
    bond = 2.55 if element != "Sn" else 2.80
    truth = Truth(
        element=element, e0=e0, step=float(rng.uniform(0.3, 1.3)),
        amplitude=amplitude if amplitude is not None else float(rng.uniform(3.0, 10.0)),
        bond=bond + float(rng.normal(0.0, 0.02)), spread=float(rng.uniform(0.004, 0.009)),
    )  # fmt: skip
    relative = _grid(float(rng.uniform(12.0, 15.0)))
    energy = e0 + relative
    half = 0.5 * float(np.hypot(width, 1.3e-4 * e0))
    k = np.sqrt(K_SQUARED_PER_EV * np.clip(relative, 0.4, None))
    chi = shell(k, truth.amplitude, truth.bond, truth.spread, 6.0)
    chi += shell(k, 0.5 * truth.amplitude, truth.bond * 1.414, 1.4 * truth.spread, 6.0)
    chi += shell(k, 1.6 * truth.amplitude, truth.bond * 1.732, 1.6 * truth.spread, 6.0)
    fall = (energy / e0) ** -rng.uniform(2.6, 2.9)
    turned_on = 0.5 + 0.5 * np.tanh((relative - 10.0) / 6.0)
    absorber = fall * (_atomic(relative, half, rng) + turned_on * chi)
    others = rng.uniform(0.2, 1.2) * (energy / e0) ** -rng.uniform(2.7, 3.1)
    x = relative / 1000.0
    drift = rng.normal(0.0, 0.01) * x + rng.normal(0.0, 0.01) * x**2 + rng.normal(0.0, 0.003) * np.sin(3.0 * x)
    noise = truth.step * 10.0 ** rng.uniform(-4.0, -3.0)
    mu = truth.step * absorber + others + drift + rng.normal(0.0, noise, len(energy))
    columns = {"energy_electronvolt": energy, "absorption": mu}
    return Measurement(technique="xas", columns=columns, meta={"element": element, "edge": "K"}), truth

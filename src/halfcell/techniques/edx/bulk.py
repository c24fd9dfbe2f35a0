r"""Composition of a bulk sample from k-ratios: matrix correction by XPP, with secondary fluorescence.

The intensity of a line over that of a standard is :math:`k = \frac{C\,I(C)\,(1 + F)}{C_s\,I(C_s)\,(1 + F_s)}` with the
mass fraction C and the part I of the generated X-rays that leaves the sample; it is solved by iteration.

References
----------
J. L. Pouchou, F. Pichoir, in: Electron Probe Quantitation, Plenum, New York 1991, p. 31.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.materials.formulas import composition
from halfcell.materials.x_rays import absorbed_energy, absorption_of, x_ray_element
from halfcell.maths.depth_distribution import depth_distribution
from halfcell.techniques.edx.continuum import matrix_of
from halfcell.techniques.edx.fluorescence import Excitation, by_continuum, by_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.materials.x_rays import Shell
    from halfcell.techniques.edx.spectrum import Setup

_ROUNDS = 60  # a guard against compositions that never settle
_SETTLED = 1e-7  # mass fraction
_ABSORPTION = 0.05  # relative uncertainty of absorption coefficients between 1 and 10 keV (Chantler 2005: 1 to 10 %)
_SOFT_ABSORPTION = 0.15  # the same below 1 keV (Chantler 2005: 10 to 20 %)
_MODEL = 0.02  # relative: error of the model for unlike standards (Pouchou and Pichoir 1991: 1.9 % rms of 826 data)
_LEAST_MODEL = 0.005  # relative: dose, surface and tilt of two samples are never quite alike


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """The k-ratio of an element, its line, and the mass fractions of the standard."""

    element: str
    shell: Shell
    line: str
    value: float
    std: float
    standard: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Share:
    """Mass fraction of an element with its standard uncertainty."""

    value: float
    std: float


def emitted(element: str, shell: Shell, line: str, weights: Mapping[str, float], setup: Setup) -> tuple[float, float]:
    r"""X-rays of a line that leave a sample, per mass fraction of its element, and the part that is not absorbed.

    :math:`\int \varphi(\rho z) e^{-\chi \rho z} d\rho z` with the depth distribution of XPP, and fluorescence by
    other lines and the continuum.

    Parameters
    ----------
    element, shell, line
        Which line.
    weights
        Mass fractions of the sample, scaled to a sum of 1.
    setup
        Energy of the beam (keV) and take-off angle (degrees).

    Returns
    -------
    tuple of float
        Both up to the same factor for all samples.

    Source: J. L. Pouchou, F. Pichoir, in: Electron Probe Quantitation, Plenum 1991, p. 31.
    """
    whole = sum(weights.values())
    shares = {symbol: share / whole for symbol, share in weights.items()}
    facts = x_ray_element(element)
    edge = facts.edge(shell) or facts.lines[line][0]
    curve = depth_distribution(matrix_of(shares), setup.beam, edge, shell, facts.number)
    chi = float(absorption_of(shares, absorbed_energy(element, line))) / np.sin(np.radians(setup.take_off))
    left = float(curve.emitted(chi))
    total = left
    if shell == "K":
        excitation = Excitation(element=element, line=line, beam=setup.beam, take_off=setup.take_off)
        total *= 1.0 + by_lines(excitation, shares) + by_continuum(excitation, shares, curve.integral)
    return total, left / curve.integral


def shares_of(
    ratios: Sequence[Ratio], setup: Setup, oxides: Sequence[str], rest: Mapping[str, float]
) -> dict[str, Share]:
    """Mass fractions from k-ratios.

    Parameters
    ----------
    ratios
        One per element.
    oxides
        Oxides from which oxygen follows; empty: it is measured, or not there.
    rest
        Mass fractions of elements without a standard, which are part of the matrix.
    setup
        Energy of the beam (keV) and take-off angle (degrees).

    Returns
    -------
    dict of Share
        By element, with standard uncertainties.

    Raises
    ------
    Refused
        If the iteration does not settle.

    Source: J. L. Pouchou, F. Pichoir, in: Electron Probe Quantitation, Plenum 1991, p. 31, by iteration of the
    correction.
    """
    known = {r.element: emitted(r.element, r.shell, r.line, r.standard, setup) for r in ratios}
    start = {r.element: max(r.value * r.standard[r.element], 1e-6) for r in ratios}
    shares = _with_oxygen({**start, **rest}, oxides)
    for _ in range(_ROUNDS):
        fresh = {}
        for r in ratios:
            here = emitted(r.element, r.shell, r.line, shares, setup)[0]
            fresh[r.element] = max(r.value * r.standard[r.element] * known[r.element][0] / here, 1e-9)
        complete = _with_oxygen({**fresh, **rest}, oxides)
        change = max(abs(complete[symbol] - shares.get(symbol, 0.0)) for symbol in complete)
        shares = complete
        if change < _SETTLED:
            break
    else:
        raise Refused("the matrix correction does not settle", hint="check elements, standards and the beam energy")
    stds = {r.element: shares[r.element] * _relative(r, shares, known[r.element][1], setup) for r in ratios}
    return _with_stds(shares, stds, oxides)


def _relative(ratio: Ratio, shares: Mapping[str, float], left_in_standard: float, setup: Setup) -> float:
    """Relative uncertainty of a mass fraction: of the k-ratio, of absorption, and of the model."""
    left = emitted(ratio.element, ratio.shell, ratio.line, shares, setup)[1]
    coefficient = _ABSORPTION if x_ray_element(ratio.element).lines[ratio.line][0] > 1.0 else _SOFT_ABSORPTION
    absorption = coefficient * abs(np.log(left / left_in_standard))
    counted = ratio.std / abs(ratio.value) if ratio.value else np.inf
    common = sum(min(share, ratio.standard.get(symbol, 0.0)) for symbol, share in shares.items())
    model = max(_MODEL * (1.0 - common), _LEAST_MODEL)
    return float(np.sqrt(counted**2 + absorption**2 + model**2))


def oxygen_per_mass(oxides: Sequence[str]) -> dict[str, float]:
    """Mass of oxygen per mass of each element of the oxides.

    Raises
    ------
    InputError
        If one is no oxide of a single element.
    """
    found = {}
    for oxide in oxides:
        atoms = composition(oxide)
        others = [symbol for symbol in atoms if symbol != "O"]
        if len(others) != 1 or "O" not in atoms:
            raise InputError(f"{oxide!r} is no oxide of one element", "oxides", "e.g. Al2O3")
        mass = atoms[others[0]] * x_ray_element(others[0]).mass
        found[others[0]] = atoms["O"] * x_ray_element("O").mass / mass
    return found


def _with_oxygen(shares: Mapping[str, float], oxides: Sequence[str]) -> dict[str, float]:
    if not oxides:
        return dict(shares)
    factors = oxygen_per_mass(oxides)
    oxygen = sum(share * factors.get(symbol, 0.0) for symbol, share in shares.items() if symbol != "O")
    return {**{symbol: share for symbol, share in shares.items() if symbol != "O"}, "O": oxygen}


def _with_stds(shares: Mapping[str, float], stds: Mapping[str, float], oxides: Sequence[str]) -> dict[str, Share]:
    factors = oxygen_per_mass(oxides)
    made = {
        symbol: Share(value=float(shares[symbol]), std=float(std)) for symbol, std in stds.items() if symbol in shares
    }
    if oxides:
        parts = [factors.get(symbol, 0.0) * std for symbol, std in stds.items()]
        made["O"] = Share(value=float(shares["O"]), std=float(np.sqrt(np.sum(np.square(parts)))))
    return made

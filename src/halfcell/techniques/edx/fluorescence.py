r"""X-rays that other X-rays excite in a bulk sample: by the K lines of other elements, and by the continuum.

Photons from near the surface are absorbed on their way down; of those that an element absorbs, its K shell takes
:math:`(r-1)/r` with the jump ratio r. With :math:`x = \chi/\mu` (:math:`\chi` of the line on its way out, :math:`\mu`
of the exciting photon) and y for the depth in which that is made, half of
:math:`\frac{C \mu_C}{\mu} \frac{r-1}{r} \left(\frac{\ln(1+x)}{x} + \frac{\ln(1+y)}{y}\right)` comes out, beside
the part :math:`y/(x+y)` that the way out takes from what electrons excite as well (I. M. Anderson et al.,
Ultramicroscopy 68 (1997) 77), which cancels in the ratio.

References
----------
S. J. B. Reed, Br. J. Appl. Phys. 16 (1965) 913 (by lines); J. Henoc, in: K. F. J. Heinrich (ed.), Quantitative Electron
Probe Microanalysis, NBS Special Publication 298, Washington 1968, p. 197 (by the continuum).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.x_rays import absorbed_energy, absorption_of, mass_absorption, x_ray_element

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Continuum photons per electron, atomic number and keV: Kramers' law with an efficiency of 1.1e-9 Z V
# (A. H. Compton, S. K. Allison, X-Rays in Theory and Experiment, Van Nostrand, New York 1935, p. 90).
_PHOTONS = 2.2e-6
_CROSS_SECTION = 7.92e-20  # cm2 keV2: of a K shell times ln U / U (M. Green, V. E. Cosslett, Proc. Phys. Soc. 78, 1961)
# Both together give the continuum over the K lines of pure Ti, Fe, Zn, Ge at 20 kV (NIST's spectra) within 7 %.
_AVOGADRO = 6.022e23
_PLACES = 60  # energies of the continuum
_ABOVE = 1.01  # of an edge, where the table of coefficients has risen in full
_EXCITED = 1.05  # beam over edge above which a line of another element is strong enough to count


@dataclass(frozen=True, kw_only=True)
class Excitation:
    """A K line of an element, the beam (keV) and the take-off angle (degree)."""

    element: str
    line: str
    beam: float
    take_off: float


def by_lines(excitation: Excitation, shares: Mapping[str, float]) -> float:
    """Photons of the line that K lines of other elements excite, over those by electrons; both leave the sample.

    Parameters
    ----------
    excitation
        Line, beam (keV) and take-off angle (degrees).
    shares
        Mass fractions, which sum to 1.

    Returns
    -------
    float
        Without a unit.

    Source: S. J. B. Reed, Br. J. Appl. Phys. 16 (1965) 913.
    """
    own = x_ray_element(excitation.element)
    edge, _, jump = own.edges["K"]
    total = 0.0
    for symbol, share in shares.items():
        other = x_ray_element(symbol)
        source = other.lines.get("Ka")
        if source is None or "K" not in other.edges or not edge < source[0]:
            continue
        other_edge, fluorescence_yield, _ = other.edges["K"]
        if excitation.beam < _EXCITED * other_edge:
            continue
        over = ((excitation.beam / other_edge - 1.0) / (excitation.beam / edge - 1.0)) ** 1.67
        part = float(_coming_out(excitation, shares, np.array([source[0]]), other_edge)[0])
        total += share * (jump - 1.0) / jump * fluorescence_yield * own.mass / other.mass * over * part
    return total


def by_continuum(excitation: Excitation, shares: Mapping[str, float], integral: float) -> float:
    """Photons of the line that the continuum excites, over those by electrons; both leave the sample.

    Parameters
    ----------
    excitation
        Line, beam (keV) and take-off angle (degrees).
    shares
        Mass fractions, which sum to 1.
    integral
        Integral of the depth distribution of the element's ionisations (g/cm2).

    Returns
    -------
    float
        Without a unit.

    Source: J. Henoc, in: Quantitative Electron Probe Microanalysis, NBS Special Publication 298, 1968, p. 197.
    """
    own = x_ray_element(excitation.element)
    edge, _, jump = own.edges["K"]
    energy = np.geomspace(edge, excitation.beam * 0.999, _PLACES)
    number = sum(share * x_ray_element(symbol).number for symbol, share in shares.items())
    photons = _PHOTONS * number * (excitation.beam - energy) / energy
    part = _coming_out(excitation, shares, np.maximum(energy, _ABOVE * edge), energy)
    excited = float(np.trapezoid(photons * part, energy)) * (jump - 1.0) / jump
    over = excitation.beam / edge
    by_electrons = _AVOGADRO / own.mass * _CROSS_SECTION * float(np.log(over)) / over / edge**2 * integral
    return excited / by_electrons


def _coming_out(excitation: Excitation, shares: Mapping[str, float], energy: Array, made_above: Array | float) -> Array:
    """Photons of the line that come out, per mass fraction, per photon of each energy and per part of the K shell.

    `made_above`: energies (keV) that electrons must have to make those photons, which limits how deep they are made.
    """
    inside = absorption_of(shares, energy)
    line = absorption_of(shares, absorbed_energy(excitation.element, excitation.line))
    x = line / (inside * np.sin(np.radians(excitation.take_off)))
    y = 3.3e5 / ((excitation.beam**1.65 - np.asarray(made_above) ** 1.65) * inside)
    shape = np.log1p(x) / x + np.log1p(y) / y
    return np.asarray(0.5 * mass_absorption(excitation.element, energy) / inside * shape)

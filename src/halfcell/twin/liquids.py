"""Liquid electrolytes whose properties were measured over the concentration of the salt (and the temperature).

Each is a set of functions of the concentration (mol/L) and the temperature (K), held at the ends of the measured range.
They are written with plain operators and `numpy.exp`, so that arrays and the symbols of a referee go through them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    Property = Callable[[Any, Any], Any]

LITRE = 1e-3  # mol/L per mol/m3


@dataclass(frozen=True, kw_only=True)
class Liquid:
    """A liquid: diffusion coefficient of the salt (m2/s), conductivity (S/m), transference number, factor.

    Parameters
    ----------
    name, source
        The name in cards, and where the functions are from.
    diffusion, conductivity
        Functions of concentration (mol/L) and temperature (K).
    transference, factor
        The same of the transference number of lithium and the thermodynamic factor ``1 + dln f / dln c``; None where
        the source has none: a card then gives them.
    molar
        The range of concentrations (mol/L) in which they hold.
    celsius
        The range of temperatures in which they were measured.
    warms
        Whether they know the temperature; where not, a card's activation energies are used.
    """

    name: str
    source: str
    diffusion: Property
    conductivity: Property
    transference: Property | None = None
    factor: Property | None = None
    molar: tuple[float, float] = (0.01, 3.0)
    celsius: tuple[float, float] = (25.0, 25.0)
    warms: bool = False

    def at(self, property_: Property, concentration: Any, kelvin: Any) -> Any:
        """A property at concentrations in mol/m3, held at the ends of the range."""
        low, high = self.molar
        return property_(np.minimum(np.maximum(concentration * LITRE, low), high), kelvin)


def _nyman_diffusion(c: Any, _kelvin: Any) -> Any:
    return 8.794e-11 * c**2 - 3.972e-10 * c + 4.862e-10


def _nyman_conductivity(c: Any, _kelvin: Any) -> Any:
    return 0.1297 * c**3 - 2.51 * c**1.5 + 3.329 * c


def _landesfeind_diffusion(c: Any, kelvin: Any) -> Any:
    return 1.01e-7 * np.exp(1.01 * c - 1560.0 / kelvin - 487.0 * c / kelvin)


def _landesfeind_conductivity(c: Any, kelvin: Any) -> Any:
    growth = np.exp(1000.0 / kelvin)
    above = 0.521 * (1 + (kelvin - 228.0)) * c * (1 - 1.06 * c**0.5 + 0.353 * (1 - 3.59e-3 * growth) * c)
    return above / (1 + c**4 * 1.48e-3 * growth) / 10


def _surface(c: Any, kelvin: Any, of: tuple[float, ...]) -> Any:
    """The polynomial of Landesfeind and Gasteiger for transference number and factor."""
    constant = of[0] + of[2] * kelvin + of[5] * kelvin**2
    return constant + (of[1] + of[4] * kelvin + of[8] * kelvin**2) * c + (of[3] + of[7] * kelvin) * c**2 + of[6] * c**3


def _landesfeind_transference(c: Any, kelvin: Any) -> Any:
    return _surface(c, kelvin, (-12.8, -6.12, 0.0821, 0.904, 0.0318, -1.27e-4, 0.0175, -3.12e-3, -3.96e-5))


def _landesfeind_factor(c: Any, kelvin: Any) -> Any:
    return _surface(c, kelvin, (25.7, -45.1, -0.177, 1.94, 0.295, 3.08e-4, 0.259, -9.46e-3, -4.54e-4))


LIQUIDS = (
    Liquid(
        name="Nyman 2008",
        source="LiPF6 in EC:EMC (3:7), 25 degC: A. Nyman, M. Behm, G. Lindbergh, Electrochim. Acta 53 (2008) 6356",
        diffusion=_nyman_diffusion,
        conductivity=_nyman_conductivity,
        molar=(0.005, 2.25),  # beyond it the parabola of the diffusion coefficient would rise again
    ),
    Liquid(
        name="Landesfeind 2019",
        source="LiPF6 in EC:EMC (3:7), -10 to 50 degC: J. Landesfeind et al., J. Electrochem. Soc. 166 (2019) A3079",
        diffusion=_landesfeind_diffusion,
        conductivity=_landesfeind_conductivity,
        transference=_landesfeind_transference,
        factor=_landesfeind_factor,
        molar=(0.005, 3.0),
        celsius=(-10.0, 50.0),
        warms=True,
    ),
)


def liquid_of(name: str) -> Liquid:
    """A liquid by its name.

    Raises
    ------
    InputError
        If there is none; the hint offers the nearest.
    """
    found = [one for one in LIQUIDS if one.name.lower() == name.lower()]
    if not found:
        known = [one.name for one in LIQUIDS]
        raise InputError(f"no liquid electrolyte {name!r}", hint=did_you_mean(name, known) or f"known: {known}")
    return found[0]

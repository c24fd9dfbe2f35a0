r"""Composition of a thin film by Cliff and Lorimer: mass fractions are proportional to factor times intensity.

Factors that are not given are calculated, :math:`k \propto A/(Q \omega a \epsilon)`: molar mass, cross-section for
ionisation (:math:`Q \propto \ln U/E_c`), fluorescence yield, share of the strongest line in its family, and the part
that the detector (0.45 mm of silicon without a window) absorbs.

References
----------
G. Cliff, G. W. Lorimer, J. Microsc. 103 (1975) 203; D. B. Williams, C. B. Carter, Transmission Electron Microscopy,
2nd ed., Springer 2009, ch. 35: calculated factors are within 15 to 20 % for K lines and worse for L and M lines; below
1 keV absorption in the film and in what covers the detector can halve the counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.materials.x_rays import mass_absorption, x_ray_element
from halfcell.techniques.edx.bulk import Share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.techniques.edx.lines import LineFamily

_FACTOR = re.compile(r"^\s*(?P<name>[A-Z][a-z]? [KLM][a-z]+\d?)\s*=\s*(?P<value>\d+\.?\d*(?:[eE][-+]?\d+)?)\s*$")
_K, _OTHER, _SOFT = 0.20, 0.35, 0.50  # relative uncertainty of a calculated factor: K lines, L and M, below 1 keV
_SILICON = 2.33 * 0.045  # g/cm2: 0.45 mm
_SUBSHELLS = {"K": "K", "L": "L3", "M": "M5"}
_ELECTRONS = {"K": 2.0, "L": 4.0, "M": 6.0}  # of that subshell


def stated_factors(texts: Sequence[str]) -> dict[str, float]:
    """Factors of the setting: ``Fe Ka = 1.450``.

    Raises
    ------
    InputError
        If one cannot be read, or is not above 0.
    """
    found = {}
    for text in texts:
        match = _FACTOR.match(text)
        if not match or float(match["value"]) <= 0:
            raise InputError(f"{text!r} is no k-factor", "k_factors", 'e.g. "Fe Ka = 1.450"')
        found[match["name"]] = float(match["value"])
    return found


def calculated_factor(family: LineFamily, beam: float) -> tuple[float, float]:
    """A factor, up to a factor common to all lines, and its relative uncertainty.

    Parameters
    ----------
    family
        The lines of an element.
    beam
        keV.

    Returns
    -------
    tuple of float
        k-factor relative to the other elements, and its relative uncertainty.

    Source: D. B. Williams, C. B. Carter, Transmission Electron Microscopy (2009), 35, for the formula.
    """
    element = x_ray_element(family.element)
    edge, fluorescence_yield, _ = element.edges[_SUBSHELLS[family.shell]]
    over = beam / edge
    ionised = _ELECTRONS[family.shell] * np.log(over) / edge
    part = 1.0 / float(np.sum(family.family.weights))
    seen = -np.expm1(-float(mass_absorption("Si", family.energy)) * _SILICON)
    factor = element.mass / (ionised * fluorescence_yield * part * seen)
    error = _SOFT if family.energy < 1.0 else _K if family.shell == "K" else _OTHER
    return float(factor), error


def film_shares(
    counts: Mapping[str, tuple[float, float]], factors: Mapping[str, tuple[float, float]], elements: Mapping[str, str]
) -> dict[str, Share]:
    """Mass fractions, which sum to 1.

    Parameters
    ----------
    counts
        Name of a line -> counts and standard uncertainty.
    factors
        Name of a line -> factor and relative standard uncertainty.
    elements
        Name of a line -> its element.

    Returns
    -------
    dict of Share
        By element, with standard uncertainties.

    Source: G. Cliff, G. W. Lorimer, J. Microsc. 103 (1975) 203.
    """
    amounts = {name: max(counts[name][0], 0.0) * factors[name][0] for name in elements}
    total = sum(amounts.values())
    if total <= 0:
        return {}
    relative = {n: np.hypot(counts[n][1] / max(counts[n][0], 1e-9), factors[n][1]) for n in elements}
    made = {}
    for name, symbol in elements.items():
        share = amounts[name] / total
        others = [amounts[n] / total * relative[n] for n in elements if n != name]
        own = (1.0 - share) * relative[name]
        counted = counts[name][1] * factors[name][0] / total  # an element without counts has the uncertainty of these
        std = share * float(np.sqrt(own**2 + np.sum(np.square(others)))) if share else counted
        made[symbol] = Share(value=float(share), std=float(std))
    return made

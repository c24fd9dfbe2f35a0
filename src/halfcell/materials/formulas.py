"""Chemical formulas: how many atoms of which element, molar mass, and Faraday's constant in battery units."""

from __future__ import annotations

import re
from functools import cache

FARADAY_MAH_PER_MOL = 26801.48  # 96485.33212 C/mol (CODATA 2018) / 3.6
_WEIGHTS = {
    "H": 1.008, "Li": 6.94, "Be": 9.0122, "B": 10.81, "C": 12.011, "N": 14.007, "O": 15.999, "F": 18.998, "Na": 22.990,
    "Mg": 24.305, "Al": 26.982, "Si": 28.085, "P": 30.974, "S": 32.06, "Cl": 35.45, "K": 39.098, "Ca": 40.078,
    "Ti": 47.867, "V": 50.942, "Cr": 51.996, "Mn": 54.938, "Fe": 55.845, "Co": 58.933, "Ni": 58.693, "Cu": 63.546,
    "Zn": 65.38, "Ga": 69.723, "Ge": 72.630, "Zr": 91.224, "Nb": 92.906, "Mo": 95.95, "Ag": 107.868,
    "In": 114.818, "Sn": 118.710, "Sb": 121.760, "La": 138.905, "Ta": 180.948, "W": 183.84, "Au": 196.967,
    "Bi": 208.980,
}  # fmt: skip # IUPAC 2021 abridged standard atomic weights
_ATOM = re.compile(r"([A-Z][a-z]?)(\d*\.?\d*)")
_GROUP = re.compile(r"[(\[]([^()\[\]]*)[)\]](\d*\.?\d*)")


def composition(formula: str) -> dict[str, float]:
    """Count the atoms of a formula, groups in brackets included: ``Li3V2(PO4)3`` has 12 of oxygen.

    Parameters
    ----------
    formula
        With numbers behind symbols and brackets.

    Returns
    -------
    dict of float
        Numbers of atoms, by symbol.

    Source: definition.
    """
    counts: dict[str, float] = {}
    for element, number in _ATOM.findall(_without_groups(formula)):
        counts[element] = counts.get(element, 0.0) + float(number or 1)
    return counts


def _without_groups(formula: str) -> str:
    """The formula with its groups multiplied out: ``Li3V2(PO4)3`` -> ``Li3V2P3O12``."""
    while group := _GROUP.search(formula):
        times = float(group.group(2) or 1)
        atoms = "".join(f"{e}{float(n or 1) * times:g}" for e, n in _ATOM.findall(group.group(1)))
        formula = formula[: group.start()] + atoms + formula[group.end() :]
    return formula


@cache
def molar_mass(formula: str) -> float:
    r"""Molar mass of a formula, :math:`\sum n_i M_i`.

    Parameters
    ----------
    formula
        With numbers behind symbols and brackets.

    Returns
    -------
    float
        g/mol.

    Raises
    ------
    KeyError
        If the formula holds an element that is not in the list.

    Source: abridged standard atomic weights (IUPAC 2021).
    """
    return sum(_WEIGHTS[element] * number for element, number in composition(formula).items())


def theoretical_capacity(formula: str, lithium: float) -> float:
    """Capacity of a formula that takes up or gives lithium, x F / (3.6 M).

    Parameters
    ----------
    formula
        What the capacity is per gram of.
    lithium
        x, atoms of lithium per formula.

    Returns
    -------
    float
        mAh/g.

    Source: M. Faraday's law (definition).
    """
    return lithium * FARADAY_MAH_PER_MOL / molar_mass(formula)

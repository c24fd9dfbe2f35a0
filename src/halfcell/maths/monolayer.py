"""What a monolayer says: the area that it covers, and the loading of the BET equation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

AVOGADRO = 6.02214076e23  # 1/mol, exact (SI)
MOLAR_VOLUME_STP = 22413.96954  # cm3/mol at 273.15 K and 101325 Pa


def area(monolayer: float, cross_section_nm2: float) -> float:
    r"""Specific area of a monolayer, :math:`a = n_m N_A \sigma/V_m`.

    Parameters
    ----------
    monolayer
        n_m, cm3 STP/g.
    cross_section_nm2
        Area that a molecule takes, nm2.

    Returns
    -------
    float
        m2/g; V_m is the molar volume at 273.15 K and 101325 Pa.

    Source: S. Brunauer, P. H. Emmett, E. Teller, J. Am. Chem. Soc. 60 (1938) 309.
    """
    return float(monolayer / MOLAR_VOLUME_STP * AVOGADRO * cross_section_nm2 * 1e-18)


def bet_loading(pressure: Array, monolayer: float, c: float) -> Array:
    """Loading of the BET equation, :math:`n = n_m C p/((1 - p)(1 + (C - 1)p))`.

    Parameters
    ----------
    pressure
        Relative pressures p, shape (n,).
    monolayer, c
        n_m, in any unit, and C.

    Returns
    -------
    numpy.ndarray
        In the unit of `monolayer`, shape (n,).

    Source: S. Brunauer, P. H. Emmett, E. Teller, J. Am. Chem. Soc. 60 (1938) 309.
    """
    return np.asarray(monolayer * c * pressure / ((1.0 - pressure) * (1.0 + (c - 1.0) * pressure)))

"""What a calculated scattering path leaves uncertain of a first shell, and what is left of it in a ratio to a foil."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from halfcell.techniques.exafs.result import ExafsResult

# Paths of Feff beside measured standards of 30 pairs of atoms: distances within 0.005 angstrom, amplitudes within 5 to
# 6 % in many cases (G. G. Li, F. Bridges and C. H. Booth, Phys. Rev. B 52 (1995) 6332). The spread goes with the slope
# of the amplitude over k: an imaginary energy that is off by 0.2 eV, as by the resolution of a monochromator, which a
# path does not know, moves it by 1e-4 angstrom^2 and N S0^2 by 3 %.
AMPLITUDE = 0.05  # relative
DISTANCE = 0.005  # angstrom
SPREAD = 1e-4  # angstrom^2


def fit_part(result: ExafsResult) -> float:
    """Standard uncertainty of N S0^2 without the path's and the edge step's: the part that a foil does not share.

    Parameters
    ----------
    result
        A result with its amplitude and the deficit of its edge step (%).

    Returns
    -------
    float
        Without a unit; 0 where the shared parts are all of it.

    Source: JCGM 100:2008 (GUM), 5.1.2.
    """
    amplitude, deficit = result.quantities["amplitude"], result.quantities["edge_step_deficit"]
    shared = abs(amplitude.value) * np.hypot(AMPLITUDE, (deficit.std or 0.0) / 100)
    return float(np.sqrt(max((amplitude.std or 0.0) ** 2 - shared**2, 0.0)))

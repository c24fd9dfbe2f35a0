"""Distribution of relaxation times, computed by pyimpspec (the extra ``drt``).

gamma over ln tau in ohm, from the real part by Tikhonov regularisation with non-negative least squares (TR-NNLS); its
integral over ln tau is the polarisation resistance. It shows how many processes there are. Resistances are not read
from it: in the presence of a diffusion tail they depend on how the tail and the arcs are separated.

Sources: A. Kulikovsky, Phys. Chem. Chem. Phys. 22 (2020) 19131 (TR-NNLS); V. Yrjana, J. Open Source Softw. 7 (2022)
4808 (pyimpspec).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.optional_dependencies import require
from halfcell.core.result import Note

if TYPE_CHECKING:
    from halfcell.maths.circuit.elements import Complexes, Reals


# Two or three per decade from too smooth to too rough; the discrepancy principle chooses.
_STRENGTHS = (3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4)
_ENOUGH = 1.2  # residual of the real part over the noise


@dataclass(frozen=True, eq=False)
class Distribution:
    """Relaxation times tau (n,) in s and gamma (n,) in ohm.

    `strength` of the regularisation; `residual` of the real part (rms, relative to \\|Z\\|), `smallest_residual` that
    of the weakest regularisation.
    """

    tau: Reals
    gamma: Reals
    strength: float
    residual: float
    smallest_residual: float

    def note(self, noise: float) -> Note:
        """How it was regularised; a doubt where even the weakest regularisation does not reach the noise."""
        residual, smallest = f"{100 * self.residual:.2g} %", f"{100 * self.smallest_residual:.2g} %"
        how = f"relaxation times by TR-NNLS from Re Z, lambda = {self.strength:g}: residual {residual} of |Z|"
        text = f"{how} (noise {100 * noise:.2g} %"
        if self.smallest_residual <= _ENOUGH * noise:
            why = f"the strongest regularisation with a residual below {_ENOUGH:g} times the noise"
            return Note("info", "relaxation_times", f"{text}); {why}")
        why = "a sum of RC elements does not describe the spectrum"
        return Note("doubt", "relaxation_times", f"{text}, smallest residual {smallest}): {why}")


def distribution(frequency: Reals, impedance: Complexes, noise: float) -> Distribution:
    r"""Distribution of relaxation times, :math:`Z = R_0 + \int \gamma(\ln\tau)/(1 + j\omega\tau)\,d\ln\tau`.

    The regularisation is the strongest whose residual of the real part is no larger than 1.2 x `noise`, or than 1.2 x
    the residual of the weakest where that is larger (discrepancy principle).

    Parameters
    ----------
    frequency, impedance
        Hz, falling, and ohm, shape (n,).
    noise
        Relative to \|Z\|.

    Returns
    -------
    Distribution
        tau (s), gamma (ohm), and the strength of the regularisation.

    Raises
    ------
    MissingExtra
        If pyimpspec is not installed.

    Source: A. Kulikovsky, Phys. Chem. Chem. Phys. 22 (2020) 19131.
    """
    library = require("pyimpspec", "drt")
    data, modulus = library.DataSet(frequency, impedance), np.abs(impedance)

    def solved(strength: float) -> Distribution:
        found = library.calculate_drt(data, method="tr-nnls", mode="real", lambda_value=strength)
        residual = float(np.sqrt(np.mean(((np.asarray(found.get_impedances()).real - impedance.real) / modulus) ** 2)))
        tau, gamma = (np.asarray(values, dtype=float) for values in (found.get_time_constants(), found.get_gammas()))
        return Distribution(tau, gamma, strength, residual, residual)

    made = [solved(strength) for strength in _STRENGTHS]
    smallest = min(one.residual for one in made)
    best = next(one for one in made if one.residual <= _ENOUGH * max(noise, smallest))
    return replace(best, smallest_residual=smallest)

r"""Fits of circuits with a transmission line of reacting pores (element ``TLM``): every start is followed to its end.

Z = sqrt(R_ion Z_w) coth sqrt(R_ion/Z_w), Z_w = 1/(1/R_ct + Q (j omega)^n). R_ct far above R_ion ends in an arc of R_ct
+ R_ion/3; R_ct far below R_ion in one of sqrt(R_ion R_ct) (Gerischer), of which the two are not known apart. A line and
an arc can change places, so that a spectrum has several optima far apart, some of them equally good. Starts that are
given up because others are ahead of them lose the best one in every sixth spectrum; none is given up here.

Sources: R. de Levie, Adv. Electrochem. Electrochem. Eng. 6 (1967) 329; J. Landesfeind et al., J. Electrochem. Soc. 163
(2016) A1373.
"""

from __future__ import annotations

import numpy as np

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.circuit.grammar import leaves
from halfcell.maths.circuit.levenberg_marquardt import Fits, fit
from halfcell.maths.circuit.model import Model
from halfcell.maths.circuit.start_values import random_starts

_PER_ARC = 60  # random starts: the best optimum was found in 120 of 120 spectra with one arc, in 15 of 16 with two
_SAME = 1.001  # of the least sum of squares


def has_line(model: Model) -> bool:
    """Whether a circuit has a transmission line of reacting pores.

    Parameters
    ----------
    model
        The circuit.

    Returns
    -------
    bool
        Whether one of its elements is a ``TLM``.

    Source: definition.
    """
    return any(leaf.kind == "TLM" for leaf in leaves(model.tree))


def line_optima(model: Model, log_omega: Reals, impedance: Complexes, weights: Reals) -> Fits:
    """The optima in which the starts of one spectrum end.

    Parameters
    ----------
    model
        A circuit with a line.
    log_omega, impedance, weights
        ln(2 pi f), ohm and 1/ohm, shape (frequencies,).

    Returns
    -------
    Fits
        One optimum for each start: none is given up because others are ahead.

    Source: procedure of this package, on `levenberg_marquardt.fit`.
    """
    starts = random_starts(model, log_omega, impedance, _PER_ARC * max(1, len(model.arcs)))
    data = np.repeat(impedance[None], len(starts), axis=0), np.repeat(weights[None], len(starts), axis=0)
    return fit(model, log_omega, *data, [one[None] for one in starts])


def line_fits(model: Model, log_omega: Reals, data: tuple[Complexes, Reals]) -> Fits:
    """The best fits of spectra by a circuit with a line.

    Parameters
    ----------
    model
        A circuit with a line.
    log_omega
        ln(2 pi f), shape (frequencies,).
    data
        Spectra (ohm) and weights (1/ohm), shape (spectra, frequencies) each.

    Returns
    -------
    Fits
        The lowest optimum of each spectrum, and how many starts ended there.

    Source: procedure of this package, on `levenberg_marquardt.fit`.
    """
    theta, cost, starts, reached = [], [], [], []
    for impedance, weights in zip(*data, strict=True):
        found = line_optima(model, log_omega, impedance, weights)
        best = int(np.argmin(found.cost))
        theta.append(found.theta[best])
        cost.append(found.cost[best])
        starts.append(len(found.cost))
        reached.append(int(np.sum(found.cost <= _SAME * found.cost[best])))
    return Fits(np.array(theta), np.array(cost), np.array(starts), np.array(reached))

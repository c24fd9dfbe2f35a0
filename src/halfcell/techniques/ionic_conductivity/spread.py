r"""How much the resistance before the tail depends on the circuit and on the frequencies that are fitted.

The covariance of a fit holds the noise only. Added to it are the spread over the circuits that the data determine, by
their BIC, and the change when the lowest decades, where the tail leaves its CPE first, are left out, beyond what the
noise allows.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.circuit.circuit_fit import refitted
from halfcell.techniques.impedance.circuit_spread import spread_over_circuits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.impedance.spectrum import Spectrum
    from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit

_CUTS = (10.0, 100.0)  # of the lowest frequency: where a narrower window begins
_LEAST_POINTS = 12  # of a part of a spectrum that is fitted for itself


def over_circuits(main: BlockingFit, found: Sequence[BlockingFit], lack: float) -> float:
    """Standard deviation of the resistance over the circuits that are as likely as the chosen one.

    Parameters
    ----------
    main, found
        The chosen fit, and all.
    lack
        Residual of the circuit over the noise.

    Returns
    -------
    float
        Ohm.

    Source: as `spread_over_circuits`.
    """
    others = [(f.fitted.bic, f.total) for f in found if f.is_determined and f is not main]
    return spread_over_circuits((main.fitted.bic, main.total), others, lack)


def over_windows(main: BlockingFit, spectrum: Spectrum) -> float:
    """Rms change of the resistance, beyond the noise, when one and two decades of the tail are left out.

    Parameters
    ----------
    main
        The chosen fit.
    spectrum
        What was fitted.

    Returns
    -------
    float
        Ohm.

    Source: procedure of this package.
    """
    changes = []
    for cut in _CUTS:
        used = spectrum.used & (spectrum.frequency >= cut * spectrum.frequency[spectrum.used].min())
        if used.sum() < max(_LEAST_POINTS, len(main.fitted.theta) + 2):
            continue
        weights = np.where(used, spectrum.weights, 0.0)
        again = refitted(main.fitted, spectrum.frequency, spectrum.impedance, weights)
        other = dataclasses.replace(main, fitted=again)
        if other.is_determined:
            noise = max(other.std**2 - main.std**2, 0.0)
            changes.append(max((other.total - main.total) ** 2 - noise, 0.0))
    return float(np.sqrt(np.mean(changes))) if changes else 0.0

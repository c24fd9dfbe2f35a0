r"""The two-parameter Weibull distribution of strengths by maximum likelihood, its modulus corrected for bias.

.. math:: P(x) = 1 - e^{-(x/x_0)^m}, \quad \sigma_m = 0.780\,m/\sqrt n, \quad \sigma_{x_0} = 1.053\,x_0/(m\sqrt n)

References
----------
D. R. Thoman, L. J. Bain, C. E. Antle, Technometrics 11 (1969) 445 (errors); R. Ross, IEEE Trans. Dielectr. Electr.
Insul. 3 (1996) 28 (factor (n - 2)/(n - 0.68) against the bias of m).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Weibull:
    """Modulus m and characteristic value x_0 (at which 63.2 % have failed), with standard errors."""

    modulus: float
    modulus_std: float
    scale: float
    scale_std: float


def fit(values: Array) -> Weibull:
    """Fit the Weibull distribution by maximum likelihood.

    The likelihood's equation sum(x^m ln x)/sum(x^m) - 1/m = mean(ln x) has one root.

    Parameters
    ----------
    values
        Positive values, shape (n,), three or more that are not all alike.

    Returns
    -------
    Weibull
        Modulus m, corrected for its bias, characteristic strength x0 in the unit of the values, and their errors.

    Sources: D. R. Thoman, L. J. Bain, C. E. Antle, Technometrics 11 (1969) 445 (errors); R. Ross, IEEE Trans. Dielectr.
    Electr. Insul. 3 (1996) 28 (bias).
    """
    from scipy.optimize import brentq

    logs = np.log(values / values.max())

    def excess(modulus: float) -> float:
        weights = np.exp(modulus * logs)
        return float(weights @ logs / weights.sum() - 1.0 / modulus - logs.mean())

    raw = float(brentq(excess, 1e-2, 1e5))
    count = len(values)
    modulus = raw * (count - 2.0) / (count - 0.68)
    scale = float(values.max() * np.mean(np.exp(raw * logs)) ** (1.0 / raw))
    root = np.sqrt(count)
    return Weibull(
        modulus=modulus,
        modulus_std=float(0.780 * modulus / root * np.sqrt(count / (count - 2.0))),
        scale=scale,
        scale_std=float(1.053 * scale / (modulus * root)),
    )

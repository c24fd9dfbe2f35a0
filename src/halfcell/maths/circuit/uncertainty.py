r"""What a circuit fit is worth: covariance, confidence intervals, correlations.

With S the minimum, N frequencies and p free parameters the variance of a weighted residual is s^2 = S/(2 N - p) and
the covariance of the internal parameters C = s^2 (Re J^H W^2 J)^-1; with known standard deviations per point (weights
1/sigma) s^2 is not let below 1. Parameters people see: C' = M C M^T, M = d(ln natural)/d(internal). Intervals are
log-normal, value exp(+- t se), so a resistance never reaches below zero; exponents have symmetric ones.

Source: W. H. Press et al., Numerical Recipes, 3rd ed. (2007), 15.4-15.6; coverage is tested on simulated spectra.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.circuit.elements import Reals
from halfcell.maths.circuit.model import Model

Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Doubt:
    """Uncertainty of one fit.

    `values` natural parameters; `std` their standard uncertainties (nan where a bound was hit or nothing is known);
    `low`, `high` the 95 % interval; `correlation` (parameters, parameters) of the logarithms; `covariance` of the
    internal parameters; `rms` the dof-corrected weighted residual s; `held` places at a bound; `t` the quantile used.
    """

    values: Reals
    std: Reals
    low: Reals
    high: Reals
    correlation: Reals
    covariance: Reals
    rms: float
    held: tuple[int, ...]
    t: float

    @property
    def log_std(self) -> Reals:
        """Relative standard uncertainty: of the logarithm of each parameter; of exponents, relative to the value."""
        return np.asarray(self.std / self.values)


def doubt(
    model: Model, theta: Reals, log_omega: Reals, weights: Reals, cost: float, known_sigma: bool = False
) -> Doubt:
    """Uncertainty of one fitted set of internal parameters (parameters,); `weights` (frequencies,)."""
    slopes = model.evaluate(theta[None, :], log_omega)[1][0]
    flat = np.ascontiguousarray(slopes * weights).view(float)
    low, high = model.bounds
    held = (theta <= low) | (theta >= high)
    used = int(np.count_nonzero(weights))
    freedom = max(2 * used - int(np.count_nonzero(~held)), 1)
    variance = cost / freedom
    scale = max(variance, 1.0) if known_sigma else variance
    covariance = _inverse(flat, held) * scale
    outside = model.jacobian(theta)
    logs = outside @ covariance @ outside.T
    se = np.sqrt(np.where(np.diagonal(logs) > 0, np.diagonal(logs), np.nan))
    values = model.natural(theta[None, :])[0]
    return _packed(model, values, se, logs, covariance, (float(np.sqrt(variance)), freedom, held))


def _packed(
    model: Model, values: Reals, se: Reals, logs: Reals, covariance: Reals, rest: tuple[float, int, Marks]
) -> Doubt:
    rms, freedom, held = rest
    t = student(freedom)
    spread = np.minimum(t * se, 300.0)
    exponent = np.array([p.scale == "exponent" for p in model.parameters])
    low = np.where(exponent, values - t * se, values * np.exp(-spread))
    high = np.where(exponent, values + t * se, values * np.exp(spread))
    std = np.where(exponent, se, values * se)
    correlation = logs / (se[:, None] * se[None, :])
    places = tuple(int(i) for i in np.flatnonzero(held))
    return Doubt(values, std, low, high, correlation, covariance, rms, places, t)


def _inverse(flat: Reals, held: Marks) -> Reals:
    """(J J^T)^-1 over the free parameters, by scaled singular values; zero rows for the held ones."""
    free = np.flatnonzero(~held)
    size = np.linalg.norm(flat[free], axis=1)
    size = np.where(size > 0, size, 1.0)
    _, s, v = np.linalg.svd((flat[free] / size[:, None]).T, full_matrices=False)
    s = np.where(s > 1e-10 * s.max(), s, 1e-10 * max(float(s.max()), 1e-300))
    inverse = (v.T / s**2) @ v / (size[:, None] * size[None, :])
    covariance = np.zeros((len(held), len(held)))
    covariance[np.ix_(free, free)] = inverse
    return covariance


def student(freedom: int, level: float = 0.95) -> float:
    """Two-sided quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + level / 2))

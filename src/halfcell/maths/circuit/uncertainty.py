r"""Uncertainty of a circuit fit: covariance, confidence intervals, correlations.

With S the minimum, N frequencies and p free parameters, the variance of a weighted residual is s^2 = S/(2 N - p) and
the covariance of the internal parameters C = s^2 (Re J^H W^2 J)^-1; with known standard deviations per point (weights
1/sigma) s^2 is at least 1. For the parameters that people see, C' = M C M^T with M = d(ln natural)/d(internal).
Intervals are log-normal, value exp(+- t se), so that a resistance never goes below zero; those of exponents are
symmetric.

Source: W. H. Press et al., Numerical Recipes, 3rd ed. (2007), 15.4-15.6; coverage is tested on simulated spectra.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.circuit.elements import Reals
from halfcell.maths.circuit.model import Model

Marks = NDArray[np.bool_]

_SINGULAR = 1e-10  # of the largest singular value: below it a direction is not determined


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """Values and uncertainties of one fit.

    `values` natural parameters; `std` their standard uncertainties (nan where a bound was reached or nothing is known);
    `low`, `high` the 95 % interval; `correlation` (parameters, parameters) of the logarithms; `covariance` of the
    internal parameters; `rms` the weighted residual s, corrected for the degrees of freedom; `held` the indices of
    parameters at a bound; `t` the quantile of Student's distribution that was used.
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
        """Relative standard uncertainty of each parameter, which is that of its logarithm."""
        return np.asarray(self.std / self.values)


def uncertainty(
    model: Model, theta: Reals, log_omega: Reals, weights: Reals, cost: float, known_sigma: bool = False
) -> Uncertainty:
    r"""Uncertainty of one fitted set of parameters, :math:`C = s^2 (\Re J^H W^2 J)^{-1}` with :math:`s^2 = S/(2N - p)`.

    Parameters
    ----------
    model
        The circuit.
    theta
        Internal parameters, shape (parameters,).
    log_omega, weights
        ln(2 pi f) and 1/ohm, shape (frequencies,).
    cost
        S of the fit.
    known_sigma
        Whether the weights are 1/sigma: s^2 is then at least 1.

    Returns
    -------
    Uncertainty
        Values as people see them, standard deviations, intervals of 95 %, correlation and covariance.

    Source: W. H. Press et al., Numerical Recipes, 3rd ed., Cambridge 2007, 15.4 and 15.6.
    """
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
    t = student(freedom)
    exponent = np.array([p.scale == "exponent" for p in model.parameters])
    low_end, high_end = _interval(values, se, t, exponent)
    return Uncertainty(
        values=values,
        std=np.where(exponent, se, values * se),
        low=low_end,
        high=high_end,
        correlation=logs / (se[:, None] * se[None, :]),
        covariance=covariance,
        rms=float(np.sqrt(variance)),
        held=tuple(int(i) for i in np.flatnonzero(held)),
        t=t,
    )


def _interval(values: Reals, se: Reals, t: float, exponent: Marks) -> tuple[Reals, Reals]:
    """Ends of the 95 % interval: log-normal, symmetric for exponents."""
    spread = np.minimum(t * se, 300.0)
    low = np.where(exponent, values - t * se, values * np.exp(-spread))
    return low, np.where(exponent, values + t * se, values * np.exp(spread))


def _inverse(flat: Reals, held: Marks) -> Reals:
    """(J J^T)^-1 over the free parameters, by scaled singular values; rows of parameters at a bound are zero."""
    free = np.flatnonzero(~held)
    size = np.linalg.norm(flat[free], axis=1)
    size = np.where(size > 0, size, 1.0)
    _, s, v = np.linalg.svd((flat[free] / size[:, None]).T, full_matrices=False)
    s = np.where(s > _SINGULAR * s.max(), s, 1e-10 * max(float(s.max()), 1e-300))
    inverse = (v.T / s**2) @ v / (size[:, None] * size[None, :])
    covariance = np.zeros((len(held), len(held)))
    covariance[np.ix_(free, free)] = inverse
    return covariance


def student(freedom: int, level: float = 0.95) -> float:
    """Two-sided quantile of Student's t.

    Parameters
    ----------
    freedom
        Degrees of freedom.
    level
        Share of the distribution between the two quantiles.

    Returns
    -------
    float
        The quantile; 1.96 for many degrees of freedom and 0.95.

    Source: W. S. Gosset (Student), Biometrika 6 (1908) 1.
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + level / 2))

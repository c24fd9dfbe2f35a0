r"""Straight lines and polynomials through data: weighted and robust least squares that allow for correlated residuals.

y = a + b x. Covariance C = s^2 (X^T W X)^-1, s^2 = RSS/(n - p). Correlated residuals (a smooth misfit, a filtered
signal) hold less information than their number: the covariance is multiplied by (1 + r1)/(1 - r1), with r1 the lag-1
autocorrelation of the residuals where it is above its 2-sigma noise 2/sqrt(n) (M. S. Bartlett, J. R. Stat. Soc. 98
(1935) 536). Outliers get Cauchy weights and are marked beyond `limit` robust standard deviations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Marks = NDArray[np.bool_]

_SETTLED = 1e-4  # change of a weight below which the rounds end
_FEWEST_SWEPT = 12  # points: chosen, so that a sweep has a shape
_FEWEST_CORRELATED = 10  # residuals: the correlation of fewer is lost in its noise 2/sqrt(n)


@dataclass(frozen=True, eq=False)
class Polynomial:
    """A fitted polynomial: coefficients `values` (constant first), `covariance`, residual `sigma`, points `used`."""

    values: Reals
    covariance: Reals
    sigma: float
    used: Marks

    @property
    def std(self) -> Reals:
        """Standard uncertainty of each coefficient."""
        return np.asarray(np.sqrt(np.diagonal(self.covariance)))

    def at(self, x: Reals) -> Reals:
        """The polynomial's value at x, shape (n,) each."""
        return np.asarray(np.polynomial.polynomial.polyval(x, self.values))

    def used_in(self, inside: Marks) -> Marks:
        """Marks of the points used, on a longer record, shape (n,), of which only `inside` was fitted."""
        marks = inside.copy()
        marks[inside] = self.used
        return marks


def polynomial(
    x: Reals, y: Reals, degree: int = 1, weights: Reals | None = None, used: Marks | None = None
) -> Polynomial:
    """Fit a polynomial by weighted least squares, :math:`C = s^2 (X^T W X)^{-1}` times the factor of correlated
    residuals.

    Parameters
    ----------
    x, y
        The points, shape (n,), in any units.
    degree
        1 for a straight line.
    weights
        1/sigma^2 of each point, shape (n,); equal where they are not given.
    used
        Points that count, shape (n,); all where they are not given.

    Returns
    -------
    Polynomial
        Coefficients from the constant on, their covariance, the standard deviation of the residuals, the points used.

    Source: M. S. Bartlett, J. R. Stat. Soc. 98 (1935) 536, for the information in correlated residuals.
    """
    used = np.ones(len(x), dtype=bool) if used is None else used
    w = np.sqrt((np.ones(len(x)) if weights is None else weights) * used)
    scale = float(np.max(np.abs(x[used]))) or 1.0
    table = np.vander(x / scale, degree + 1, increasing=True) * w[:, None]
    values, _, _, _ = np.linalg.lstsq(table, y * w, rcond=1e-13)
    left = (y * w - table @ values)[used]
    freedom = max(int(used.sum()) - degree - 1, 1)
    sigma = float(np.sqrt(np.sum(left**2) / freedom))
    inverse = np.linalg.pinv(table.T @ table)
    back = scale ** -np.arange(degree + 1.0)
    covariance = inverse * sigma**2 * _correlated(left) * back[:, None] * back
    return Polynomial(values * back, covariance, sigma, used)


def robust_line(x: Reals, y: Reals, limit: float = 5.0) -> Polynomial:
    """A straight line through the points that belong to it: Cauchy weights, then least squares without the outliers.

    Parameters
    ----------
    x, y
        The points, shape (n,).
    limit
        A point is an outlier beyond so many robust standard deviations (1.4826 times the median absolute residual).

    Returns
    -------
    Polynomial
        The line; all points are used where half of them or more would be outliers.

    Source: P. W. Holland, R. E. Welsch, Commun. Stat. A6 (1977) 813, for the weights.
    """
    trust = np.ones(len(x))
    scaled = np.zeros(len(x))
    for _ in range(30):
        fitted = polynomial(x, y, 1, trust)
        left = y - fitted.at(x)
        scale = 1.4826 * float(np.median(np.abs(left))) + 1e-12 * float(np.max(np.abs(y)))
        scaled = np.abs(left) / max(scale, 1e-300)
        new = 1 / (1 + (scaled / 2.385) ** 2)
        if np.max(np.abs(new - trust)) < _SETTLED:
            break
        trust = new
    used = scaled <= limit
    return polynomial(x, y, 1, used=used if used.sum() > max(3, len(x) / 2) else None)


def ohmic_resistance(voltage: Reals, current: Reals) -> float | None:
    """Resistance of a sweep that is one straight line through zero on a range symmetric about zero.

    Straight: the rms deviation from a robust line is below 2 % of the largest current. Through zero: the line crosses
    zero current within 5 % of the largest voltage. Symmetric: the two ends differ by less than a fifth. A voltammogram
    with peaks, or a capacitive one, has no such line. The sign is dropped, since instruments use either convention.

    Parameters
    ----------
    voltage, current
        V and A, shape (n,); values that are not finite are left out.

    Returns
    -------
    float or None
        Ohm; None where there is no such line.

    Source: procedure of this package.
    """
    good = np.isfinite(voltage) & np.isfinite(current)
    x, y = voltage[good], current[good]
    if len(x) < _FEWEST_SWEPT or float(x.min()) >= 0 or float(x.max()) <= 0:
        return None
    reach, most = float(np.max(np.abs(x))), float(np.max(np.abs(y)))
    if abs(float(x.max() + x.min())) > 0.2 * reach or most <= 0:
        return None
    line = robust_line(x, y)
    zero, slope = (float(value) for value in line.values)
    left = y - line.at(x)
    straight = float(np.sqrt(np.mean(left**2))) < 0.02 * most and abs(slope) * reach > 0.5 * most
    return 1 / abs(slope) if straight and abs(zero) < 0.05 * abs(slope) * reach else None


def _correlated(left: Reals) -> float:
    """Factor by which the variance grows where residuals are correlated."""
    n, power = len(left), float(np.sum(left**2))
    if n < _FEWEST_CORRELATED or power <= 0:
        return 1.0
    r1 = float(np.sum(left[1:] * left[:-1])) / power
    return (1 + r1) / (1 - min(r1, 0.98)) if r1 > 2 / np.sqrt(n) else 1.0

"""Errors of a BET window: the noise of its loadings, and what it does to the monolayer and to C."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_FEWEST_FOR_NOISE = 5  # points; the median of fewer deviations says nothing of the noise
_FEWEST_FOR_ERROR = 5  # points; two values of a line leave three deviations for its error


def loading_noise(pressure: Array, loading: Array, low: float = 0.02, high: float = 0.45) -> float:
    r"""Standard deviation of the noise of the loadings between two relative pressures.

    1.4826 times the median of how far each point is from the cubic through its four neighbours (over the logarithm of
    the pressure), divided by :math:`\sqrt{1 + \sum w_i^2}` with the weights w of the neighbours.

    Parameters
    ----------
    pressure, loading
        Relative pressures, rising, and loadings, shape (n,).
    low, high
        Relative pressures between which points are looked at.

    Returns
    -------
    float
        In the unit of `loading`; 0 for fewer than five such points.

    Source: definition of Lagrange's cubic; F. R. Hampel, J. Am. Stat. Assoc. 69 (1974) 383, for the median of
    deviations.
    """
    x = np.log(pressure)
    found = []
    for k in range(2, len(x) - 2):
        if not low <= pressure[k] <= high:
            continue
        near = np.array([k - 2, k - 1, k + 1, k + 2])
        weights = [np.prod([(x[k] - x[j]) / (x[i] - x[j]) for j in near if j != i], initial=1.0) for i in near]
        found.append((loading[k] - np.dot(weights, loading[near])) / np.sqrt(1.0 + np.dot(weights, weights)))
    return float(1.4826 * np.median(np.abs(found))) if len(found) >= _FEWEST_FOR_NOISE else 0.0


def noise_error(pressure: Array, loading: Array, noise: float) -> float:
    """Relative standard error of a monolayer from the noise of the loadings in its window.

    The monolayer is 1/(slope + intercept), the inverse of the line at p = 1; a loading n moves the ordinate y by -y/n.

    Parameters
    ----------
    pressure, loading
        Relative pressures and loadings of the window, shape (n,).
    noise
        Standard deviation of a loading, in its unit.

    Returns
    -------
    float
        Standard error over the monolayer.

    Source: JCGM 100:2008 (GUM), 5.1.2, for the propagation.
    """
    return float(noise * np.linalg.norm(_leverage(pressure, loading)))


def misfit_over_noise(pressure: Array, loading: Array, noise: float) -> float:
    r"""Root mean square of the misfits of the BET line in a window, each over the noise of its ordinate.

    Parameters
    ----------
    pressure, loading
        Relative pressures and loadings of the window, shape (n,).
    noise
        Standard deviation of a loading, in its unit.

    Returns
    -------
    float
        :math:`\sqrt{\chi^2/(n - 2)}`: about 1 where noise alone is left, more where the isotherm is bent.

    Source: definition of the reduced chi squared.
    """
    y = pressure / (loading * (1.0 - pressure))
    misfit = (y - np.polyval(np.polyfit(pressure, y, 1), pressure)) * loading / (noise * y)
    return float(np.linalg.norm(misfit) / np.sqrt(max(len(pressure) - 2, 1)))


def shift(pressure: Array, loading: Array, error: Array) -> float:
    """Relative change of a monolayer when the loadings in its window change by a little, of first order.

    Parameters
    ----------
    pressure, loading
        Relative pressures and loadings of the window, shape (n,).
    error
        Changes of the loadings, shape (n,), in their unit.

    Returns
    -------
    float
        Change over the monolayer.

    Source: derivative of 1/(slope + intercept); definition.
    """
    return float(_leverage(pressure, loading) @ error)


def _leverage(pressure: Array, loading: Array) -> Array:
    """Relative change of the monolayer per change of each loading."""
    y = pressure / (loading * (1.0 - pressure))
    centre = pressure - float(np.mean(pressure))
    weights = 1.0 / len(y) + (1.0 - float(np.mean(pressure))) * centre / float(centre @ centre)
    return np.asarray(weights * y / loading / float(weights @ y))


def c_constant(pressure: Array, loading: Array) -> float:
    """The constant C of the BET line through a window, C = slope/intercept + 1.

    Parameters
    ----------
    pressure, loading
        Relative pressures and loadings of the window, shape (n,).

    Returns
    -------
    float
        C, without a unit.

    Source: S. Brunauer, P. H. Emmett, E. Teller, J. Am. Chem. Soc. 60 (1938) 309.
    """
    slope, intercept = np.polyfit(pressure, pressure / (loading * (1.0 - pressure)), 1)
    return float(slope / intercept + 1.0)


def c_error(pressure: Array, loading: Array, noise: float) -> float:
    r"""Standard error of C = slope/intercept + 1 by the noise of the loadings, or by their misfits if greater.

    A loading n moves the ordinate y by -y/n, so that points at high pressure, where y is great, are the least
    certain: each has its own error, :math:`\sigma_C^2 = \sum_i (\partial C/\partial n_i)^2 \sigma_i^2`.

    Parameters
    ----------
    pressure, loading
        Relative pressures and loadings of the window, shape (n,).
    noise
        Standard deviation of a loading, in its unit.

    Returns
    -------
    float
        Of C, without a unit; 0 for fewer than five points.

    Source: JCGM 100:2008 (GUM), 5.1.2, for the propagation.
    """
    if len(pressure) < _FEWEST_FOR_ERROR:
        return 0.0
    y = pressure / (loading * (1.0 - pressure))
    inverse = np.linalg.pinv(np.column_stack([pressure, np.ones_like(pressure)]))
    slope, intercept = inverse @ y
    gradient = (inverse[0] / intercept - slope / intercept**2 * inverse[1]) * y / loading
    misfit = (y - slope * pressure - intercept) * loading / y * np.sqrt(len(y) / (len(y) - 2.0))
    return float(max(noise * np.linalg.norm(gradient), np.linalg.norm(gradient * misfit)))

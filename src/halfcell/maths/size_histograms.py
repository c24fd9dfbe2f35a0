"""Histograms of sizes: by number and by volume, in other channels, and mixed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.size_distribution import cumulative, middles

Array = NDArray[np.float64]


def number_share(edges: Array, volume: Array) -> Array:
    r"""Shares by number from shares by volume, :math:`n_i \propto v_i/d_i^3`.

    Parameters
    ----------
    edges
        Channel edges, shape (n + 1,), in any unit.
    volume
        One value per channel, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shares that sum to 1, shape (n,).

    Source: ISO 9276-2:2014.
    """
    number = volume / middles(edges) ** 3
    return np.asarray(number / np.sum(number))


def volume_share(edges: Array, number: Array) -> Array:
    r"""Shares by volume from shares by number, :math:`v_i \propto n_i d_i^3`.

    Parameters
    ----------
    edges
        Channel edges, shape (n + 1,), in any unit.
    number
        One value per channel, shape (n,).

    Returns
    -------
    numpy.ndarray
        Shares that sum to 1, shape (n,).

    Source: ISO 9276-2:2014.
    """
    volume = number * middles(edges) ** 3
    return np.asarray(volume / np.sum(volume))


def rebin(edges: Array, share: Array, onto: Array) -> Array:
    """Shares in other channels, by the cumulative curve.

    The share between two edges is the difference of the cumulative curve there; between the old edges the curve is a
    monotone cubic over the logarithm of the size.

    Parameters
    ----------
    edges, share
        Channel edges, in any unit, shape (n + 1,), and shares, shape (n,).
    onto
        Edges of the new channels, shape (m + 1,), in the unit of `edges`.

    Returns
    -------
    numpy.ndarray
        Shares that sum to 1, shape (m,); what lies outside the new channels goes to the end ones.

    Source: F. N. Fritsch, R. E. Carlson, SIAM J. Numer. Anal. 17 (1980) 238, for the curve.
    """
    from scipy.interpolate import PchipInterpolator

    curve = PchipInterpolator(np.log(edges), cumulative(share), extrapolate=False)
    part = np.asarray(curve(np.log(onto)), dtype=float)
    part = np.where(onto <= edges[0], 0.0, np.where(onto >= edges[-1], 1.0, part))
    part[0], part[-1] = 0.0, 1.0
    return np.diff(part)


def mix(shares: Array, fractions: Array) -> Array:
    """Mixture of histograms on the same channels: the weighted sum, never a mean of percentiles.

    Parameters
    ----------
    shares
        One row per component, shape (components, n).
    fractions
        Volume fractions, shape (components,); mass fractions must be converted first.

    Returns
    -------
    numpy.ndarray
        Shares that sum to 1, shape (n,).

    Source: definition.
    """
    rows = shares / shares.sum(axis=1, keepdims=True)
    return np.asarray(np.average(rows, axis=0, weights=fractions))

"""Curves below X-ray lines: what a detector makes of a continuum, and smooth curves over the energy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.x_ray_lines import Detector

    Array = NDArray[np.float64]


def broadened(energy: Array, curve: Array, detector: Detector) -> Array:
    """A curve over equidistant channels as the detector shows it: each place averaged over its resolution.

    Parameters
    ----------
    energy, curve
        keV and any unit, shape (n,).
    detector
        Its resolution over the energy.

    Returns
    -------
    numpy.ndarray
        In the unit of the curve, shape (n,).

    Source: definition: a convolution with a Gaussian of the detector's width.
    """
    step = float(energy[1] - energy[0])
    half = int(np.ceil(3.0 * float(detector.sigma(energy[-1])) / step))
    offsets = np.arange(-half, half + 1)
    padded = np.pad(curve, half, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1)
    kernel = np.exp(-0.5 * (offsets[None, :] * step / detector.sigma(np.maximum(energy, 0.05))[:, None]) ** 2)
    return np.asarray((windows * kernel).sum(axis=1) / kernel.sum(axis=1))


def spline_basis(energy: Array, knots: Sequence[float]) -> Array:
    """Cubic B-splines over the logarithm of the energy, constant beyond the knots.

    Parameters
    ----------
    energy
        keV, shape (n,).
    knots
        keV, ascending.

    Returns
    -------
    numpy.ndarray
        Shape (n, len(knots) + 2).

    Source: C. de Boor, A Practical Guide to Splines, Springer 1978.
    """
    from scipy.interpolate import BSpline

    places = np.log(np.asarray(knots, dtype=float))
    padded = np.concatenate([[places[0]] * 3, places, [places[-1]] * 3])
    x = np.clip(np.log(np.maximum(energy, 1e-3)), places[0], places[-1])
    return np.asarray(BSpline.design_matrix(x, padded, 3).toarray())

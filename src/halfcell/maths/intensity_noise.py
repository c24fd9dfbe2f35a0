"""The noise of a spectrum of intensities, from the spectrum itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Which = Literal["position", "gauss", "lorentz", "tail", "tail_share", "inverse_size", "size_spread", "shoulder_share"]


def noise(y: Array) -> Array:
    """Standard deviation of each intensity: proportional to its square root, with the factor found from the data.

    From second differences d = y[i-1] - 2 y[i] + y[i+1], whose variance is 6 sigma^2 for white noise; the median of
    d^2 / (6 y) estimates the gain (0.4549 is the median of chi-square with one degree of freedom).

    Parameters
    ----------
    y
        Intensities, equidistant, shape (n,).

    Returns
    -------
    numpy.ndarray
        In their unit, shape (n,).

    Source: definition: Poisson noise with an unknown gain.
    """
    level = np.maximum(y, np.median(np.abs(y)) * 1e-3 + 1e-12)
    second = y[:-2] - 2.0 * y[1:-1] + y[2:]
    gain = float(np.median(second**2 / (6.0 * level[1:-1])) / 0.4549)
    return np.asarray(np.sqrt(level * max(gain, 1e-12)))

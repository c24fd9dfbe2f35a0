"""Background of a diffractogram: Chebyshev polynomials and amorphous halos with free position and width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Hump:
    """An amorphous halo: a Gaussian in 2theta (degrees); the standard deviations are priors (0 fixes the value).

    `narrowest` is the least width: what is narrower is the foot of a line and no halo.
    """

    centre: float
    width: float  # full width at half maximum
    centre_std: float = 1.0
    width_std: float = 2.0
    narrowest: float = 0.0


def chebyshev(two_theta: Array, degree: int) -> Array:
    """Chebyshev polynomials 0..degree over the scan's range, shape (n, degree + 1)."""
    low, high = two_theta[0], two_theta[-1]
    return np.asarray(np.polynomial.chebyshev.chebvander(2 * (two_theta - low) / (high - low) - 1, degree))


def humps(two_theta: Array, centres: Array, widths: Array) -> tuple[Array, Array, Array]:
    """Gaussians of unit height and their derivatives by centre and width, each of shape (n, number of halos)."""
    sigma = widths / 2.3548200450309493
    z = (two_theta[:, None] - centres) / sigma
    value = np.exp(-0.5 * z**2)
    return value, value * z / sigma, value * z**2 / widths

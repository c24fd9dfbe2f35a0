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
    r"""Chebyshev polynomials :math:`T_0 \dots T_d` over the scan's range.

    Parameters
    ----------
    two_theta
        Angles, ascending, shape (n,), in any unit.
    degree
        d.

    Returns
    -------
    numpy.ndarray
        Shape (n, degree + 1).

    Source: definition.
    """
    low, high = two_theta[0], two_theta[-1]
    return np.asarray(np.polynomial.chebyshev.chebvander(2 * (two_theta - low) / (high - low) - 1, degree))


def humps(two_theta: Array, centres: Array, widths: Array) -> tuple[Array, Array, Array]:
    r"""Gaussians of unit height, :math:`e^{-(x - c)^2/2\sigma^2}`, :math:`\sigma = w/2.3548`, and their derivatives.

    Parameters
    ----------
    two_theta
        Angles (degrees), shape (n,).
    centres, widths
        c and full width at half maximum w (degrees), shape (halos,).

    Returns
    -------
    value, by_centre, by_width
        The Gaussians, and their derivatives (1/degree), shape (n, halos) each.

    Source: definition.
    """
    sigma = widths / 2.3548200450309493
    z = (two_theta[:, None] - centres) / sigma
    value = np.exp(-0.5 * z**2)
    return value, value * z / sigma, value * z**2 / widths

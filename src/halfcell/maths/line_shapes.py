"""Line shapes of unit area: Gauss, Lorentz, Voigt; Breit-Wigner-Fano of unit height."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_GAUSS = 2.0 * np.sqrt(2.0 * np.log(2.0))  # FWHM / sigma


def gauss(x: Array, position: float, width: float) -> Array:
    """Gaussian of unit area; `width` is the FWHM, same unit as `x`."""
    sigma = width / _GAUSS
    return np.asarray(np.exp(-0.5 * ((x - position) / sigma) ** 2) / (sigma * np.sqrt(2.0 * np.pi)))


def lorentz(x: Array, position: float, width: float) -> Array:
    """Lorentzian of unit area; `width` is the FWHM."""
    half = width / 2.0
    return half / np.pi / ((x - position) ** 2 + half**2)


def voigt(x: Array, position: float, gauss_width: float, lorentz_width: float) -> Array:
    """Voigt profile of unit area from the FWHM of its two parts.

    V(x) = Re w(z) / (sigma sqrt(2 pi)), z = (x - x0 + i gamma) / (sigma sqrt 2), w the Faddeeva function.
    """
    from scipy.special import wofz

    if gauss_width <= 1e-9:
        return lorentz(x, position, max(lorentz_width, 1e-9))
    sigma = gauss_width / _GAUSS
    z = ((x - position) + 0.5j * lorentz_width) / (sigma * np.sqrt(2.0))
    return np.asarray(np.real(wofz(z)) / (sigma * np.sqrt(2.0 * np.pi)))


def voigt_width(gauss_width: float, lorentz_width: float) -> float:
    """FWHM of a Voigt profile: 0.5346 L + sqrt(0.2166 L^2 + G^2).

    Within 0.02 %. Source: J. J. Olivero and R. L. Longbothum, J. Quant. Spectrosc. Radiat. Transf. 17 (1977) 233.
    """
    return float(0.5346 * lorentz_width + np.sqrt(0.2166 * lorentz_width**2 + gauss_width**2))

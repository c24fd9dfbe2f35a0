"""Turbostratic carbon: two-dimensional (10) and (11) bands after Warren, and the scattering factor of carbon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# f0 of carbon, International Tables C (1992): a, b (angstrom^2), c
_CARBON = ((2.31, 20.8439), (1.02, 10.2075), (1.5886, 0.5687), (0.865, 51.6512))
_CONSTANT = 0.2156  # c of carbon in International Tables C, Table 6.1.1.4
_DEBYE_WALLER = 2.0  # angstrom^2
_NEAR = 8.0  # beyond, the series of the function for large arguments is used


@dataclass(frozen=True, kw_only=True)
class Bands:
    """Bands of graphene-like layers: starts of the cell length `a` and the layer size `la` (nm), prior of `a`."""

    a: float = 0.2440
    la: float = 2.5
    a_std: float = 0.003


def carbon_envelope(s: Array) -> Array:
    r"""f^2 of carbon with a Debye-Waller factor, :math:`f^2 e^{-2B(\sin\theta/\lambda)^2}` with B = 2 angstrom^2.

    Parameters
    ----------
    s
        2 sin(theta)/lambda (1/nm), shape (n,).

    Returns
    -------
    numpy.ndarray
        1 at s = 0, shape (n,).

    Source: International Tables for Crystallography C (1992), table 6.1.1.4; B is a choice.
    """
    quarter = (s / 20.0) ** 2  # (sin theta / lambda)^2 in 1/angstrom^2
    f = _CONSTANT + sum(a * np.exp(-b * quarter) for a, b in _CARBON)
    return np.asarray(f**2 * np.exp(-2 * _DEBYE_WALLER * quarter) / 36.0)


def warren(a: Array) -> tuple[Array, Array]:
    """F(a) = int_0^inf exp(-(x^2 - a)^2) dx and its derivative.

    F(a) = sqrt(pi)/2 2^(-1/4) exp(-a^2/2) D(-1/2; -sqrt(2) a) with the parabolic cylinder function D; above a = 8 the
    series sqrt(pi)/(2 sqrt(a)) (1 + 3/(16 a^2) + 105/(512 a^4)).

    Parameters
    ----------
    a
        Any shape, without a unit.

    Returns
    -------
    value, slope
        F and dF/da, in the shape of `a`.

    Source: B. E. Warren, Phys. Rev. 59 (1941) 693.
    """
    from scipy.special import pbdv

    near = np.clip(a, -_NEAR, _NEAR)
    value, slope = pbdv(-0.5, -np.sqrt(2) * near)
    front = np.sqrt(np.pi) / 2 * 2**-0.25 * np.exp(-(near**2) / 2)
    far = np.maximum(a, _NEAR)
    series = np.sqrt(np.pi) / 2 * (far**-0.5 + 3 / 16 * far**-2.5 + 105 / 512 * far**-4.5)
    fall = -np.sqrt(np.pi) / 2 * (0.5 * far**-1.5 + 7.5 / 16 * far**-3.5 + 472.5 / 512 * far**-5.5)
    rise = -front * (near * value + np.sqrt(2) * slope)
    inside, inside_slope = np.where(a < -_NEAR, 0.0, front * value), np.where(a < -_NEAR, 0.0, rise)
    return np.where(a > _NEAR, series, inside), np.where(a > _NEAR, fall, inside_slope)


def bands(two_theta: Array, wavelength: float, a: float, la: float) -> tuple[Array, Array, Array]:
    """The (10) and (11) bands, each of about unit height at its top, and their derivatives by a and la.

    I = (1 + cos^2 2theta) / sin^(3/2)(theta) F(sqrt(pi) La (s - s0)) f^2 with s0 = 2/(sqrt(3) a) and 2/a, divided by
    the factor of F at s = 5/nm.

    Parameters
    ----------
    two_theta
        Angles (degrees), shape (n,).
    wavelength
        nm.
    a, la
        Cell length and size of the layers (nm).

    Returns
    -------
    value, by_a, by_la
        Shape (n, 2) each; the derivatives in 1/nm.

    Source: B. E. Warren, Phys. Rev. 59 (1941) 693.
    """
    s = 2 * np.sin(np.radians(two_theta) / 2) / wavelength
    places = np.array([2 / (np.sqrt(3) * a), 2 / a])
    gap = s[:, None] - places
    value, slope = warren(np.sqrt(np.pi) * la * gap)
    factor = (_factor(s, wavelength) / _factor(np.array([5.0]), wavelength))[:, None]
    return factor * value, factor * slope * np.sqrt(np.pi) * la * places / a, factor * slope * np.sqrt(np.pi) * gap


def _factor(s: Array, wavelength: float) -> Array:
    """Polarisation, the Lorentz factor of a two-dimensional lattice, and the squared scattering factor."""
    sine = np.clip(s * wavelength / 2, 1e-3, 0.9999)
    return np.asarray((1 + (1 - 2 * sine**2) ** 2) / sine**1.5 * carbon_envelope(s))

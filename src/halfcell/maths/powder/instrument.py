"""Instrument function of a powder diffractometer: Voigt widths over the angle, deconvolution, asymmetry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Complex = NDArray[np.complex128]

WIDTH_PARAMETERS = ("u", "t", "w", "x", "y", "axial", "lag")  # of an `Instrument`, in degrees
_TCH = (1.0, 2.69269, 2.42843, 4.47163, 0.07842, 1.0)  # Thompson, Cox, Hastings, J. Appl. Cryst. 20 (1987) 79, eq. 4


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """Widths of the instrument's Voigt function over 2theta, degrees (full width at half maximum).

    Gaussian^2 = w + u (tan(theta) - t)^2, which is Caglioti's U tan^2 + V tan + W (1958) kept positive; Lorentzian =
    x tan(theta) + y / cos(theta) (Thompson, Cox, Hastings 1987).

    Two parameters make lines asymmetric (`tail_factors`): `axial` is the variance of the axial angles of the rays in
    degrees (pi/180 times it is their variance in radians squared; 0.015 with Soller slits of 0.04 rad), `lag` the mean
    length of a tail towards lower angles that is the same at all angles (detector, receiving optics).

    `width_std` is the standard uncertainty of its full widths (degrees); `low`, `high` bound the angles of the
    standard's lines; `source` names what it was calibrated with. With all widths zero nothing is broadened.
    """

    u: float = 0.0
    t: float = 0.0
    w: float = 0.0
    x: float = 0.0
    y: float = 0.0
    axial: float = 0.0
    lag: float = 0.0
    width_std: float = 0.0
    low: float = 0.0
    high: float = 180.0
    source: str = ""

    def adjusted(self, widths: Mapping[str, float]) -> Instrument:
        """Return the same instrument with other width parameters, by name."""
        return Instrument(**(vars(self) | dict(widths)))

    def gaussian(self, two_theta: Array) -> Array:
        """Gaussian full width at half maximum at angles, degrees, shape (n,) each; at least a thousandth."""
        tangent = np.tan(np.radians(two_theta) / 2)
        return np.asarray(np.sqrt(np.maximum(self.w + self.u * (tangent - self.t) ** 2, 1e-6)))

    def lorentzian(self, two_theta: Array) -> Array:
        """Lorentzian full width at half maximum at angles, degrees, shape (n,) each."""
        half = np.radians(two_theta) / 2
        return np.maximum(self.x * np.tan(half) + self.y / np.cos(half), 0.0)

    def tail(self, two_theta: Array) -> Array:
        """Mean length of the tails to lower angles, axial cot(theta)/2 + lag, at angles, degrees, shape (n,) each."""
        return np.asarray(0.5 * self.axial / np.tan(np.radians(np.clip(two_theta, 1.0, 179.0)) / 2) + self.lag)

    @property
    def is_symmetric(self) -> bool:
        """Whether lines have no tails."""
        return self.axial == 0.0 and self.lag == 0.0

    def width(self, two_theta: Array) -> Array:
        """Full width at half maximum of the Voigt function at angles, degrees, shape (n,) each."""
        return voigt_width(self.gaussian(two_theta), self.lorentzian(two_theta))


def voigt_width(gaussian: Array | float, lorentzian: Array | float) -> Array:
    r"""FWHM of a Voigt function from those of its parts, :math:`w^5 = \sum_i c_i\,G^{5-i} L^i`, accurate to 0.02 %.

    Parameters
    ----------
    gaussian, lorentzian
        G and L, full widths at half maximum, shape (n,) or one, in one unit.

    Returns
    -------
    numpy.ndarray
        In the same unit, shape (n,).

    Source: P. Thompson, D. E. Cox, J. B. Hastings, J. Appl. Cryst. 20 (1987) 79, eq. 4.
    """
    g, l = np.asarray(gaussian, float), np.asarray(lorentzian, float)
    total = sum(c * g ** (5 - i) * l**i for i, c in enumerate(_TCH))
    return np.asarray(total**0.2)


def mixing(gaussian: Array | float, lorentzian: Array | float) -> Array:
    """Lorentzian share of the pseudo-Voigt nearest to a Voigt function, 1.36603 r - 0.47719 r^2 + 0.11116 r^3, r = L/w.

    Parameters
    ----------
    gaussian, lorentzian
        G and L, full widths at half maximum, shape (n,) or one, in one unit.

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n,).

    Source: P. Thompson, D. E. Cox, J. B. Hastings, J. Appl. Cryst. 20 (1987) 79, eq. 5.
    """
    ratio = np.asarray(lorentzian, float) / np.maximum(voigt_width(gaussian, lorentzian), 1e-300)
    return np.asarray(1.36603 * ratio - 0.47719 * ratio**2 + 0.11116 * ratio**3)


def voigt_parts(width: Array | float, eta: Array | float) -> tuple[Array, Array]:
    """Gaussian and Lorentzian FWHM of a pseudo-Voigt function of given width and Lorentzian share.

    Gamma_L/Gamma = 0.72928 eta + 0.19289 eta^2 + 0.07783 eta^3 and Gamma_G/Gamma = sqrt(1 - 0.74417 eta - 0.24781
    eta^2 - 0.00810 eta^3).

    Parameters
    ----------
    width, eta
        Gamma, in any unit, and eta, which is clipped to 0..1, shape (n,) or one.

    Returns
    -------
    gaussian, lorentzian
        In the unit of `width`, shape (n,) each.

    Source: Th. H. de Keijser, E. J. Mittemeijer, H. C. F. Rozendaal, J. Appl. Cryst. 16 (1983) 309.
    """
    w, share = np.asarray(width, float), np.clip(np.asarray(eta, float), 0.0, 1.0)
    lorentzian = w * (0.72928 * share + 0.19289 * share**2 + 0.07783 * share**3)
    square = 1.0 - 0.74417 * share - 0.24781 * share**2 - 0.00810 * share**3
    return w * np.sqrt(np.maximum(square, 0.0)), lorentzian


def remove_instrument(width: float, eta: float, gaussian: float, lorentzian: float) -> tuple[float, float]:
    """FWHM and integral breadth that the sample adds: Voigt deconvolution of a measured line.

    The measured pseudo-Voigt is separated into Gaussian and Lorentzian widths. The instrument is removed as Gamma_L -
    gamma_L and sqrt(Gamma_G^2 - gamma_G^2), with negative results set to zero. The integral breadth is that of the
    remaining Voigt function, through the pseudo-Voigt of the same widths.

    Parameters
    ----------
    width, eta
        FWHM and Lorentzian share of the measured line.
    gaussian, lorentzian
        FWHM of the parts of the instrument's line, in the unit of `width`.

    Returns
    -------
    tuple of float
        FWHM and integral breadth, in the unit of `width`; zeros where nothing is left.

    Source: J. I. Langford, J. Appl. Cryst. 11 (1978) 10.
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
    r"""Integral breadth over FWHM of a pseudo-Voigt function, :math:`\eta\pi/2 + (1 - \eta)\sqrt{\pi/\ln 2}/2`.

    Parameters
    ----------
    eta
        Lorentzian share.

    Returns
    -------
    float
        1.064 to 1.571, without a unit.

    Source: definition.
    """
    return float(eta * np.pi / 2 + (1 - eta) * np.sqrt(np.pi / np.log(2)) / 2)


def tail_factors(
    instrument: Instrument, two_theta: Array, length: Array
) -> tuple[Complex, dict[str, Callable[[], Complex]]]:
    """Fourier transform of the tails of lines, and its logarithmic derivatives by the parameters of the tails.

    A ray with axial angles alpha before and beta behind the specimen is recorded at 2theta - (alpha^2 + beta^2)
    cot(2theta) / 2 + alpha beta / sin(2theta) = 2theta - v^2 cot(theta) / 2 + u^2 tan(theta) / 2, with v and u =
    (alpha -+ beta) / sqrt 2. For normal v, which Soller slits give nearly, the first part has the transform (1 - i k
    axial cot theta)^(-1/2) with k = 2 pi L. The second, which is small, is left to the symmetric widths. The tail of
    mean length `lag` has 1/(1 - i k lag).

    Parameters
    ----------
    instrument
        The instrument function.
    two_theta, length
        Angles of the lines (degrees), shape (n,); lengths conjugate to the angle (1/degree), shape (n, k).

    Returns
    -------
    factor, slopes
        The transform, shape (n, k), and by name functions that give d ln(factor)/d(parameter) (1/degree) in the same
        shape.

    Sources: R. W. Cheary, A. A. Coelho, J. P. Cline, J. Res. NIST 109 (2004) 1; for one beam L. W. Finger, D. E. Cox,
    A. P. Jephcoat, J. Appl. Cryst. 27 (1994) 892.
    """
    tangent = np.tan(np.radians(two_theta) / 2)[:, None]
    turn = 2j * np.pi * length
    below = 1 - turn * instrument.axial / tangent
    behind = 1 - turn * instrument.lag
    slopes: dict[str, Callable[[], Complex]] = {
        "axial": lambda: np.asarray(0.5 * turn / tangent / below),
        "lag": lambda: np.asarray(turn / behind),
    }
    return np.asarray(1 / (np.sqrt(below) * behind)), slopes

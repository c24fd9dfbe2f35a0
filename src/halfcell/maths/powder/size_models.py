"""Column-length Fourier coefficients A(L) of crystallite size models, with derivatives.

All models take `mean`, the volume-weighted mean column length L_V in nm (the reciprocal integral breadth), so that they
differ in shape but describe the same quantity. For spheres the volume-weighted mean diameter is D_V = 4/3 L_V.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Shape = Literal["lognormal spheres", "gamma spheres", "lorentzian"]


def lognormal_spheres(length: Array, mean: float, sigma: float) -> tuple[Array, Array, Array]:
    """A(L) of spheres with lognormal diameters, dA/d(ln mean), dA/d(sigma).

    A(L) = sum over k of c_k L^k M(3-k)/M(3) Q(k), c = 1, -3/2, 0, 1/2; M(n) = exp(n mu + n^2 sigma^2 / 2) is the n-th
    moment of the diameter, Q(k) the upper tail of the normal distribution of ln D with mean mu + (3-k) sigma^2 beyond
    ln L. The mean is L_V = 3/4 M(4)/M(3).

    Parameters
    ----------
    length
        L in nm, shape (n,), non-negative.
    mean
        L_V in nm.
    sigma
        Standard deviation of ln D; at least 0.02.

    Returns
    -------
    value, by_log_mean, by_sigma
        Without a unit, shape (n,) each.

    Sources: P. Scardi, M. Leoni, Acta Cryst. A57 (2001) 604, eqs. 26-29; J. I. Langford, D. Louër, P. Scardi, J.
    Appl. Cryst. 33 (2000) 964.
    """
    from scipy.special import ndtr

    s = max(sigma, 0.02)
    mu = np.log(4.0 / 3.0 * mean) - 3.5 * s * s
    log_l = np.log(np.maximum(length, 1e-12))
    tails = {k: ndtr((mu + (3 - k) * s * s - log_l) / s) for k in (0, 1, 3)}
    ratio = {k: np.exp(-k * mu + ((3 - k) ** 2 - 9) * s * s / 2) for k in (1, 3)}
    first = length * ratio[1] * tails[1]  # mean of u = L/D over the volume-weighted diameters
    third = length**3 * ratio[3] * tails[3]  # mean of u^3
    value = tails[0] - 1.5 * first + 0.5 * third
    by_log_mean = 1.5 * first - 1.5 * third
    by_sigma = s * (6.0 * third - 3.0 * first)
    return value, by_log_mean, by_sigma


def gamma_spheres(length: Array, mean: float, sigma: float) -> tuple[Array, Array]:
    """A(L) of spheres with gamma-distributed diameters, and dA/d(ln mean).

    With shape p = 1/sigma^2 the k-th tail is the regularised incomplete gamma function Q(p + 3 - k, L/b) and the
    volume-weighted mean diameter b (p + 3).

    Parameters
    ----------
    length
        L in nm, shape (n,), non-negative.
    mean
        L_V in nm.
    sigma
        Standard deviation of D over its mean; at least 0.05.

    Returns
    -------
    value, by_log_mean
        Without a unit, shape (n,) each.

    Sources: P. Scardi, M. Leoni, Acta Cryst. A57 (2001) 604; N. C. Popa, D. Balzar, J. Appl. Cryst. 35 (2002) 338.
    """
    from scipy.special import gammaincc

    p = 1.0 / max(sigma, 0.05) ** 2
    scale = 4.0 / 3.0 * mean / (p + 3.0)
    x = length / scale
    first = x / (p + 2.0) * gammaincc(p + 2.0, x)
    third = x**3 / ((p + 2.0) * (p + 1.0) * p) * gammaincc(p, x)
    value = gammaincc(p + 3.0, x) - 1.5 * first + 0.5 * third
    return value, 1.5 * first - 1.5 * third


def lorentzian(length: Array, mean: float) -> tuple[Array, Array]:
    """A(L) = exp(-2 L / L_V), the column lengths of a Lorentzian size profile, and dA/d(ln mean).

    Parameters
    ----------
    length
        L in nm, shape (n,), non-negative.
    mean
        L_V in nm.

    Returns
    -------
    value, by_log_mean
        Without a unit, shape (n,) each.

    Source: definition: the transform of a Lorentzian of integral breadth 1/L_V.
    """
    u = 2.0 * length / mean
    value = np.exp(-u)
    return value, u * value


def scherrer_factor(mean: float, sigma: float) -> float:
    """FWHM times L_V (in reciprocal units) of lognormal spheres: the K with which the Scherrer size would be L_V.

    FWHM of 2 int A(L) cos(2 pi L s) dL, by quadrature and root finding.

    Parameters
    ----------
    mean
        L_V in nm.
    sigma
        Standard deviation of ln D.

    Returns
    -------
    float
        Between 0.70 and 0.85, without a unit.

    Source: J. I. Langford, A. J. C. Wilson, J. Appl. Cryst. 11 (1978) 102, for what the factor is.
    """
    from scipy.optimize import brentq

    top = 4.0 / 3.0 * mean * np.exp(6.0 * max(sigma, 0.02)) ** 0.5 * 3.0
    length = np.linspace(0.0, top, 4001)
    value = lognormal_spheres(length, mean, sigma)[0]

    def profile(s: float) -> float:
        return float(np.trapezoid(value * np.cos(2 * np.pi * length * s), length))

    half = profile(0.0) / 2
    return 2.0 * mean * float(brentq(lambda s: profile(s) - half, 0.0, 2.0 / mean))

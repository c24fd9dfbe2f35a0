"""Line shapes of unit area: Gauss, Lorentz, Voigt, a Voigt line with a tail, and that of confined phonons."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.phonon_confinement import LATTICE_NM, dispersion
from halfcell.maths.smeared_voigt import Smear, voigt_values

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_GAUSS = 2.0 * np.sqrt(2.0 * np.log(2.0))  # FWHM / sigma
_NO_WIDTH = 1e-9  # in the unit of x: a Gaussian part so narrow is none


def gauss(x: Array, position: float, width: float) -> Array:
    r"""Gaussian of unit area, :math:`e^{-(x - x_0)^2/2\sigma^2}/(\sigma\sqrt{2\pi})`; the width is 2.355 sigma.

    Parameters
    ----------
    x
        Where, shape (n,).
    position, width
        Centre and full width at half maximum, in the unit of `x`.

    Returns
    -------
    numpy.ndarray
        Shape (n,), per unit of `x`.

    Source: definition.
    """
    sigma = width / _GAUSS
    return np.asarray(np.exp(-0.5 * ((x - position) / sigma) ** 2) / (sigma * np.sqrt(2.0 * np.pi)))


def gauss_slope(x: Array, position: float, width: float) -> Array:
    r"""Derivative of `gauss` by x, :math:`-(x - x_0) g(x)/\sigma^2`.

    Parameters
    ----------
    x
        Where, shape (n,).
    position, width
        Centre and full width at half maximum, in the unit of `x`.

    Returns
    -------
    numpy.ndarray
        Shape (n,), per unit of `x` squared.

    Source: definition.
    """
    sigma = width / _GAUSS
    return np.asarray(-(x - position) / sigma**2 * gauss(x, position, width))


def lorentz(x: Array, position: float, width: float) -> Array:
    r"""Lorentzian of unit area, :math:`(w/2\pi)/((x - x_0)^2 + w^2/4)`.

    Parameters
    ----------
    x
        Where, shape (n,).
    position, width
        Centre and full width at half maximum, in the unit of `x`.

    Returns
    -------
    numpy.ndarray
        Shape (n,), per unit of `x`.

    Source: definition.
    """
    half = width / 2.0
    return half / np.pi / ((x - position) ** 2 + half**2)


def voigt(x: Array, position: float, gauss_width: float, lorentz_width: float) -> Array:
    """Voigt profile of unit area from the widths of its two parts.

    V(x) = Re w(z) / (sigma sqrt(2 pi)), z = (x - x0 + i gamma) / (sigma sqrt 2), w the Faddeeva function.

    Parameters
    ----------
    x
        Where, shape (n,) or more dimensions.
    position, gauss_width, lorentz_width
        Centre and full widths at half maximum, in the unit of `x`.

    Returns
    -------
    numpy.ndarray
        The shape of `x`, per unit of `x`.

    Source: DLMF 7.19, https://dlmf.nist.gov/7.19.
    """
    if gauss_width <= _NO_WIDTH:
        return lorentz(x, position, max(lorentz_width, 1e-9))
    return voigt_values(x - position, gauss_width, lorentz_width)


@functools.cache
def _decay() -> tuple[Array, Array]:
    """Nodes t and weights of int_0^inf e^-t f(t) dt, accurate to 0.4 % for a line as narrow as 0.3 of the decay."""
    node, weight = np.polynomial.legendre.leggauss(6)
    ends = np.array([0.0, 0.5, 1.0, 1.5, 2.25, 3.25, 4.5, 6.5, 12.0])
    half, middle = np.diff(ends)[:, None] / 2.0, (ends[1:] + ends[:-1])[:, None] / 2.0
    t = (middle + half * node).ravel()
    return t, (half * weight).ravel() * np.exp(-t)


def tailed_voigt(x: Array, position: float, widths: tuple[float, float], length: float, share: float) -> Array:
    """Voigt profile of unit area, of which a fraction is smeared by an exponential towards low x.

    T(x) = (1 - s) V(x) + s int_0^inf e^-t V(x + length t) dt.

    Parameters
    ----------
    x
        Where, shape (n,).
    position
        That of V, not of the maximum, in the unit of `x`.
    widths
        Full widths at half maximum of the Gaussian and the Lorentzian part.
    length
        Mean length of the tail; a negative one is a tail towards high x.
    share
        s, the fraction that is smeared, 0 to 1.

    Returns
    -------
    numpy.ndarray
        Shape (n,), per unit of `x`.

    Source: definition: a convolution with an exponential.
    """
    if share == 0.0 or length == 0.0:
        return voigt(x, position, *widths)
    smear = tail_smear(length, share)
    return np.asarray(voigt(x[:, None] - smear.moves, position, *widths) @ smear.weights)


def tail_smear(length: float, share: float) -> Smear:
    """The smear of a tail as in `tailed_voigt`, with its derivatives by ``tail`` (the length) and ``tail_share``.

    Parameters
    ----------
    length, share
        Mean length of the tail, in the unit of the axis, and the fraction that is smeared.

    Returns
    -------
    Smear
        Moves (unit of the axis) and weights.

    Source: definition: an exponential by quadrature.
    """
    t, weight = _decay()
    t, kept = np.concatenate([[0.0], t]), np.concatenate([[1.0], np.zeros(len(t))])
    tail = np.concatenate([[0.0], weight])
    none = np.zeros(len(t))
    return Smear(
        moves=-length * t,
        weights=(1.0 - share) * kept + share * tail,
        slopes={"tail": (-t, none), "tail_share": (none, tail - kept)},
    )


@functools.cache
def _nodes() -> tuple[Array, Array, Array, Array]:
    """Nodes and weights of an integral over 0 to 1, and of one over a normal distribution."""
    node, weight = np.polynomial.legendre.leggauss(56)
    normal, share = np.polynomial.hermite_e.hermegauss(5)
    return 0.5 * (node + 1.0), 0.5 * weight, normal, share / share.sum()


def confined_voigt(x: Array, position: float, widths: tuple[float, float], sizes: tuple[float, float]) -> Array:
    """Line of unit area of phonons that are confined to crystals of silicon, behind an instrument.

    The sum over q of Voigt profiles at w(q) (`phonon_confinement.dispersion`), weighted by exp(-t^2) t^2 with t = q D
    / (2 a), mean over a lognormal distribution of D by volume.

    Parameters
    ----------
    x
        Raman shifts (1/cm), shape (n,).
    position
        That of the line of large crystals (1/cm).
    widths
        FWHM (1/cm) of the Gaussian (instrument) and of the Lorentzian part.
    sizes
        1/D (1/nm) of the median, and the standard deviation of ln D.

    Returns
    -------
    numpy.ndarray
        Per 1/cm, shape (n,).

    Source: I. H. Campbell and P. M. Fauchet, Solid State Commun. 58 (1986) 739, for the weight of each q.
    """
    moved, weight = _confined(*sizes)
    return np.asarray(voigt(x[:, None] - moved, position, *widths) @ weight)


def confined_smear(inverse_size: float, scatter: float) -> Smear:
    """The smear of `confined_voigt`, with its derivatives by ``inverse_size`` and ``size_spread``.

    Parameters
    ----------
    inverse_size, scatter
        1/D (1/nm) of the median, and the standard deviation of ln D.

    Returns
    -------
    Smear
        Moves (1/cm) and weights.

    Source: as `confined_voigt`; derivatives by central differences.
    """
    moved, weight = _confined(inverse_size, scatter)
    slopes = {}
    for name, step in (("inverse_size", (1e-5 * inverse_size, 0.0)), ("size_spread", (0.0, 1e-5))):
        up, down = (_confined(inverse_size + sign * step[0], scatter + sign * step[1]) for sign in (1.0, -1.0))
        slopes[name] = ((up[0] - down[0]) / (2.0 * sum(step)), (up[1] - down[1]) / (2.0 * sum(step)))
    return Smear(moves=moved, weights=weight, slopes=slopes)


def _confined(inverse_size: float, scatter: float) -> tuple[Array, Array]:
    """Moves and weights of the line of confined phonons, shapes (56,); the weights add up to one."""
    node, weight, normal, share = _nodes()
    t = 3.3 * np.exp(1.5 * scatter) * node  # beyond 3.3 1e-4 is left
    grown = np.exp(scatter * normal)[:, None]
    of_q = weight * (share @ (np.exp(-((t * grown) ** 2)) * t**2 * grown**3))
    q = np.minimum(2.0 * LATTICE_NM * inverse_size * t, 1.0)
    return dispersion(q) - dispersion(np.zeros(1)), of_q / of_q.sum()


def voigt_width(gauss_width: float, lorentz_width: float) -> float:
    """Full width at half maximum of a Voigt profile, 0.5346 L + sqrt(0.2166 L^2 + G^2), to 0.02 %.

    Parameters
    ----------
    gauss_width, lorentz_width
        G and L, full widths at half maximum, in one unit.

    Returns
    -------
    float
        In the same unit.

    Source: J. J. Olivero and R. L. Longbothum, J. Quant. Spectrosc. Radiat. Transf. 17 (1977) 233.
    """
    return float(0.5346 * lorentz_width + np.sqrt(0.2166 * lorentz_width**2 + gauss_width**2))

"""A Voigt profile that stands at many places with weights, and its derivatives by all parameters at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.faddeeva import faddeeva

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_GAUSS = 2.0 * np.sqrt(2.0 * np.log(2.0))  # FWHM / sigma
_NO_WIDTH = 1e-9  # of the Gaussian part, below which the profile is a Lorentzian


@dataclass(frozen=True, kw_only=True, eq=False)
class Smear:
    """How far a profile is moved, shape (m,), and with which weight each, shape (m,).

    `slopes` are the derivatives of moves and weights by the parameters of the smear, both of shape (m,).
    """

    moves: Array
    weights: Array
    slopes: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)


UNSMEARED = Smear(moves=np.zeros(1), weights=np.ones(1))


def smeared_voigt(
    x: Array, position: float, widths: tuple[float, float], smear: Smear
) -> tuple[Array, dict[str, Array]]:
    """Sum of Voigt profiles, sum_k c_k V(x - x0 - m_k), and its derivatives.

    V(u) = Re w(z) / (sigma sqrt(2 pi)) with z = (u + i gamma) / (sigma sqrt 2); the derivatives come from
    w' = -2 z w + 2 i / sqrt(pi), which costs no further value of w (DLMF 7.10).

    Parameters
    ----------
    x
        Where, shape (n,).
    position, widths
        x0, and the full widths at half maximum of the Gaussian and the Lorentzian part, in the unit of `x`.
    smear
        Moves m_k and weights c_k.

    Returns
    -------
    tuple
        The sum, shape (n,), and its derivatives by ``position``, ``gauss``, ``lorentz`` and the parameters of the
        smear, each of shape (n,).

    Source: DLMF 7.10 and 7.19, https://dlmf.nist.gov/7.19.
    """
    u = x[:, None] - (position + smear.moves)
    wide = widths[0] > _NO_WIDTH
    height, by_place, by_gauss, by_lorentz = _voigt(u, *widths) if wide else _lorentz(u, max(widths[1], _NO_WIDTH))
    slopes = {
        "position": -(by_place @ smear.weights),
        "gauss": by_gauss @ smear.weights,
        "lorentz": by_lorentz @ smear.weights,
    }
    for name, (moved, weighed) in smear.slopes.items():
        slopes[name] = height @ weighed - by_place @ (smear.weights * moved)
    return height @ smear.weights, slopes


def voigt_values(u: Array, gauss_width: float, lorentz_width: float) -> Array:
    r"""The Voigt profile at distances from its centre, :math:`V(u) = \Re w(z)/(\sigma\sqrt{2\pi})`.

    Parameters
    ----------
    u
        Distances, any shape.
    gauss_width, lorentz_width
        Full widths at half maximum, in the unit of `u`; the Gaussian one is above 0.

    Returns
    -------
    numpy.ndarray
        Per unit of `u`, in the shape of `u`.

    Source: DLMF 7.19, https://dlmf.nist.gov/7.19.
    """
    sigma = gauss_width / _GAUSS
    z = (u + 0.5j * lorentz_width) / (sigma * np.sqrt(2.0))
    return np.asarray(np.real(faddeeva(z)) / (sigma * np.sqrt(2.0 * np.pi)))


def _voigt(u: Array, gauss_width: float, lorentz_width: float) -> tuple[Array, Array, Array, Array]:
    """The profile and its derivatives by u and by both widths."""
    sigma = gauss_width / _GAUSS
    per, norm = 1.0 / (sigma * np.sqrt(2.0)), 1.0 / (sigma * np.sqrt(2.0 * np.pi))
    z = (u + 0.5j * lorentz_width) * per
    w = faddeeva(z)
    slope = -2.0 * z * w + 2.0j / np.sqrt(np.pi)
    height = norm * w.real
    by_gauss = -(height + norm * (slope.real * z.real - slope.imag * z.imag)) / gauss_width
    return height, norm * per * slope.real, by_gauss, -0.5 * norm * per * slope.imag


def _lorentz(u: Array, width: float) -> tuple[Array, Array, Array, Array]:
    """The profile without a Gaussian part; its derivative by the width of that is zero."""
    half = 0.5 * width
    below = u**2 + half**2
    height = half / np.pi / below
    by_width = 0.5 * (1.0 / np.pi - 2.0 * half * height) / below
    return height, -2.0 * u * height / below, np.zeros_like(u), by_width

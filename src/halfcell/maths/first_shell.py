"""Fit of the first shell: one scattering path to chi(R), with uncertainties based on the number of independent points.

The path and the uncertainties follow the EXAFS equation as Feff and ifeffit use it: S. I. Zabinsky et al., Phys. Rev. B
52 (1995) 2995; M. Newville, Rev. Mineral. Geochem. 78 (2014) 33.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.exafs import K_PER_E
from halfcell.maths.exafs_transform import POINTS, STEP, noise_of, transform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.floating]

_SMALLEST_Q = 1e-3  # 1/angstrom, where chi is divided by q; far below the range of any fit
_FITTED = 4  # parameters: amplitude, shift of E0, bond length and spread


@dataclass(frozen=True, kw_only=True)
class ScatteringPath:
    """A scattering path: amplitude, phase, mean free path and real momentum over k; half path length and degeneracy."""

    k: tuple[float, ...]
    amplitude: tuple[float, ...]
    phase: tuple[float, ...]
    free_path: tuple[float, ...]
    momentum: tuple[float, ...]
    half_length: float
    degeneracy: float


@dataclass(frozen=True, kw_only=True, eq=False)
class ShellFit:
    """A fitted shell.

    `values` are the amplitude N S0^2, the shift of E0 (eV), the bond length (angstrom) and the mean-square spread
    (angstrom^2), `stds` their standard uncertainties.
    """

    values: tuple[float, float, float, float]
    stds: tuple[float, float, float, float]
    r_factor: float
    independent: float
    magnitude: Array
    converged: bool


def chi_of_path(k: Array, path: ScatteringPath, values: Array) -> Array:
    """chi(k) of one path.

    chi = A F / (q (R + dR)^2) Im exp(-2 R Im p - 2 p^2 s2 + i (2 q R + phi + 2 p (dR - 2 s2 / R))), with q^2 = k^2 -
    c dE0, p = real p + i / lambda, c = 2 m / hbar^2.

    Parameters
    ----------
    k
        Photoelectron wave numbers (1/angstrom), shape (n,).
    path
        The path: F, phi, lambda (angstrom) and real p (1/angstrom) as functions of k, and R (angstrom).
    values
        A = N S0^2, dE0 (eV), dR (angstrom) and s2 (angstrom^2), shape (4,).

    Returns
    -------
    numpy.ndarray
        Without a unit, shape (n,).

    Source: S. I. Zabinsky et al., Phys. Rev. B 52 (1995) 2995; M. Newville, Rev. Mineral. Geochem. 78 (2014) 33.
    """
    amplitude, shift, longer, spread = values
    energy = k**2 - K_PER_E * shift
    q = np.sign(energy) * np.sqrt(np.abs(energy))
    q = np.where(np.abs(q) < _SMALLEST_Q, 1e-3, q)
    at = np.clip(q, path.k[0], path.k[-1])
    factor, phase = np.interp(at, path.k, path.amplitude), np.interp(at, path.k, path.phase)
    p = np.interp(at, path.k, path.momentum) + 1j / np.interp(at, path.k, path.free_path)
    r = path.half_length
    exponent = -2 * r * p.imag - 2 * p**2 * spread + 1j * (2 * q * r + phase + 2 * p * (longer - 2 * spread / r))
    return np.asarray((amplitude * factor / (q * (r + longer) ** 2) * np.exp(exponent)).imag)


def fit_shell(
    chi: Array,
    path: ScatteringPath,
    weights: Sequence[int],
    k_range: tuple[float, float],
    sill: float,
    r_range: tuple[float, float],
) -> ShellFit:
    """Fit A, dE0, dR and s2 to chi(R) within `r_range`, of one or several weights of k together.

    The residuals are scaled by the noise of chi(R) between 15 and 25 angstrom and by the number of independent points
    N = 2 dk dR / pi + 1, which several weights do not raise. `magnitude` and the R-factor are those of the first
    weight. The uncertainties are those by the noise, or by what the misfit does to the parameters (`_by_misfit`),
    whichever is more.

    Parameters
    ----------
    chi
        chi(k) on the grid of 0.05 1/angstrom from k = 0 on, shape (n,).
    path
        The scattering path.
    weights
        Powers of k.
    k_range, sill
        Of the window of the transform (1/angstrom).
    r_range
        Between which R (angstrom, without correction for the phase shift) it is fitted.

    Returns
    -------
    ShellFit
        N S0^2, dE0 (eV), bond length (angstrom) and mean-square spread (angstrom^2) with their uncertainties.

    Raises
    ------
    ValueError
        If the ranges hold no more independent points than the four parameters.

    Source: M. Newville, Rev. Mineral. Geochem. 78 (2014) 33.
    """
    from scipy.optimize import least_squares

    independent = _independent_points(k_range, r_range)
    k = STEP * np.arange(len(chi))
    measured = [transform(chi, weight, k_range, sill) for weight in weights]
    r, data = measured[0]
    inside = (r >= r_range[0]) & (r <= r_range[1])
    share = np.sqrt(independent / (2 * inside.sum() * len(weights)))
    scales = [share / (noise_of(r, one) or 1e-12) for _, one in measured]

    def left(values: Array) -> Array:
        calculated = [transform(chi_of_path(k, path, values), weight, k_range, sill)[1] for weight in weights]
        rest = [(one - other)[inside] * s for (_, one), other, s in zip(measured, calculated, scales, strict=True)]
        return np.concatenate([np.real(rest).ravel(), np.imag(rest).ravel()])

    found = least_squares(left, [path.degeneracy * 0.9, 0.0, 0.0, 0.005], x_scale=[1.0, 1.0, 0.01, 0.001])
    model = transform(chi_of_path(k, path, found.x), weights[0], k_range, sill)[1]
    mismatch = np.sum(np.abs((data - model)[inside]) ** 2) / np.sum(np.abs(data[inside]) ** 2)
    stds = _uncertainties(found.jac, found.fun, (2, len(weights), int(inside.sum())), independent)
    amplitude, shift, longer, spread = map(float, found.x)
    return ShellFit(
        values=(amplitude, shift, path.half_length + longer, spread),
        stds=stds,
        r_factor=float(mismatch),
        independent=independent,
        magnitude=np.abs(model)[: POINTS // 2],
        converged=bool(found.success),
    )


def _independent_points(k_range: tuple[float, float], r_range: tuple[float, float]) -> float:
    """N = 2 dk dR / pi + 1, if it is more than the four parameters."""
    independent = 2.0 * (k_range[1] - k_range[0]) * (r_range[1] - r_range[0]) / np.pi + 1.0
    if independent <= _FITTED:
        raise ValueError(f"{independent:.1f} independent points for four parameters: widen k_range or r_range")
    return float(independent)


def _uncertainties(
    jacobian: Array, residual: Array, blocks: tuple[int, int, int], independent: float
) -> tuple[float, float, float, float]:
    """Standard uncertainties of the four parameters: by the noise of chi(R), or by the misfit where that is more."""
    width = blocks[2] / (independent - 1.0)  # an independent point, in values of R
    misfit = _by_misfit(jacobian, residual, blocks, width) * independent / (independent - 4.0)
    noise = np.linalg.pinv(jacobian.T @ jacobian)
    amplitude, shift, longer, spread = map(float, np.sqrt(np.maximum(np.diag(noise), np.diag(misfit))))
    return amplitude, shift, longer, spread


def _by_misfit(jacobian: Array, residual: Array, blocks: tuple[int, int, int], width: float) -> Array:
    """Covariance H^-1 M H^-1 of the parameters, H = J^T J, by the misfit as it lies in R.

    M is the sum of products of the gradients J^T e at two values of R with Bartlett's weights, which fall to zero over
    an independent point. The misfit of a first shell is mostly the rim of the next one and what is left of the
    background: it does not move the parameters as noise of that size would, for which H^-1 times the reduced chi^2
    takes it; that is two to three times too much.

    Sources: H. White, Econometrica 48 (1980) 817; W. K. Newey and K. D. West, Econometrica 55 (1987) 703.

    Parameters
    ----------
    jacobian, residual
        Shapes (m, 4) and (m,) with m the product of `blocks`: real and imaginary parts, weights, values of R.
    width
        Length of an independent point in values of R.
    """
    scores = np.einsum("awrp,awr->rp", jacobian.reshape(*blocks, -1), residual.reshape(blocks))
    place = np.arange(blocks[2])
    near = np.maximum(1.0 - np.abs(place[:, None] - place) / max(width, 1.0), 0.0)
    inverse = np.linalg.pinv(jacobian.T @ jacobian)
    return np.asarray(inverse @ scores.T @ near @ scores @ inverse)

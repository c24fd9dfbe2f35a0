"""Background of EXAFS: the spline that leaves the least of chi(R) below a distance (AUTOBK).

The problem is linear in the coefficients of the spline and is solved as such; only the weights of the clamps at the
ends depend on the residual, so the solution is repeated a few times with new weights.

Source: M. Newville et al., Phys. Rev. B 47 (1993) 14126.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.exafs import K_PER_E, Normalised
from halfcell.maths.exafs_transform import POINTS, STEP, window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

_CLAMPED = 3  # points of chi at the end that the clamp holds
_ORDER = 3  # cubic splines, as AUTOBK (Newville 1993)
_PASSES = 4  # rounds of weights of the robust background, by trial
_FEWEST = 20  # points above the edge: a spline of five knots with some to spare


@dataclass(frozen=True, kw_only=True)
class Background:
    """k (1/angstrom) on an even grid, and chi(k) with the background removed."""

    k: Array
    chi: Array


def background(
    energy: Array,
    mu: Array,
    normal: Normalised,
    *,
    rbkg: float = 1.0,
    k_range: tuple[float, float | None] = (0.0, None),
) -> Background:
    """chi(k) = (mu - mu0) / step, with mu0 the spline that leaves the least of chi(R) below a distance (AUTOBK).

    Parameters
    ----------
    energy, mu
        Energies (eV, ascending) and absorption (any unit), shape (n,).
    normal
        The normalisation of the scan.
    rbkg
        The distance (angstrom).
    k_range
        Between which k (1/angstrom) the spline is fitted; to the end of the scan where the second is None.

    Returns
    -------
    Background
        k (1/angstrom) on the even grid, and chi(k).

    Raises
    ------
    ValueError
        If fewer than 20 points lie above E0.

    Source: M. Newville, P. Livins, Y. Yacoby, J. J. Rehr, E. A. Stern, Phys. Rev. B 47 (1993) 14126.
    """
    from scipy.interpolate import BSpline, CubicSpline

    start = max(int(np.searchsorted(energy, normal.e0, side="right")) - 1, 0)
    above, signal = energy[start:] - normal.e0, mu[start:]
    if len(above) < _FEWEST:
        raise ValueError("too few points above the edge")
    k_raw = np.sign(above) * np.sqrt(K_PER_E * np.abs(above))
    top = min(float(k_raw.max()), k_range[1] or np.inf)
    knots = _knots(k_raw, top, k_range[0], rbkg)
    grid = STEP * np.arange(int(1.01 + top / STEP))
    basis_raw = BSpline.design_matrix(k_raw, knots, _ORDER, extrapolate=True).toarray()
    to_grid = [CubicSpline(k_raw, column)(grid) for column in (signal, *basis_raw.T)]
    coefficients = _solve(np.array(to_grid), grid, (k_range[0], top), rbkg)
    chi = (to_grid[0] - np.array(to_grid[1:]).T @ coefficients) / normal.step
    return Background(k=grid, chi=chi)


def _independent(k_span: float, rbkg: float) -> int:
    """Number of independent values of the background: 1 + 2 R dk / pi (Nyquist)."""
    return 1 + int(2 * rbkg * k_span / np.pi)


def _knots(k_raw: Array, top: float, low: float, rbkg: float) -> Array:
    """Knots of the cubic spline: those of a spline that interpolates the data points nearest to an even spacing.

    Such a spline has no knot at its second and its second-to-last point.
    """
    even = np.linspace(low, top, max(5, min(128, _independent(top - low, rbkg))))
    values = np.array([k_raw[int(np.argmin(np.abs(k_raw - q)))] for q in even])
    return np.concatenate([[values[0]] * 4, values[2:-2], [values[-1]] * 4])


def _solve(columns: Array, grid: Array, k_range: tuple[float, float], rbkg: float) -> Array:
    """Coefficients of mu0: least squares of chi(R) below rbkg, with a clamp on the end of chi(k).

    The clamp's weight is 0.1 + 10 times the mean square of what is left below rbkg, as in larch; it is updated in a few
    passes.
    """
    span = k_range[1] - k_range[0]
    keep = int(1 + (_independent(span, rbkg) - 1) * STEP * POINTS / (2 * span))
    shaped = columns * grid * window(grid, *k_range, 0.1)
    spectra = np.fft.fft(shaped, POINTS, axis=1)[:, :keep] * (STEP / np.sqrt(np.pi))
    rows = np.concatenate([spectra.real, spectra.imag], axis=1)
    ends = columns[:, -_CLAMPED:]
    coefficients = np.linalg.lstsq(rows[1:].T, rows[0], rcond=None)[0]
    for _ in range(_PASSES):
        left = rows[0] - coefficients @ rows[1:]
        system = np.concatenate([rows, (0.1 + 10.0 * float(np.mean(left**2))) * ends], axis=1)
        coefficients = np.linalg.lstsq(system[1:].T, system[0], rcond=None)[0]
    return np.asarray(coefficients)

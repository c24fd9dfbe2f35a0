"""Fits of single powder lines: a pseudo-Voigt function for each emission line on a straight background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.variable_projection import solve

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.maths.powder.reciprocal_grid import Radiation

    Array = NDArray[np.float64]

_AROUND = 4  # times the reach: the stretch whose tenth percentile is the background


@dataclass(frozen=True, kw_only=True, eq=False)
class Peak:
    """A fitted line: position of its first wavelength, FWHM (degrees), Lorentzian share, height (counts) and its noise.

    `covariance` is that of position, width and share; `chi2` is reduced; `x` are the angles of the window.
    """

    position: float
    width: float
    eta: float
    height: float
    height_std: float
    covariance: Array
    chi2: float
    x: Array


@dataclass(frozen=True, eq=False)
class _Doublet:
    x: Array
    radiation: Radiation
    start: Array
    low: Array
    high: Array
    prior: Array
    prior_std: Array

    def evaluate(self, p: Array) -> tuple[Array, Callable[[Array], Array]]:
        value, by_position, by_log_width, by_eta = doublet(self.x, p[0], float(np.exp(p[1])), p[2], self.radiation)
        line = (self.x - self.x[0]) / (self.x[-1] - self.x[0])
        phi = np.stack([value, np.ones_like(line), line], axis=1)
        return phi, lambda c: c[0] * np.stack([by_position, by_log_width, by_eta], axis=1)

    def restraint(self) -> Array:
        return np.zeros((0, 3))


def doublet(
    x: Array, position: float, width: float, eta: float, radiation: Radiation
) -> tuple[Array, Array, Array, Array]:
    """Pseudo-Voigt functions, that of the first emission line of unit height, and their derivatives.

    eta / (1 + z^2) + (1 - eta) exp(-ln 2 z^2), z = 2 (x - position) / width; each further emission line is at the
    angle of its wavelength, with the same width and its share of the intensity.

    Parameters
    ----------
    x
        Angles (degrees), shape (n,).
    position, width, eta
        Angle and FWHM of the first line (degrees), and Lorentzian share.
    radiation
        Emission lines.

    Returns
    -------
    value, by_position, by_log_width, by_eta
        The sum of all lines and its derivatives by position, ln(width) and eta, shape (n,) each.

    Source: G. K. Wertheim et al., Rev. Sci. Instrum. 45 (1974) 1369, for the pseudo-Voigt function.
    """
    total = [np.zeros_like(x) for _ in range(4)]
    half = np.radians(position) / 2
    for wave, share in radiation.lines:
        relative = share / radiation.lines[0][1]
        sine = min(float(np.sin(half)) * wave / radiation.first, 0.999999)
        place, follow = 2 * np.degrees(np.arcsin(sine)), wave / radiation.first * np.cos(half) / np.sqrt(1 - sine**2)
        z = 2 * (x - place) / width
        lorentz, gauss = 1 / (1 + z**2), np.exp(-np.log(2) * z**2)
        slope = -2 * z * (eta * lorentz**2 + np.log(2) * (1 - eta) * gauss)
        parts = (eta * lorentz + (1 - eta) * gauss, -2 * follow / width * slope, -z * slope, lorentz - gauss)
        total = [t + relative * part for t, part in zip(total, parts, strict=True)]
    return total[0], total[1], total[2], total[3]


def fit_peak(x: Array, counts: Array, variance: Array, guess: tuple[float, float], radiation: Radiation) -> Peak:
    """Fit one line in a window: pseudo-Voigt functions (`doublet`) on a straight background, by least squares.

    Parameters
    ----------
    x, counts, variance
        The window: angles (degrees), counts and their variances, shape (n,).
    guess
        Position and FWHM to start from, degrees.
    radiation
        Emission lines.

    Returns
    -------
    Peak
        Position and FWHM (degrees), Lorentzian share, height (counts) and their covariance.

    Raises
    ------
    Refused
        If the window does not determine the line.

    Source: G. H. Golub, V. Pereyra, SIAM J. Numer. Anal. 10 (1973) 413, for the solution (`variable_projection`).
    """
    start = np.array([guess[0], np.log(guess[1]), 0.5])
    narrow = np.log(0.7 * (x[-1] - x[0]) / (len(x) - 1))
    problem = _Doublet(
        x=x,
        radiation=radiation,
        start=start,
        low=np.array([guess[0] - 1.5, narrow, 0.0]),
        high=np.array([guess[0] + 1.5, np.log(x[-1] - x[0]), 1.0]),
        prior=start,
        prior_std=np.full(3, np.inf),
    )
    found = solve(problem, counts, variance, limit=60)
    width = float(np.exp(found.p[1]))
    scale = np.diag([1.0, width, 1.0])
    chi2 = found.chi2 / found.dof
    covariance = found.covariance * max(chi2, 1.0)
    return Peak(
        position=float(found.p[0]),
        width=width,
        eta=float(found.p[2]),
        height=float(found.c[0]),
        height_std=float(np.sqrt(covariance[3, 3])),
        covariance=scale @ covariance[:3, :3] @ scale,
        chi2=chi2,
        x=x,
    )


def half_height(x: Array, counts: Array, near: float, reach: float = 1.5) -> tuple[float, float]:
    """Position of the highest point near an angle and the width of the line at half its height, from the data alone.

    Parameters
    ----------
    x, counts
        Angles (degrees, even) and counts, shape (n,); they are averaged over seven points.
    near, reach
        The angle, and how far from it the point is looked for (degrees).

    Returns
    -------
    tuple of float
        Angle and width (degrees); half the height is that above the tenth percentile of the counts around it.

    Source: definition.
    """
    inside = np.abs(x - near) < reach
    smooth = np.convolve(np.pad(counts, 3, mode="edge"), np.full(7, 1 / 7), mode="valid")
    top = int(np.argmax(np.where(inside, smooth, -np.inf)))
    window = np.abs(x - x[top]) < _AROUND * reach
    level = (smooth[top] + np.percentile(smooth[window], 10)) / 2
    left, right = top, top
    while left > 0 and smooth[left] > level:
        left -= 1
    while right < len(x) - 1 and smooth[right] > level:
        right += 1
    return float(x[top]), max(float(x[right] - x[left]), 2 * float(x[1] - x[0]))

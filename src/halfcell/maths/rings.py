"""Rings of a radial profile: single ones, and all rings of a phase by one scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.radial_profile import Profile

    Array = NDArray[np.float64]

_LEAST_HEIGHT = 6.0  # standard errors above the background at which a ring is taken for one
_LEAST_PART = 0.01  # of the highest ring
_KNOTS = (8, 10, 12)  # of the background below the rings of a phase: how the scale depends on it is in its error
_FEWEST = 6  # points: a Gaussian and a line have five parameters


@dataclass(frozen=True, kw_only=True)
class Ring:
    """A ring: radius and its standard error (px), width (standard deviation, px), and height over the background."""

    radius: float
    error: float
    width: float
    height: float


def rings_of(profile: Profile) -> tuple[Ring, ...]:
    """The rings of a profile, each a Gaussian over a straight line, fitted around a maximum.

    :math:`I(r) = h e^{-(r - r_0)^2/(2 s^2)} + a + b r` is fitted around each maximum that stands out of the noise, of
    the strongest one, and of its own surroundings.

    Parameters
    ----------
    profile
        Intensity over radius (px).

    Returns
    -------
    tuple of Ring
        By growing radius (px), with errors.

    Source: procedure of this package, by least squares.
    """
    net = profile.intensity - profile.background
    smooth = np.convolve(np.pad(net, 1, mode="edge"), (0.25, 0.5, 0.25), mode="valid")
    least = np.maximum(_LEAST_HEIGHT * profile.error, _LEAST_PART * smooth.max())
    places = [place for place in _maxima(smooth) if smooth[place] > least[place] and _prominent(smooth, place, least)]
    found = [_fitted_ring(profile, place, _half_width(smooth, place)) for place in places]
    return tuple(ring for ring in found if ring is not None)


def _maxima(net: Array) -> list[int]:
    """Places that are higher than both neighbours."""
    return [int(n) for n in np.flatnonzero((net[1:-1] > net[:-2]) & (net[1:-1] >= net[2:])) + 1]


def _prominent(net: Array, place: int, least: Array) -> bool:
    """Whether the way to any higher place leads down by at least half of what a ring needs."""
    needed = net[place] - 0.5 * least[place]
    for side in (net[:place][::-1], net[place + 1 :]):
        higher = np.flatnonzero(side > net[place])
        until = side[: int(higher[0])] if len(higher) else side
        if not len(until) or until.min() > needed:
            return False
    return True


def _half_width(net: Array, place: int) -> float:
    """Standard deviation (px) from where a peak falls to half its height, the nearer side."""
    half = 0.5 * net[place]
    left = next((place - n for n in range(place, -1, -1) if net[n] < half), place)
    right = next((n - place for n in range(place, len(net)) if net[n] < half), place)
    return max(min(left, right), 1) / 1.177


def _fitted_ring(profile: Profile, place: int, width: float) -> Ring | None:
    from scipy.optimize import curve_fit

    half = int(np.ceil(2.5 * width)) + 1
    part = slice(max(place - half, 0), place + half + 1)
    x, y, error = profile.radius[part], profile.intensity[part], profile.error[part]
    if len(x) < _FEWEST:
        return None
    centre = float(profile.radius[place])
    level = float(profile.background[place])
    start = (centre, width, float(profile.intensity[place]) - level, level, 0.0)
    low = (centre - half, 0.5, 0.0, -np.inf, -np.inf)
    high = (centre + half, 3.0 * half, np.inf, np.inf, np.inf)
    try:
        values, covariance = curve_fit(_bell, x, y, p0=start, sigma=error, absolute_sigma=True, bounds=(low, high))
    except (RuntimeError, ValueError):  # it does not settle: no ring
        return None
    misfit = float(np.sum(((y - _bell(x, *values)) / error) ** 2) / max(len(x) - 5, 1))
    radius_error = float(np.sqrt(covariance[0, 0] * max(misfit, 1.0)))
    return Ring(radius=float(values[0]), error=radius_error, width=float(values[1]), height=float(values[2]))


def _bell(x: Array, centre: float, width: float, height: float, level: float, slope: float) -> Array:
    return np.asarray(height * np.exp(-0.5 * ((x - centre) / width) ** 2) + level + slope * (x - centre))


def joint_scale(profile: Profile, inverse_spacings: Array, start: float) -> tuple[float, float, Array]:
    """One scale for all rings of a phase: rings at known 1/d, with free heights above 0, over a smooth curve.

    A ring lies at the radius r = (1/d)/scale. The fit is repeated with smooth curves of different numbers of knots; the
    scale is the middle one, and the spread of the scales is part of its error.

    Parameters
    ----------
    profile
        Intensity over radius (px).
    inverse_spacings
        1/d (1/nm) of the lines of the phase that lie in the profile, shape (lines,).
    start
        Scale (1/nm per px) near the true one.

    Returns
    -------
    tuple
        Scale (1/nm per px), its standard error (of the fit with its misfit, and of the background), and the fitted
        profile, shape (n,).

    Source: procedure of this package, by least squares; 1/d is proportional to the radius (Bragg's law at small
    angles).
    """
    found = [_joint_fit(profile, inverse_spacings, start, knots) for knots in _KNOTS]
    scales = np.array([scale for scale, _, _ in found])
    middle = sorted(found, key=lambda one: one[0])[len(found) // 2]
    return middle[0], float(np.hypot(middle[1], scales.std(ddof=1))), middle[2]


def _joint_fit(profile: Profile, inverse_spacings: Array, start: float, knots: int) -> tuple[float, float, Array]:
    """The same with one number of knots."""
    from scipy.optimize import least_squares

    def fit(parameters: Array) -> tuple[Array, Array]:
        scale, width, growth = start * np.exp(parameters[0]), np.exp(parameters[1]), np.exp(parameters[2])
        radii = inverse_spacings / scale
        curve = _rings_over_curve(profile, radii, width + 0.01 * growth * radii, knots)
        return curve, (profile.intensity - curve) / profile.error

    first = max(1.5, 0.012 * float(np.mean(inverse_spacings)) / start)
    solution = least_squares(lambda p: fit(p)[1], (0.0, np.log(first), -2.0), x_scale=(1e-3, 0.1, 1.0), max_nfev=40)
    curve, residual = fit(solution.x)
    misfit = float(np.sum(residual**2)) / max(len(residual) - len(inverse_spacings) - 3, 1)
    normal = solution.jac.T @ solution.jac
    error = float(np.sqrt(np.linalg.pinv(normal)[0, 0] * max(misfit, 1.0)))
    scale = float(start * np.exp(solution.x[0]))
    return scale, scale * error, curve


def _rings_over_curve(profile: Profile, radii: Array, widths: Array, number: int) -> Array:
    """The best curve of rings with heights of at least 0 over a background of splines."""
    from scipy.interpolate import BSpline
    from scipy.optimize import nnls

    x = profile.radius
    bells = np.exp(-0.5 * ((x[:, None] - radii[None, :]) / widths[None, :]) ** 2)
    knots = np.concatenate([[x[0]] * 3, np.geomspace(x[0], x[-1], number), [x[-1]] * 3])
    basis = BSpline.design_matrix(np.clip(x, x[0], x[-1]), knots, 3).toarray()
    parts = np.column_stack([bells, basis, -basis]) / profile.error[:, None]
    heights = nnls(parts, profile.intensity / profile.error, maxiter=50 * parts.shape[1])[0]
    return np.asarray(np.column_stack([bells, basis, -basis]) @ heights)

r"""Growth of an oxide in a heating: the mass that its host would have without it, from the part that is seen.

.. math:: m(T) = m_0\,(1 + g\,\alpha(u)), \quad u = A \int e^{-E/RT}\,dT

with g the mass gained per mass of the host and the conversion by a law: constant rate (u), first order
:math:`1-e^{-u}`, a shrinking sphere :math:`1-(1-u)^3`, a film through which something diffuses, on a plane
(:math:`u^{1/2}`) or a sphere (:math:`1-(1-u^{1/2})^3`), one that limits itself more (:math:`u^{1/3}`), and spheres of
many sizes.

References
----------
B. E. Deal, A. S. Grove, J. Appl. Phys. 36 (1965) 3770 (linear and parabolic growth on silicon); A. Khawam, D. R.
Flanagan, J. Phys. Chem. B 110 (2006) 17315 (laws of reactions of solids).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_R = 8.314462618e-3  # kJ/(mol K) (CODATA 2018)
_FEWEST_INTEGRATED = 400  # points of the heating over which the rate is integrated: some 2 K apart
_MOST_POINTS = 60  # of the rise that are fitted: its course is smooth
_ENERGIES = (150.0, 280.0, 90.0)  # kJ/mol, where fits start, until one describes the rise
_FITS = 2e-3  # of the rise: the misfit of a fit that needs no other start
_EXACT = 1e-5  # relative: the least change of misfit and parameters, far below what laws differ by
_LARGEST = 700.0  # kJ/mol, chosen: a bound of the fit far above energies of growth
_SPREAD = np.linspace(-2.0, 2.0, 9)  # standard deviations of the logarithm of the size
_WIDTHS = (1.4, 1.8, 2.3)  # geometric standard deviations of sizes
_WEIGHTS = np.exp(-0.5 * _SPREAD**2) / np.exp(-0.5 * _SPREAD**2).sum()  # of the sizes, by volume


def _capped(u: Array) -> Array:
    return np.clip(u, 0.0, 1.0)


def _sphere(u: Array) -> Array:
    return np.asarray(1.0 - (1.0 - _capped(u)) ** 3)


def _film(u: Array) -> Array:
    return _sphere(np.sqrt(_capped(u)))


def _over_sizes(law: Callable[[Array], Array], power: float, width: float) -> Callable[[Array], Array]:
    """The law for spheres of many sizes, lognormal by volume: u goes with the size to a power."""
    scales = width ** (-power * _SPREAD)
    return lambda u: np.asarray(_WEIGHTS @ law(scales[:, None] * u))


LAWS: dict[str, Callable[[Array], Array]] = {
    "constant rate": _capped,
    "first order": lambda u: -np.expm1(-u),
    "shrinking sphere": _sphere,
    "film on a plane": lambda u: np.sqrt(_capped(u)),
    "film on a sphere": _film,
    "self-limiting film": lambda u: np.cbrt(_capped(u)),
    **{f"shrinking spheres, {width:g}": _over_sizes(_sphere, 1.0, width) for width in _WIDTHS},
    **{f"film on spheres, {width:g}": _over_sizes(_film, 2.0, width) for width in _WIDTHS},
}


@dataclass(frozen=True, kw_only=True)
class Growth:
    """A fit: the law, the mass without oxide and its standard error, activation energy (kJ/mol), rms misfit."""

    law: str
    bare: float
    bare_std: float
    energy: float
    misfit: float


def growths(kelvin: Array, mass: Array, first: int, gain: float) -> tuple[Growth, ...]:
    r"""Fit every law to the mass, :math:`m = m_0\,(1 + g\,\alpha(u))`; those that describe it come first.

    Parameters
    ----------
    kelvin, mass
        Temperature (K, rising) from the start of the heating, and mass (any unit), shape (n,).
    first
        The record from which on the oxide alone changes the mass.
    gain
        g, mass gained per mass of the host when all of it is oxide.

    Returns
    -------
    tuple of Growth
        By rising misfit: law, mass without oxide and its error (unit of `mass`), activation energy (kJ/mol).

    Source: A. Khawam, D. R. Flanagan, J. Phys. Chem. B 110 (2006) 17315; B. E. Deal, A. S. Grove, J. Appl. Phys. 36
    (1965) 3770.
    """
    thin = max(len(mass) // _FEWEST_INTEGRATED, 1)
    places = np.arange(len(mass))[::-thin][::-1]  # the last point is kept
    start = int(np.searchsorted(places, first))
    step = max((len(places) - start) // _MOST_POINTS, 1)
    used = slice(start, None, step)
    found = [fit for law in LAWS if (fit := _fit(law, kelvin[places], mass[places], used, gain)) is not None]
    return tuple(sorted(found, key=lambda one: one.misfit))


def _fit(law: str, kelvin: Array, mass: Array, used: slice, gain: float) -> Growth | None:
    """One law: the least misfit over energy and prefactor; the bare mass follows from them."""
    from scipy.optimize import least_squares

    y = mass[used]

    def grown(p: Array) -> Array:
        return np.asarray(1.0 + gain * LAWS[law](_progress(kelvin, p)[used]))

    def residual(p: Array) -> Array:
        shape = grown(p)
        return np.asarray(y - float(shape @ y) / float(shape @ shape) * shape)

    tries = []
    for energy in _ENERGIES:
        start = np.array([energy, _prefactor(law, y, gain)])
        bounds = ([5.0, -25.0], [_LARGEST, 6.0])
        tries.append(least_squares(residual, start, x_scale=[20.0, 0.5], bounds=bounds, ftol=_EXACT, xtol=_EXACT))
        if float(np.sqrt(2.0 * tries[-1].cost / len(y))) < _FITS * float(np.ptp(y)):
            break
    best = min(tries, key=lambda one: float(one.cost))
    shape = grown(best.x)
    bare = float(shape @ y) / float(shape @ shape)
    design = np.column_stack([shape, bare * _slopes(grown, best.x)])
    misfit = float(np.sqrt(2.0 * best.cost / max(len(y) - 3, 1)))
    spread = np.linalg.pinv(design.T @ design)[0, 0]
    return Growth(law=law, bare=bare, bare_std=misfit * float(np.sqrt(spread)), energy=float(best.x[0]), misfit=misfit)


def _progress(kelvin: Array, p: Array) -> Array:
    """u over the temperature, for an energy (kJ/mol) and the logarithm of u at the end."""
    exponent = -p[0] / _R * (1.0 / kelvin - 1.0 / kelvin[-1])
    rate = np.exp(exponent)
    area = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * np.diff(kelvin))])
    return np.asarray(np.exp(p[1]) * area / area[-1])


def _prefactor(law: str, mass: Array, gain: float) -> float:
    """Where the fit starts: the logarithm of u whose conversion the mass shows at least."""
    shown = min(max(float(mass[-1] - mass[0]) / (gain * float(mass[0])), 1e-4), 0.9)
    u = np.geomspace(1e-12, 1.0, 400)
    return float(np.log(np.interp(shown, LAWS[law](u), u)))


def _slopes(grown: Callable[[Array], Array], p: Array) -> Array:
    """Derivatives of the grown mass by energy and logarithm of the prefactor."""
    steps = (0.5, 0.01)
    columns = []
    for k, step in enumerate(steps):
        up, down = p.copy(), p.copy()
        up[k], down[k] = up[k] + step, down[k] - step
        columns.append((grown(up) - grown(down)) / (2.0 * step))
    return np.column_stack(columns)

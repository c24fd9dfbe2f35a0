"""EXAFS: edge energy, normalisation, and what an edge step lacks.

The conventions (default ranges, knots, windows, factors) are those of Athena and larch, so that numbers can be
compared: M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

K_PER_E = 0.26246842396479844  # 2 m_e / hbar^2 in 1/(eV angstrom^2) (CODATA 2018)
FALL_POWER = 2.75  # the absorption above a K edge between 5 and 40 keV falls as E^-2.75 +- 0.1 (McMaster, UCRL-50174)
_STEEP = 20.0  # eV around E0, in which the steepest slope is that of the edge
_AROUND = 60.0  # eV on each side of the first guess of the edge: wider than any edge
_PARABOLA = 300  # eV of post-edge from which on it has degree 2 (larch)
_LINE = 30  # eV of post-edge from which on it has degree 1 (larch)
_FEWEST = 2  # points of a pre-edge range: a scatter needs two
_SPARSE = 3  # points within the pre-edge range: a line through fewer points changes the step by several per cent


@dataclass(frozen=True, kw_only=True)
class Normalised:
    """Pre-edge line at each energy, edge step at E0, and the ranges and degree that were used (eV relative to E0)."""

    e0: float
    step: float
    step_std: float
    pre_edge: Array

    pre_range: tuple[float, float]
    post_range: tuple[float, float]
    degree: int
    flat_pre_edge: bool


def edge_energy(energy: Array, mu: Array) -> float:
    """E0: the point at which the smoothed derivative is greatest.

    The derivative is smoothed by a Gaussian of sigma E / 25000 (0.3 eV at the Fe K edge, 1.2 eV at the Sn K edge:
    well below the lifetime widths) on an even grid between the points; the first and the last twentieth are left out.

    Parameters
    ----------
    energy, mu
        Energies (eV, ascending) and absorption (any unit), shape (n,).

    Returns
    -------
    float
        eV, one of the energies of the scan.

    Source: M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007, for the greatest derivative; the width is a choice.
    """
    sigma = float(energy.mean()) / 25000.0
    slope = np.gradient(mu, energy)
    margin = max(len(energy) // 20, 3)
    rough = energy[margin:-margin][int(np.argmax(slope[margin:-margin]))]
    near = np.flatnonzero(np.abs(energy - rough) < _AROUND)
    even = np.arange(energy[near[0]], energy[near[-1]], sigma / 4)
    kernel = np.exp(-0.5 * (np.arange(-16, 17) / 4.0) ** 2)
    padded = np.pad(np.interp(even, energy, slope), 16, mode="edge")
    smooth = np.convolve(padded, kernel / kernel.sum(), mode="valid")
    best = near[int(np.argmax(np.interp(energy[near], even, smooth)))]
    return float(energy[best])


def default_ranges(energy: Array, e0: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges of the pre-edge line and the post-edge polynomial, as larch takes them.

    Pre-edge: from the second point (rounded to 5 eV, not before the first) to half that. Post-edge: from min(25, end
    / 15) to the end (to 5 eV).

    Parameters
    ----------
    energy
        eV, ascending, shape (n,).
    e0
        Energy of the edge (eV).

    Returns
    -------
    pre_edge, post_edge
        Pairs of eV relative to E0.

    Source: M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007.
    """
    first = 5.0 * round((energy[1] - e0) / 5.0)
    pre1 = max(first, float(energy[0] - e0))
    norm2 = min(5.0 * round((energy[-1] - e0) / 5.0), float(energy[-1] - e0))
    norm1 = min(25.0, 5.0 * round(norm2 / 15.0), norm2 - 2.0)
    return (pre1, 0.5 * pre1), (norm1, norm2)


def normalise(
    energy: Array,
    mu: Array,
    e0: float,
    pre_range: tuple[float, float] | None = None,
    post_range: tuple[float, float] | None = None,
) -> Normalised:
    """Edge step from a line before and a polynomial after the edge.

    The polynomial has degree 2, or 1 where its range is below 300 eV, or 0 below 30 eV. Where the pre-edge range has
    fewer than four points a constant is taken: a line through so few points, extrapolated to the edge, changes the
    step by several per cent. The standard uncertainty of the step is the scatter of the residuals of both fits.

    Parameters
    ----------
    energy, mu
        Energies (eV, ascending) and absorption (any unit), shape (n,).
    e0
        Energy of the edge (eV).
    pre_range, post_range
        eV relative to E0; those of `default_ranges` where they are not given.

    Returns
    -------
    Normalised
        The edge step and its uncertainty, in the unit of `mu`, the pre-edge line, and the ranges that were used.

    Raises
    ------
    ValueError
        If a range holds too few points: two before the edge, two more than the degree after it.

    Source: M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007.
    """
    pre_default, post_default = default_ranges(energy, e0)
    pre, post = pre_range or pre_default, post_range or post_default
    degree = 2 if post[1] - post[0] >= _PARABOLA else 1 if post[1] - post[0] >= _LINE else 0
    before = _between(energy, e0 + pre[0], e0 + pre[1])
    after = _between(energy, e0 + post[0], e0 + post[1])
    if before.stop - before.start < _FEWEST or after.stop - after.start < degree + 2:
        raise ValueError("too few points before or after the edge")
    t = energy - e0
    sparse = np.searchsorted(t, pre[1], side="right") - np.searchsorted(t, pre[0], side="right") < _SPARSE
    line = np.polynomial.Polynomial.fit(t[before], mu[before], 0 if sparse else 1)
    pre_edge = line(t)
    curve = np.polynomial.Polynomial.fit(t[after], (mu - pre_edge)[after], degree)
    at_edge = int(np.argmin(np.abs(t)))
    noise = np.hypot(
        _scatter(mu[before] - pre_edge[before], 2), _scatter((mu - pre_edge - curve(t))[after], degree + 1)
    )
    return Normalised(
        e0=e0,
        step=float(curve(t[at_edge])),
        step_std=float(noise),
        pre_edge=pre_edge,
        pre_range=(float(pre[0]), float(pre[1])),
        post_range=(float(post[0]), float(post[1])),
        degree=degree,
        flat_pre_edge=bool(sparse),
    )


def fall_of_absorption(k: Array, e0: float) -> Array:
    """(E / E0)^-2.75 at k: how much of the edge step is left of an atom's absorption above its edge.

    chi(k) is normalised to the step at E0, so that measured oscillations are smaller than those of theory by this
    factor (the McMaster correction).

    Parameters
    ----------
    k
        Photoelectron wave numbers (1/angstrom), shape (n,).
    e0
        Energy of the edge (eV).

    Returns
    -------
    numpy.ndarray
        Without a unit, shape (n,).

    Source: W. H. McMaster et al., UCRL-50174 (1969); G. Bunker, Introduction to XAFS (Cambridge 2010).
    """
    return np.asarray((1.0 + k**2 / (K_PER_E * e0)) ** -FALL_POWER)


def lifetime_deficit(energy: Array, mu: Array, normal: Normalised) -> float:
    """How much lower, relative, a step is than the atom's jump because the core hole's lifetime broadens the edge.

    The edge is an arc tangent, whose tails reach into the ranges before and after it: 1/2 + arctan((E - E0) / w) / pi
    with w from the steepest slope of the scan, normalised in the same ranges, has a step below 1 (1 % at the Cu K
    edge, 4 to 6 % at the Sn K edge).

    Parameters
    ----------
    energy, mu
        Energies (eV, ascending) and absorption (any unit), shape (n,).
    normal
        The normalisation of the scan.

    Returns
    -------
    float
        1 less the step of the arc tangent.

    Source: F. K. Richtmyer, S. W. Barnes, E. Ramberg, Phys. Rev. 46 (1934) 843, for the shape.
    """
    near = np.abs(energy - normal.e0) < _STEEP
    width = normal.step / (np.pi * float(np.max(np.gradient(mu, energy)[near])))
    ideal = 0.5 + np.arctan((energy - normal.e0) / width) / np.pi
    return 1.0 - normalise(energy, ideal, normal.e0, normal.pre_range, normal.post_range).step


def _between(energy: Array, low: float, high: float) -> slice:
    """From the last point at or below `low` to the point nearest to `high` (excluded)."""
    start = max(int(np.searchsorted(energy, low, side="right")) - 1, 0)
    stop = int(np.argmin(np.abs(energy - high)))
    return slice(start, max(stop, start + 2))


def _scatter(residual: Array, parameters: int) -> float:
    freedom = max(len(residual) - parameters, 1)
    return float(np.sqrt((residual**2).sum() / freedom))

"""A straight line through a series whose residuals have memory: slope with an honest error, and whether it bends.

Capacities of successive cycles are not independent: temperature, balance and side reactions drift. The residuals are
taken as an autoregressive process of first order (Prais and Winsten 1954; Cochrane and Orcutt 1949), whose correlation
is estimated from them with the correction of its bias in short series with a trend (Kendall 1954).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MOST = 200  # points; longer series are averaged in bins, which keeps their slow part
_LARGEST = 0.98  # correlation: with more, a series of any length has only one independent value
_BENT = 10.0  # by which the information criterion must prefer two lines ("very strong", Kass and Raftery 1995)
_LEAST = 4  # points on either side of a knee
_STRAIGHT = 2  # terms of a straight line
_PLACES = 30  # places at which a knee is looked for
_FEWEST = 5  # points: a line, a correlation and two more
_ROUNDED = 1e-12  # of the largest value: residuals by rounding


@dataclass(frozen=True, kw_only=True)
class CorrelatedLine:
    """Slope with its standard error (with Student's factor for few values), correlation of neighbours, and the bend.

    `bend` is by how much the Bayesian information criterion prefers two connected lines; `knee` the place of their
    break (not a number where the series does not bend), `before` and `after` their slopes.
    """

    slope: float
    std: float
    correlation: float
    bend: float
    knee: float
    before: float
    after: float

    @property
    def bends(self) -> bool:
        """Whether a straight line does not describe the series."""
        return self.bend > _BENT


def correlated_line(x: Floats, y: Floats) -> CorrelatedLine:
    """Fit a straight line by least squares, with the error that correlated residuals leave.

    ``var(b) = s2 (X'X)^-1 X'V X (X'X)^-1`` with ``V_ij = rho^|i-j|`` and ``s2 = r'r / tr(M V)``.

    Parameters
    ----------
    x, y
        The series in order, shape (n,) with n >= 5, in any units.

    Returns
    -------
    CorrelatedLine
        Slope (unit of `y` per unit of `x`) with its standard error, the correlation of neighbours, and the bend.

    Raises
    ------
    ValueError
        With fewer than five points, or without a range of x.

    Sources: S. J. Prais, C. B. Winsten, Cowles Commission Discussion Paper 383 (1954); D. Cochrane, G. H. Orcutt, J.
    Am. Stat. Assoc. 44 (1949) 32; M. G. Kendall, Biometrika 41 (1954) 403 (bias); R. E. Kass, A. E. Raftery, J. Am.
    Stat. Assoc. 90 (1995) 773 (how much prefers two lines).
    """
    if len(x) < _FEWEST or np.ptp(x) <= 0:
        raise ValueError("five points with different x are needed")
    u, v = _binned(np.asarray(x, float), np.asarray(y, float))
    scale = float(np.ptp(u))
    z = (u - u.mean()) / scale
    line = np.vander(z, 2)
    place, broken = _broken(z, v)
    straight = _criterion(line, v)
    bend = straight - _criterion(broken, v) if broken is not None else 0.0
    bends = broken is not None and bend > _BENT
    slope, std, rho = _term(line, v, broken if bends else None)
    knee, before, after = np.nan, slope, slope
    if broken is not None and bends:
        parts = np.linalg.lstsq(broken, v, rcond=None)[0]
        knee, before, after = place * scale + float(u.mean()), float(parts[0]), float(parts[0] + parts[2])
    return CorrelatedLine(
        slope=slope / scale,
        std=std / scale,
        correlation=rho,
        bend=bend,
        knee=knee,
        before=before / scale,
        after=after / scale,
    )


def _binned(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """At most 200 points, each the mean of as many neighbours."""
    size = -(-len(x) // _MOST)
    if size == 1:
        return x, y
    at = np.arange(0, len(x), size)
    count = np.diff(np.append(at, len(x)))
    return np.add.reduceat(x, at) / count, np.add.reduceat(y, at) / count


def _correlation(left: Floats, terms: int) -> float:
    """The correlation of neighbouring residuals of a fit of so many terms, with its bias in short series."""
    n, total = len(left), float(left @ left)
    plain = float(left[1:] @ left[:-1]) / total if total > 0 else 0.0
    return min(max((n * plain + terms) / max(n - 2.0 * terms, 1.0), 0.0), _LARGEST)


def _criterion(design: Floats, y: Floats) -> float:
    """The Bayesian information criterion of a fit whose residuals have memory."""
    left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    n, terms = design.shape
    terms += terms > _STRAIGHT  # the place of the break
    rho = _correlation(left, terms)
    fresh = np.append(np.sqrt(1.0 - rho**2) * left[0], left[1:] - rho * left[:-1])
    floor = (1e-9 * float(np.abs(y).max(initial=1e-300))) ** 2
    return float(n * np.log(max(float(fresh @ fresh) / n, floor)) - np.log(1.0 - rho**2) + terms * np.log(n))


def _broken(z: Floats, y: Floats) -> tuple[float, Floats | None]:
    """Place and design of the two connected lines with the smallest sum of squares; None where there are few points."""
    inside = z[_LEAST:-_LEAST]
    best: tuple[float, float, Floats | None] = (np.inf, np.nan, None)
    for place in inside[:: max(len(inside) // _PLACES, 1)]:
        design = np.column_stack((z, np.ones(len(z)), np.maximum(z - place, 0.0)))
        left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        if float(left @ left) < best[0]:
            best = (float(left @ left), float(place), design)
    return best[1], best[2]


def _term(design: Floats, y: Floats, broken: Floats | None) -> tuple[float, float, float]:
    """The slope of a straight line, its standard error, and the correlation of the residuals.

    Where two lines describe the series, the residuals are theirs: the bend is no memory.
    """
    from scipy.special import stdtrit

    inverse = np.linalg.inv(design.T @ design)
    found = inverse @ design.T @ y
    fitted = design if broken is None else broken
    projector = fitted @ np.linalg.pinv(fitted)
    left = y - projector @ y
    n, terms = fitted.shape
    total = float(left @ left)
    if total <= (_ROUNDED * float(np.abs(y).max(initial=0.0))) ** 2 * n:
        return float(found[0]), 0.0, 0.0
    rho = _correlation(left, terms)
    places = np.arange(n)
    memory = rho ** np.abs(places[:, None] - places[None, :])
    outside = (np.eye(n) - projector) @ memory
    freedom = float(np.trace(outside))
    values = freedom**2 / float(np.sum(outside * outside.T))  # Satterthwaite's number of independent values
    spread = inverse @ design.T @ memory @ design @ inverse
    factor = float(stdtrit(max(values, 1.0), 0.975)) / 1.959964
    return float(found[0]), factor * float(np.sqrt(total / freedom * spread[0, 0])), rho

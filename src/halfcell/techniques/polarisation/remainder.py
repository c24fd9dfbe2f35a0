r"""What a transient has still to lose: estimated from three windows that double in length, so that none looks flat.

The means m1, m2, m3 of the current over T/8 to T/4, T/4 to T/2 and T/2 to T fall by d1 and d2. If each further doubling
loses r = d2/d1 of the last loss, d2 r/(1 - r) is still to come after m3. For exponentials, stretched ones included, the
ratio falls from octave to octave, so that this is too much rather than too little; for a power law t^-p without any
conduction r is 2^-p and all of the current is still to come. It is a trigger, not a correction: where more than the
limit may remain, the current is an upper bound, and nothing is extrapolated. A process slower than 1.5 times the record
that is hidden in its noise cannot be seen by any test.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.maths.straight_line import polynomial

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

_EDGES = (0.125, 0.25, 0.5, 1.0)  # of the duration
_FEWEST = 4  # records of a window
_SIGMAS = 2.0  # the usual 95 %
_HIDDEN = 3.0  # times a loss that is lost in the noise: what an exponential of 1.5 times the duration has still to lose
_MOST = 0.99  # of a window to the next; nearer to 1 the sum of what remains has no limit


@dataclass(frozen=True, kw_only=True)
class Remainder:
    """The part of the current that may still be lost (1: all), by the upper ends of what the windows say.

    `expected` is the part by their middle, for the uncertainty; `rises` says that the current rises instead.
    """

    part: float
    expected: float = 0.0
    rises: bool = False


class Reading(NamedTuple):
    """The current at the end (A), its standard uncertainty, and that of any mean by the last digit of the readings."""

    value: float
    std: float
    digit_std: float


def remainder(time: Reals, current: Reals, end: Reading) -> Remainder:
    """Estimate what the current at the end may still lose, from the differences of three means over late windows.

    Where the differences fall in a geometric series of ratio r, d r/(1 - r) is still to come.

    Parameters
    ----------
    time, current
        Time since the step (s) and current (A), shape (n,).
    end
        The current at the end, its standard uncertainty and the last digit (A).

    Returns
    -------
    Remainder
        Parts of the current: what is expected, and what it is at most.

    Source: definition of a geometric series; the bounds are a procedure of this package.
    """
    value, std, digit = end
    inside = [(time >= low * time[-1]) & (time <= high * time[-1]) for low, high in pairwise(_EDGES)]
    if min(int(w.sum()) for w in inside) < _FEWEST:
        return Remainder(part=1.0)
    means = [_mean(time[w], current[w]) for w in inside]
    (m1, s1), (m2, s2), (m3, s3) = means
    d1, d2 = m1 - m2, m2 - m3
    noise1, noise2 = (float(np.sqrt(a**2 + b**2 + digit**2)) for a, b in ((s1, s2), (s2, s3)))
    if abs(d2) <= _SIGMAS * noise2:
        most = _HIDDEN * (abs(d2) + _SIGMAS * noise2)
        return Remainder(part=_clipped(most / value), expected=_clipped(abs(d2) / value))
    if d2 < 0:
        return Remainder(part=_clipped(-d2 / value), expected=_clipped(-d2 / value), rises=True)
    ratio = (d2 + _SIGMAS * noise2) / (d1 - _SIGMAS * noise1) if d1 > _SIGMAS * noise1 else _MOST
    ratio = min(ratio, _MOST)
    coming = d2 * ratio / (1 - ratio)
    expected, most = (_clipped((coming - max(m3 - value - more, 0.0)) / value) for more in (0.0, _SIGMAS * std))
    return Remainder(part=most, expected=expected)


def _clipped(part: float) -> float:
    return float(np.clip(part, 0.0, 1.0))


def _mean(time: Reals, current: Reals) -> tuple[float, float]:
    """Mean over a window, and the standard uncertainty of a smooth curve at its middle, which is not less."""
    x = (time - time.mean()) / max(float(np.ptp(time)), 1e-300)
    return float(current.mean()), float(polynomial(x, current, min(3, len(time) - 2)).std[0])

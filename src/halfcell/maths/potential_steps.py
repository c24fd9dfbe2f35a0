"""Steps of the potential between holds: where a record has them, and how the current of a hold decays by diffusion.

A host whose surface is brought to another concentration is filled through its surface, which may have a resistance.
The current is a sum of exponentials (J. Crank, The Mathematics of Diffusion, 2nd ed. (1975), eq. 4.53 and 6.43),

.. math:: I(t) = \\frac{Q D}{a^2} \\sum_n A_n e^{-b_n^2 D t / a^2},

with `a` the thickness of a plane that is open on one side, or the radius of a sphere, and `Q` the charge of the whole
step. With `h` the ratio of the resistances to diffusion and through the surface

* plane: :math:`b \\tan b = h`, :math:`A = 2 h^2 / (h^2 + h + b^2)`,
* sphere: :math:`1 - b \\cot b = h`, :math:`A = 6 h^2 / (h^2 - h + b^2)`.

Without a resistance the current of a plane begins with :math:`Q \\sqrt{D / \\pi a^2 t}` (Cottrell) and ends with
:math:`2 Q D / a^2 \\, e^{-\\pi^2 D t / 4 a^2}` (C. J. Wen, B. A. Boukamp, R. A. Huggins, W. Weppner,
J. Electrochem. Soc. 126 (1979) 2258). A resistance lowers both alike, so that they agree on a value that is too small;
it is told by the ratio of the last exponential's charge to the whole charge (J. Li, X. Xiao, F. Yang, M. W. Verbrugge,
Y.-T. Cheng, J. Phys. Chem. C 116 (2012) 1472).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from halfcell.maths.current_pulses import beginning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.current_record import Record

    Floats = NDArray[np.float64]

Geometry = Literal["plane", "sphere"]

_TERMS = 200  # of the series: exact to 1e-4 from 1e-5 a2/D on
_LEAST = 12  # records of a hold
_HELD_V = 0.002  # V: a hold keeps its voltage within this
_MOST_V = 0.2  # V: a larger step is no small change of the concentration
_QUIET = 0.1  # of the first current of a hold: the hold or the rest before it has come to rest
_DECAYED = 0.2  # of the first current of a hold: its last one is below
_ON_ITS_WAY = 2  # records between two holds: the voltage on its way


@dataclass(frozen=True, kw_only=True)
class PotentialStep:
    """A hold after a small step of the voltage: rows `first` .. `last`, when it begins (s), the voltages around it."""

    first: int
    last: int
    begin_s: float
    from_volt: float
    to_volt: float


def potential_steps(record: Record) -> tuple[PotentialStep, ...]:
    """The holds that follow on a rest or another hold whose current had come to rest.

    Parameters
    ----------
    record
        Time (s), current (A), voltage (V) and steps, shape (n,).

    Returns
    -------
    tuple of PotentialStep
        In the order of the record.

    Source: procedure of this package.
    """
    voltage, current = record.voltage_v, record.current_a
    if len(voltage) < 2 * _LEAST:
        return ()
    jumps = np.flatnonzero(np.abs(np.diff(voltage)) > _HELD_V) + 1
    edges = [0, *jumps.tolist(), len(voltage)]
    levels = [(a, b) for a, b in pairwise(edges) if b - a >= _LEAST]
    found = []
    for (start, end), (first, stop) in pairwise(levels):
        held = float(np.ptp(voltage[first:stop])) <= _HELD_V
        follows = first - end <= _ON_ITS_WAY  # at most two records between: the voltage on its way
        size = float(np.max(np.abs(current[first : first + 3])))
        rested = abs(float(np.median(current[max(end - 3, start) : end]))) <= _QUIET * size
        decays = size > 0 and abs(float(np.median(current[stop - 3 : stop]))) <= _DECAYED * size
        before, after = float(np.median(voltage[max(end - 5, start) : end])), float(np.median(voltage[first:stop]))
        if held and follows and rested and decays and _HELD_V < abs(after - before) <= _MOST_V:
            begin, _ = beginning(record, first)
            found.append(PotentialStep(first=first, last=stop - 1, begin_s=begin, from_volt=before, to_volt=after))
    return tuple(found)


class Series(NamedTuple):
    """Roots and amplitudes of the series for one geometry and one ratio of resistances."""

    roots: Floats
    amplitudes: Floats

    def current(self, x: Floats) -> Floats:
        """The current in units of Q D / a2 at times x in units of a2 / D, shape (n,) each."""
        return np.asarray(np.exp(-np.outer(x, self.roots**2)) @ self.amplitudes)

    def others(self, x: Floats) -> Floats:
        """The whole current over that of the slowest exponential, at times x in units of a2 / D, shape (n,) each."""
        faster = self.roots**2 - self.roots[0] ** 2
        return np.asarray(np.exp(-np.outer(x, faster)) @ self.amplitudes / self.amplitudes[0])

    def missing(self, x: float) -> float:
        """The part of the charge still to come at a time x in units of a2 / D: the sum of A/b^2 exp(-b^2 x)."""
        return float(np.sum(self.amplitudes / self.roots**2 * np.exp(-(self.roots**2) * x)))


def transient_current(x: Floats, ratio: float, geometry: Geometry) -> Floats:
    r"""The current of a hold, :math:`I a^2/(Q D) = \sum_n A_n e^{-b_n^2 x}`.

    Parameters
    ----------
    x
        Times in units of a2/D, shape (n,).
    ratio
        h, the ratio of the resistances to diffusion and through the surface.
    geometry
        Form of the host.

    Returns
    -------
    numpy.ndarray
        In units of Q D/a2, shape (n,).

    Source: J. Crank, The Mathematics of Diffusion, 2nd ed. (1975), eq. 4.53 and 6.43.
    """
    return series(ratio, geometry).current(x)


def series(ratio: float, geometry: Geometry) -> Series:
    """Roots b and amplitudes A of the series: b tan b = h (plane) or 1 - b cot b = h (sphere).

    The roots lie between the poles and are found by sixty halvings for all.

    Parameters
    ----------
    ratio
        h, the ratio of the resistances to diffusion and through the surface.
    geometry
        Form of the host.

    Returns
    -------
    Series
        Two hundred roots and amplitudes, without units.

    Source: J. Crank, The Mathematics of Diffusion, 2nd ed. (1975), eq. 4.53 and 6.43.
    """
    if geometry == "plane":
        low = math.pi * np.arange(_TERMS)
        high = low + 0.5 * math.pi
    else:
        low = math.pi * np.arange(_TERMS)
        high = low + math.pi
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = ratio_of_root(middle, geometry) > ratio
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    b = 0.5 * (low + high)
    if geometry == "plane":
        return Series(b, 2.0 * ratio**2 / (ratio**2 + ratio + b**2))
    return Series(b, 6.0 * ratio**2 / (ratio**2 - ratio + b**2))


def ratio_of_root(b: Floats, geometry: Geometry) -> Floats:
    """The ratio of resistances that has a root b: b tan b (plane), 1 - b cot b (sphere).

    Parameters
    ----------
    b
        Roots, shape (n,), or one.
    geometry
        Form of the host.

    Returns
    -------
    numpy.ndarray
        h, shape (n,).

    Source: J. Crank, The Mathematics of Diffusion, 2nd ed. (1975), eq. 4.53 and 6.43.
    """
    return np.asarray(b * np.tan(b) if geometry == "plane" else 1.0 - b / np.tan(b))


def last_exponential(b: float, geometry: Geometry) -> float:
    """The charge of the slowest exponential over the whole charge, :math:`A_1/b_1^2`.

    Parameters
    ----------
    b
        Its root.
    geometry
        Form of the host.

    Returns
    -------
    float
        8/pi2 (plane) or 6/pi2 (sphere) without a resistance through the surface, to 1 where it is all.

    Source: J. Crank, The Mathematics of Diffusion, 2nd ed. (1975), eq. 4.53 and 6.43.
    """
    ratio = float(ratio_of_root(np.array(b), geometry))
    if geometry == "plane":
        return 2.0 * ratio**2 / (b**2 * (ratio**2 + ratio + b**2))
    return 6.0 * ratio**2 / (b**2 * (ratio**2 - ratio + b**2))

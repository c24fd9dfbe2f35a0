"""Steps of a thermogram, signed: where the mass turns, the peaks of the rate in each stretch, onset and endset."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.thermogram import GRID, Curve

Array = NDArray[np.float64]

_SURE = 6.0  # standard deviations of the rate's noise that a peak must rise by
_FOOT = 0.02  # of a peak's rate: where it has fallen to this, its step ends


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of loss (`mass_after` below `mass_before`) or of gain: start, peak and end (degC), tangents, masses.

    `lower` and `upper` are the temperatures between which its change of mass is counted; they join those of the
    neighbours. Where the rate has no maximum inside the stretch, `peak`, `onset` and `endset` are NaN.
    """

    start: float
    peak: float
    stop: float
    onset: float
    endset: float
    mass_before: float
    mass_after: float
    peak_rate: float
    lower: float
    upper: float

    @property
    def loss(self) -> float:
        """What the mass falls by; negative where it rises."""
        return self.mass_before - self.mass_after

    @property
    def has_peak(self) -> bool:
        """Whether the rate has a maximum inside the step's stretch."""
        return bool(np.isfinite(self.peak))


def turning_points(mass: Array, least: float) -> tuple[int, ...]:
    """Indices at which the mass turns from falling to rising or back: zero crossings of the loss rate without noise.

    Parameters
    ----------
    mass
        wt%, shape (n,).
    least
        Each swing is so large or larger, wt%.

    Returns
    -------
    tuple of int
        In the order of temperature.

    Source: definition.
    """
    turns: list[int] = []
    low = high = way = 0
    for index, value in enumerate(mass):
        low = index if value < mass[low] else low
        high = index if value > mass[high] else high
        turned = high if way >= 0 and mass[high] - value >= least else None
        turned = low if turned is None and way <= 0 and value - mass[low] >= least else turned
        if turned is not None:
            turns.append(turned)
            way = -1 if turned == high else 1
            low = high = index
    if turns and abs(float(mass[turns[0]] - mass[0])) < least:
        turns = turns[1:]  # the start
    return tuple(turns)


def signed_steps(made: Curve, least: float, part: float = 0.05) -> tuple[Step, ...]:
    """Steps of loss and gain in the order of temperature; their masses join from the first record to the last.

    The curve is cut where its mass turns (by `least` or more). In each stretch steps are peaks of the rate with a
    prominence of at least `part` of the highest of their kind and six times the rate's noise, divided at the minima of
    the rate; steps that change the mass by less than `least` are dropped. A gain without a peak (it goes on at the
    end) is a step without one.

    Parameters
    ----------
    made
        Mass (wt%) and rate (wt%/degC) over temperature (degC).
    least
        wt%.
    part
        Of the highest peak.

    Returns
    -------
    tuple of Step
        Onset, peak and endset (degC), and the change of the mass (wt%), negative for a gain.

    Source: procedure of this package.
    """
    cuts = [0, *turning_points(made.mass, least), len(made.mass) - 1]
    found: list[Step] = []
    for first, last in pairwise(cuts):
        sign = 1.0 if made.mass[first] >= made.mass[last] else -1.0
        rate = sign * made.rate
        top = float(max((sign * made.rate).max(), 0.0))
        inside = _stretch(made, rate, (first, last), (max(part * top, _SURE * made.rate_noise), least))
        if not inside and sign < 0 and made.mass[last] - made.mass[first] >= least:
            inside = (_without_peak(made, first, last),)
        found += _joined(made, inside, (first, last))
    return tuple(found)


def _stretch(made: Curve, rate: Array, ends: tuple[int, int], limits: tuple[float, float]) -> tuple[Step, ...]:
    """The steps of one stretch, in which `rate` is positive; the masses do not join yet."""
    from scipy.signal import find_peaks

    first, last = ends
    height, least = limits
    if height <= 0:
        return ()
    peaks, _ = find_peaks(rate[first : last + 1], prominence=height, height=height)
    if not len(peaks):  # the rate has no maximum inside the stretch
        return ()
    peaks = peaks + first
    valleys = [int(a) + int(np.argmin(rate[a : b + 1])) for a, b in pairwise(peaks)]
    outer = [first, *valleys, last]
    found = []
    for peak, (left, right) in zip(peaks, pairwise(outer), strict=True):
        start = left if left in valleys else _foot(rate, int(peak), left, -1)
        stop = right if right in valleys else _foot(rate, int(peak), right, 1)
        if abs(float(made.mass[start] - made.mass[stop])) >= least:
            found.append(_step(made, start, int(peak), stop))
    return tuple(found)


def _foot(rate: Array, peak: int, limit: int, way: int) -> int:
    """The first index from the peak towards `limit` at which the rate is below 2 % of that at the peak."""
    index = peak
    while index != limit and rate[index] > _FOOT * rate[peak]:
        index += way
    return index


def _step(made: Curve, start: int, peak: int, stop: int) -> Step:
    """A step; its onset and endset are where the tangent at the steepest point crosses the mass before and after."""
    slope = float(made.rate[peak])
    before, after, here = float(made.mass[start]), float(made.mass[stop]), float(made.mass[peak])
    middle = float(made.temperature[peak])
    return Step(
        start=float(made.temperature[start]),
        peak=_summit(made, peak),
        stop=float(made.temperature[stop]),
        onset=middle - (before - here) / slope,
        endset=middle + (here - after) / slope,
        mass_before=before,
        mass_after=after,
        peak_rate=slope,
        lower=float(made.temperature[start]),
        upper=float(made.temperature[stop]),
    )


def _without_peak(made: Curve, first: int, last: int) -> Step:
    nothing = float("nan")
    low, high = float(made.temperature[first]), float(made.temperature[last])
    before, after = float(made.mass[first]), float(made.mass[last])
    return Step(
        start=low,
        peak=nothing,
        stop=high,
        onset=nothing,
        endset=nothing,
        mass_before=before,
        mass_after=after,
        peak_rate=nothing,
        lower=low,
        upper=high,
    )


def _joined(made: Curve, steps: tuple[Step, ...], ends: tuple[int, int]) -> list[Step]:
    """Steps whose masses join within their stretch: each from the last one's end, the last to the stretch's end."""
    import dataclasses

    if not steps:
        return []
    cuts = [ends[0]]
    for one, two in pairwise(steps):
        inside = np.flatnonzero((made.temperature >= one.peak) & (made.temperature <= two.peak))
        cuts.append(int(inside[int(np.argmin(np.sign(one.loss) * made.rate[inside]))]))
    cuts.append(ends[1])
    return [
        dataclasses.replace(
            step,
            mass_before=float(made.mass[a]),
            mass_after=float(made.mass[b]),
            lower=float(made.temperature[a]),
            upper=float(made.temperature[b]),
        )
        for step, (a, b) in zip(steps, pairwise(cuts), strict=True)
    ]


def _summit(made: Curve, peak: int) -> float:
    """Temperature of the vertex of a parabola through the peak and its neighbours."""
    if not 0 < peak < len(made.rate) - 1:
        return float(made.temperature[peak])
    a, b, c = (abs(float(made.rate[peak + k])) for k in (-1, 0, 1))
    bend = a - 2.0 * b + c
    return float(made.temperature[peak] + (0.5 * GRID * (a - c) / bend if bend < 0 else 0.0))

"""Thermograms: mass and loss rate on an even grid of temperature, segments of the program, heights of steps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

GRID = 0.5  # degC, chosen: finer than any step, and a heating has some two thousand points
_CHANGES = 10.0  # degC from end to end: ovens hold a temperature better
_FEWEST = 10  # points of a baseline with a slope: fewer are a mean


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Mass (any unit) and its loss per degree on an even grid of temperature (degC); the noise of the rate."""

    temperature: Array
    mass: Array
    rate: Array
    rate_noise: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A segment of a temperature program: records `first` to `last` (inclusive); heating, cooling or isothermal."""

    first: int
    last: int
    kind: Literal["heating", "cooling", "isothermal"]


def curve(temperature: Array, mass: Array, smoothing: float) -> Curve:
    """Mass and loss rate over temperature of one heating.

    The records are averaged in bins of 0.5 degC; a Savitzky-Golay polynomial of second order gives mass and
    derivative.

    Parameters
    ----------
    temperature, mass
        degC and wt%, shape (n,).
    smoothing
        Width of the polynomial, degC.

    Returns
    -------
    Curve
        Temperature (degC), mass (wt%), rate (wt%/degC) and the noise of the rate.

    Source: A. Savitzky, M. J. E. Golay, Anal. Chem. 36 (1964) 1627.
    """
    from scipy.signal import savgol_filter

    low, high = float(np.ceil(temperature.min())), float(np.floor(temperature.max()))
    edges = np.arange(low, high + GRID, GRID)
    middle = 0.5 * (edges[1:] + edges[:-1])
    counts, _ = np.histogram(temperature, edges)
    sums, _ = np.histogram(temperature, edges, weights=mass)
    there = counts > 0
    even = np.interp(middle, middle[there], sums[there] / counts[there])
    window = max(round(smoothing / GRID) // 2 * 2 + 1, 5)
    window = min(window, (len(even) - 1) // 2 * 2 + 1)
    smooth = savgol_filter(even, window, 2)
    rate = -savgol_filter(even, window, 2, deriv=1, delta=GRID)
    white = 1.4826 * float(np.median(np.abs(np.diff(even, 2)))) / np.sqrt(6.0)
    noise = white * float(np.sqrt(12.0 / (window * (window**2 - 1.0)))) / GRID  # of a least-squares slope
    return Curve(temperature=middle, mass=np.asarray(smooth), rate=np.asarray(rate), rate_noise=noise)


def segments(time: Array, temperature: Array, stage: Array | None) -> tuple[Segment, ...]:
    """Segments of the program: by the instrument's own stages, else where the heating rate changes its sign.

    A segment is heating (or cooling) if its temperature rises (falls) by more than 10 degC from end to end.

    Parameters
    ----------
    time, temperature
        s and degC, shape (n,).
    stage
        Number of the stage of each record, shape (n,); None where the file has none.

    Returns
    -------
    tuple of Segment
        In the order of time.

    Source: procedure of this package.
    """
    cuts = _sign_changes(time, temperature) if stage is None else (np.flatnonzero(np.diff(stage)) + 1).tolist()
    return tuple(_segment(temperature, a, b - 1) for a, b in pairwise([0, *cuts, len(time)]) if b - a > 1)


def _segment(temperature: Array, first: int, last: int) -> Segment:
    change = float(temperature[last] - temperature[first])
    kind: Literal["heating", "cooling", "isothermal"] = "isothermal"
    if abs(change) > _CHANGES:
        kind = "heating" if change > 0 else "cooling"
    return Segment(first=first, last=last, kind=kind)


def _sign_changes(time: Array, temperature: Array) -> list[int]:
    """Indices at which heating, isothermal and cooling segments change; the rate is averaged over a few minutes."""
    span = max(float(time[-1] - time[0]), 1.0)
    even = np.linspace(time[0], time[-1], min(len(time), 2000))
    smooth = np.interp(even, time, temperature)
    width = max(int(len(even) * min(120.0 / span, 0.02)), 1)
    kernel = np.ones(2 * width + 1) / (2 * width + 1)
    padded = np.pad(np.gradient(smooth, even), width, mode="edge")
    rate = np.convolve(padded, kernel, mode="valid")
    limit = 0.15 * float(np.max(np.abs(rate)))
    state = np.where(rate > limit, 1, np.where(rate < -limit, -1, 0))
    changes = even[np.flatnonzero(np.diff(state) != 0) + 1]
    return sorted({int(index) for index in np.searchsorted(time, changes)})


def step_height(made: Curve, foot: float, width: float = 60.0, *, baseline: bool = True) -> float:
    """Height of the steepest step above a sloping baseline: the distance between two lines at the step's peak.

    The lines are fitted to `width` degC of mass before and after the step, starting a quarter of its half width
    beyond its feet, so that drift and buoyancy, which continue through the step, do not count.

    Parameters
    ----------
    made
        Mass (wt%) and rate (wt%/degC) over temperature (degC).
    foot
        Fraction of the rate's maximum below which the feet lie.
    width
        degC.
    baseline
        If false, the height is the difference between the masses at the feet.

    Returns
    -------
    float
        wt%, positive for a loss.

    Source: ISO 11358-1, for the two tangents.
    """
    peak = int(np.argmax(made.rate))
    above = made.rate > foot * made.rate[peak]
    left = peak - int(np.argmin(above[peak::-1])) if not above[: peak + 1].all() else 0
    right = peak + int(np.argmin(above[peak:])) if not above[peak:].all() else len(above) - 1
    if not baseline:
        return float(made.mass[left] - made.mass[right])
    left, right = max(left - (peak - left) // 4, 0), min(right + (right - peak) // 4, len(above) - 1)
    count = round(width / GRID)
    before, after = slice(max(left - count, 0), left + 1), slice(right, right + count)
    lines = [_line_at(made, part, float(made.temperature[peak])) for part in (before, after)]
    return lines[0] - lines[1]


def _line_at(made: Curve, part: slice, at: float) -> float:
    """Value at a temperature of the straight line through part of the curve."""
    x, y = made.temperature[part] - at, made.mass[part]
    return float(np.polyfit(x, y, 1)[1]) if len(x) > _FEWEST else float(np.mean(y))


def crossing(made: Curve, level: float) -> float | None:
    """Temperature at which the mass falls below a level and stays below it to its minimum, by linear interpolation.

    Parameters
    ----------
    made
        Mass (wt%) over temperature (degC).
    level
        wt%.

    Returns
    -------
    float or None
        degC; None where the mass stays above the level, or starts below it.

    Source: definition.
    """
    lowest = int(np.argmin(made.mass))
    below = made.mass[: lowest + 1] < level
    if not below[-1]:
        return None
    index = int(len(below) - np.argmin(below[::-1])) if not below.all() else 0
    if index == 0:
        return None
    high, low = float(made.mass[index - 1]), float(made.mass[index])
    part = (high - level) / (high - low) if high > low else 0.0
    return float(made.temperature[index - 1] + part * GRID)

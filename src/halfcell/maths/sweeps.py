"""Sweeps of a voltammogram: where the potential turns, and the scan rate."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.turning_points import turning_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_INNER = 0.9  # fraction of a sweep from which its rate is taken: the turns are left out
_FEWEST = 3  # records: with fewer nothing turns, and a line has no scatter


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """Rows `first` .. `last` (inclusive) of one sweep; `direction` is +1 upwards, -1 downwards."""

    first: int
    last: int
    direction: int


def find_sweeps(potential: Floats, part: float = 0.05) -> tuple[Sweep, ...]:
    """Split a potential record where it turns.

    It turns where the potential, from its highest or lowest value since the last turn, comes back by more than
    `part` of the whole range, max E - min E. A sweep covers more than that itself.

    Parameters
    ----------
    potential
        V, shape (n,).
    part
        A turn counts once it exceeds this part of the whole range.

    Returns
    -------
    tuple of Sweep
        First and last row of each.

    Source: procedure of this package.
    """
    span = float(np.ptp(potential)) if len(potential) else 0.0
    if span <= 0 or len(potential) < _FEWEST:
        return ()
    bounds = turning_points(np.diff(potential), part * span)
    made = []
    for first, last in pairwise(bounds):
        rise = float(potential[last] - potential[first])
        if abs(rise) > part * span:
            made.append(Sweep(first=first, last=last, direction=1 if rise > 0 else -1))
    return tuple(made)


def scan_rate(time: Floats, potential: Floats, sweep: Sweep) -> tuple[float, float]:
    r"""Slope \|dE/dt\| of a sweep by a straight line.

    The line is that of the inner part of the potentials, so that a hold at a turn is not in it.

    Parameters
    ----------
    time, potential
        s and V, shape (n,).
    sweep
        Its rows.

    Returns
    -------
    tuple of float
        The slope (V/s), and the rms deviation from the line over the range of the potential.

    Source: definition.
    """
    whole = potential[sweep.first : sweep.last + 1]
    cut = 0.5 * (1.0 - _INNER) * (float(whole[-1]) - float(whole[0]))
    inner = np.flatnonzero((whole - whole[0] - cut) * (whole - whole[-1] + cut) <= 0)
    if not len(inner):
        return float("nan"), float("nan")
    rows = slice(sweep.first + int(inner[0]), sweep.first + int(inner[-1]) + 1)
    t, e = time[rows] - time[rows][0], potential[rows]
    if len(t) < _FEWEST or t[-1] <= 0:
        return float("nan"), float("nan")
    slope, offset = np.polyfit(t, e, 1)
    bend = float(np.sqrt(np.mean((e - slope * t - offset) ** 2)) / max(float(np.ptp(e)), 1e-12))
    return abs(float(slope)), bend


def on_grid(potential: Floats, current: Floats, step: float) -> tuple[Floats, Floats]:
    """Mean potential and mean current in bins of the potential.

    Parameters
    ----------
    potential, current
        V and A, shape (n,).
    step
        Width of a bin (V).

    Returns
    -------
    tuple
        Potential (V) and current (A) of each bin, shape (bins,) each; those of empty bins are interpolated.

    Source: definition.
    """
    low = float(potential.min())
    place = np.floor((potential - low) / step).astype(np.int64)
    count = np.bincount(place)
    full = np.flatnonzero(count)
    means = [np.bincount(place, weights=values)[full] / count[full] for values in (potential, current)]
    bins = np.arange(len(count))
    grid, mean = (np.asarray(np.interp(bins, full, values), float) for values in means)
    return grid, mean

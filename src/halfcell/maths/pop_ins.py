"""Pop-ins: sudden steps of depth (or drops of load) during the loading of an indentation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.load_displacement import noise

Array = NDArray[np.float64]

_AROUND = 8  # records on either side from which the usual step is taken
_TIMES = 8.0  # how many times the usual step a pop-in exceeds
_SIGMAS = 6.0  # one in 5e8 records by chance, and a test has some thousand
_ONE_EVENT = 2  # records: steps no further apart are one pop-in


@dataclass(frozen=True, kw_only=True)
class PopIn:
    """One pop-in: the record before it, its load (N), by how much the depth jumps (m) and the load falls (N)."""

    index: int
    load: float
    length: float
    drop: float


def popins(load: Array, depth: Array, first: int, last: int) -> tuple[PopIn, ...]:
    """Pop-ins between two records of a loading, in order.

    A pop-in is a step of depth more than eight times the usual step around it and more than six sigma above the noise
    (load-controlled machines), or a drop of load beyond the same limits while the depth increases
    (displacement-controlled machines). Steps in neighbouring records are one pop-in.

    Parameters
    ----------
    load, depth
        N and m, shape (n,).
    first, last
        Indices of the loading.

    Returns
    -------
    tuple of PopIn
        Where, how deep (m), and at which load (N).

    Source: procedure of this package.
    """
    if last - first < 2 * _AROUND:
        return ()
    h, p = depth[first : last + 1], load[first : last + 1]
    dh, dp = np.diff(h), np.diff(p)
    jumps = dh > _TIMES * _usual(dh) + _SIGMAS * np.sqrt(2.0) * noise(h)
    falls = (-dp > _TIMES * _usual(dp) + _SIGMAS * np.sqrt(2.0) * noise(p)) & (dh > -noise(h))
    places = np.flatnonzero(jumps | falls)
    if not len(places):
        return ()
    groups = np.split(places, np.flatnonzero(np.diff(places) > _ONE_EVENT) + 1)
    return tuple(_one(h, p, group, first) for group in groups)


def _usual(steps: Array) -> Array:
    """Median of the absolute steps around each record."""
    size = np.abs(steps)
    padded = np.pad(size, _AROUND, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND + 1)
    return np.asarray(np.median(windows, axis=1))


def _one(h: Array, p: Array, group: NDArray[np.intp], first: int) -> PopIn:
    start, stop = int(group[0]), int(group[-1]) + 1
    return PopIn(
        index=first + start,
        load=float(p[start]),
        length=float(h[stop] - h[start]),
        drop=max(float(p[start] - p[stop]), 0.0),
    )

"""The current of one cycle minus that of another one, at the same potential of the same sweep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.voltammetry.result import Trace

    Floats = NDArray[np.float64]

_A_CURVE = 2  # points


def difference(trace: Trace, reference: Trace) -> tuple[Floats, Floats]:
    """Potentials and differences of the current, sweep by sweep in the order of `trace`.

    The reference is interpolated at the potentials of `trace`; outside its range there is no difference.

    Parameters
    ----------
    trace, reference
        Potential (V) and current of two cycles.

    Returns
    -------
    potential, difference
        V, and the unit of the currents, shape (n,) each, with a gap (NaN) between sweeps.

    Source: definition.
    """
    x: list[Floats] = []
    y: list[Floats] = []
    own, other = _direction(trace), _direction(reference)
    for rows in np.split(np.arange(len(own)), np.flatnonzero(np.diff(own)) + 1):
        mine = other == own[rows[0]]
        order = np.argsort(reference.potential[mine], kind="stable")
        known, current = reference.potential[mine][order], reference.current[mine][order]
        if len(known) < _A_CURVE or len(rows) < _A_CURVE:
            continue
        at = np.interp(trace.potential[rows], known, current, left=np.nan, right=np.nan)
        x += [trace.potential[rows], np.array([trace.potential[rows[-1]]])]
        y += [trace.current[rows] - at, np.array([np.nan])]
    empty = np.empty(0)
    return (np.concatenate(x), np.concatenate(y)) if x else (empty, empty)


def _direction(trace: Trace) -> Floats:
    """1 where the potential rises, -1 where it falls; a hold has the direction before it."""
    slope = np.sign(np.diff(trace.potential, append=trace.potential[-1]))
    last = np.maximum.accumulate(np.where(slope != 0, np.arange(len(slope)), 0))
    return np.asarray(slope[last])

"""Notes on the potential of a voltammogram: holds at its turns, and the correction for a series resistance."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.sweeps import Sweep

    Floats = NDArray[np.float64]

_NEAR_V = 2e-3  # V: within this of a turn the potential is held
_TIMES = 10.0  # a hold takes this many times as long as the sweep needs for twice that distance


def holds(time: Floats, potential: Floats, sweeps: Sequence[Sweep]) -> tuple[Note, ...]:
    """A note where the potential is held at turns between sweeps: the charge that flows meanwhile is in the cycle."""
    found = []
    for sweep, following in pairwise(sweeps):
        turn = float(potential[sweep.last])
        rows = np.arange(sweep.first, following.last + 1)
        near = rows[np.abs(potential[rows] - turn) <= _NEAR_V]
        lasted = float(time[near[-1]] - time[near[0]]) if len(near) else 0.0
        passed = float(time[sweep.last] - time[sweep.first])
        span = abs(float(potential[sweep.last] - potential[sweep.first]))
        expected = 2.0 * _NEAR_V * passed / span if span > 0 else np.inf
        if lasted > _TIMES * expected:
            found.append((lasted, turn))
    if not found:
        return ()
    most, turn = max(found)
    turns = f"{len(found)} turning point{'s' * (len(found) > 1)}"
    text = f"the potential is held at {turns}, for up to {most:.3g} s at {turn:.3f} V: the charge of the cycle "
    text += "holds what flowed meanwhile"
    return (Note("info", "vertex_hold", text),)


def corrected(current: Floats, resistance_ohm: float | None) -> tuple[Note, ...]:
    """A note on the correction of the potential for a series resistance, and how large it is.

    Raises
    ------
    InputError
        If the resistance is negative.
    """
    if not resistance_ohm:
        return ()
    if resistance_ohm < 0:
        raise InputError(f"series_resistance_ohm is {resistance_ohm:g}", "series_resistance_ohm", "give it positive")
    most = 1e3 * resistance_ohm * float(np.abs(current).max(initial=0.0))
    text = f"the potential is corrected for {resistance_ohm:g} ohm in series, by up to {most:.3g} mV"
    return (Note("correction", "ir_corrected", text),)

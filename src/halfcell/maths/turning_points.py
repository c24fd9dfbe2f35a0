"""Turning points of a charge that rises and falls, and which of them are those of pulses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_PULSE = 0.05  # of both its neighbours: a reversal of less charge is a pulse within a half cycle
_TWO_STRETCHES = 3  # bounds: of one or two stretches none lies between two others


def without_pulses(charge: Floats, ends: list[int]) -> list[int]:
    """The bounds without those of pulses: stretches of less than 5 % of both their neighbours, the smallest first.

    Where there are such pulses, a pair at the beginning or the end counts as one by its one neighbour.

    Parameters
    ----------
    charge
        Charge of each run, shape (n,), in any unit.
    ends
        Bounds of the stretches, from 0 to n.

    Returns
    -------
    list of int
        The bounds that stay.

    Source: procedure of this package.
    """
    found = False
    while len(ends) > _TWO_STRETCHES:
        size = np.abs(np.add.reduceat(charge, ends[:-1]))
        part = size[1:-1] / np.maximum(np.minimum(size[:-2], size[2:]), 1e-300)
        if found:
            part[0] = min(part[0], max(size[0], size[1]) / size[2])
            part[-1] = min(part[-1], max(size[-1], size[-2]) / size[-3])
        place = int(np.argmin(part)) + 1
        if part[place - 1] >= _PULSE:
            break
        ends, found = [*ends[:place], *ends[place + 2 :]], True
    return ends


def turning_points(charge: Floats, threshold: float) -> list[int]:
    """Bounds of the stretches between reversals of a sum.

    The running sum S_i of `charge` turns down at its highest value since the last turn once it has fallen from there by
    more than `threshold`, and up at its lowest value once it has risen by more. The first and the last bound are the
    ends of the data.

    Parameters
    ----------
    charge
        What is added up, shape (n,).
    threshold
        A reversal counts once it exceeds this, in the unit of `charge`.

    Returns
    -------
    list of int
        From 0 to n.

    Source: procedure of this package.
    """
    ends, direction = [0], 0
    low = high = 0.0
    lowest = highest = 0  # where
    for index, value in enumerate(np.cumsum(charge).tolist(), start=1):
        if value >= high:
            high, highest = value, index
        if value < low:
            low, lowest = value, index
        if direction >= 0 and high - value > threshold:
            ends += [highest] if highest > ends[-1] else []
            direction, low, lowest, high, highest = -1, value, index, value, index
        elif direction <= 0 and value - low > threshold:
            ends += [lowest] if lowest > ends[-1] else []
            direction, low, lowest, high, highest = 1, value, index, value, index
    return [*ends, len(charge)] if ends[-1] < len(charge) else ends

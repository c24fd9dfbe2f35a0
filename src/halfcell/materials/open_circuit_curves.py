"""Contents and open-circuit potentials of step sums for arrays, see `open_circuit`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.open_circuit import REACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.materials.open_circuit import Step

    Floats = NDArray[np.float64]

PER_VOLT = 4000.0  # points of a table per volt, or more:
PER_WIDTH = 8.0  # those to the width of the narrowest step
FEWEST = 400  # points of a table


def content(steps: Sequence[Step], volt: Floats) -> Floats:
    """Lithium content at each potential, ``x(U) = sum_i w_i / (1 + exp((U - V_i) / s_i))``.

    Parameters
    ----------
    steps
        V_i (V), s_i (V) and w_i of each.
    volt
        U, V vs. Li+/Li, shape (n,).

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (n,).

    Source: definition.
    """
    v, s, w = (np.array(column)[:, None] for column in zip(*steps, strict=True))
    exponent = np.clip((volt - v) / s, -60.0, 60.0)
    total: Floats = (w / (1.0 + np.exp(exponent))).sum(axis=0)
    return total


@cache
def table(steps: tuple[Step, ...]) -> tuple[Floats, Floats]:
    """Rising contents and their potentials, dense enough for linear interpolation.

    Parameters
    ----------
    steps
        V_i (V), s_i (V) and w_i of each.

    Returns
    -------
    content, volt
        0 to 1, and V vs. Li+/Li, shape (points,) each.

    Source: definition.
    """
    low, high = (f(v + sign * REACH * s for v, s, _ in steps) for f, sign in ((min, -1), (max, 1)))
    dense = max(PER_VOLT, PER_WIDTH / min(s for _, s, _ in steps))
    volt = np.linspace(low, high, max(int((high - low) * dense), FEWEST))
    return content(steps, volt)[::-1], volt[::-1]


def potential(steps: tuple[Step, ...], contents: Floats) -> Floats:
    """Potential at each lithium content, interpolated in `table`.

    Parameters
    ----------
    steps
        V_i (V), s_i (V) and w_i of each.
    contents
        0 to 1, shape (n,).

    Returns
    -------
    numpy.ndarray
        V vs. Li+/Li, shape (n,).

    Source: definition.
    """
    volt: Floats = np.interp(contents, *table(steps))
    return volt

"""Batches of stretches of rows, and evenly spaced places within each stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


def batches(start: Integers, stop: Integers, rows: int) -> list[slice]:
    """Neighbouring stretches in batches; each has at least one stretch, however long.

    Parameters
    ----------
    start, stop
        First row of each stretch and the row behind its last, shape (stretches,).
    rows
        About how many rows a batch has.

    Returns
    -------
    list of slice
        Of the stretches.

    Source: definition.
    """
    bounds, first = [], 0
    reached = np.cumsum(stop - start)
    while first < len(start):
        taken = int(reached[first - 1]) if first else 0
        end = max(int(np.searchsorted(reached, taken + rows, side="right")), first + 1)
        bounds.append(slice(first, end))
        first = end
    return bounds


def sampled(begin: Integers, count: Integers, most: int) -> tuple[Integers, Integers]:
    """Evenly spaced places among the rows of each stretch.

    The places are `count` // `most` apart; where there are fewer than twice `most` rows, every row is taken.

    Parameters
    ----------
    begin, count
        First row and number of rows of each stretch, shape (stretches,).
    most
        About how many places a stretch gets.

    Returns
    -------
    tuple
        The places, one stretch after the other, and how many each stretch has, shape (stretches,).

    Source: definition.
    """
    stride = np.maximum(count // most, 1)
    number = -(-count // stride)
    offset = np.cumsum(number) - number
    place = np.arange(int(number.sum())) - np.repeat(offset, number)
    return np.repeat(begin, number) + place * np.repeat(stride, number), number

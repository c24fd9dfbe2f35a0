"""Stretches of rows laid end to end, with the sums, extremes and medians of all stretches at once.

Quantities of thousands of half cycles are computed by a few operations on all of their rows instead of by a loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[Any]  # floats or integers
    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Truths = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Spans:
    """Stretches of the rows `start` .. `stop` - 1 of a table, ascending, none empty, none overlapping.

    Laid end to end they take the places 0 .. `size` - 1: stretch `k` begins at place ``begin[k]`` and ends with place
    ``last[k]``. All places below count in this sequence, not in the table.
    """

    start: Integers
    stop: Integers

    def __len__(self) -> int:
        """Number of stretches."""
        return len(self.start)

    @cached_property
    def length(self) -> Integers:
        """Number of rows of each stretch."""
        return self.stop - self.start

    @cached_property
    def begin(self) -> Integers:
        """The first place of each stretch."""
        return self.last + 1 - self.length

    @cached_property
    def last(self) -> Integers:
        """The last place of each stretch."""
        return np.cumsum(self.length) - 1

    @property
    def size(self) -> int:
        """Number of rows of all stretches."""
        return int(self.last[-1]) + 1 if len(self) else 0

    @cached_property
    def places(self) -> Integers:
        """0, 1, 2 ... over all rows."""
        return np.arange(self.size)

    @cached_property
    def _rows(self) -> slice | Integers:
        if np.array_equal(self.stop[:-1], self.start[1:]):
            return slice(int(self.start[0]), int(self.stop[-1]))
        rows: Integers = self.places + self.spread(self.start - self.begin)
        return rows

    def lay(self, column: Values) -> Values:
        """The values of a column of the table, shape (table,), laid end to end, shape (rows,)."""
        return column[self._rows]

    def spread(self, values: Values) -> Values:
        """One value per stretch, shape (stretches,), repeated for each of its rows, shape (rows,)."""
        return np.repeat(values, self.length)

    def sum(self, values: Values) -> Values:
        """Sum over each stretch, shape (stretches,), of values, shape (rows,)."""
        total: Values = np.add.reduceat(values, self.begin)
        return total


def steps(spans: Spans, values: Floats, at_end: float = 0.0) -> Floats:
    """Difference between the next row of a stretch and each row.

    Parameters
    ----------
    spans
        The stretches.
    values
        One value per row, shape (rows,).
    at_end
        What stands at the last row of each stretch.

    Returns
    -------
    numpy.ndarray
        Shape (rows,), in the unit of `values`.

    Source: definition.
    """
    made = np.empty(len(values))
    np.subtract(values[1:], values[:-1], out=made[:-1])
    made[spans.last] = at_end
    return made


def largest(spans: Spans, values: Values) -> Values:
    """Largest value in each stretch.

    Parameters
    ----------
    spans
        The stretches.
    values
        One per row, shape (rows,), in any unit.

    Returns
    -------
    numpy.ndarray
        Shape (stretches,).

    Source: definition.
    """
    return np.maximum.reduceat(values, spans.begin)


def smallest(spans: Spans, values: Values) -> Values:
    """Smallest value in each stretch.

    Parameters
    ----------
    spans
        The stretches.
    values
        One per row, shape (rows,), in any unit.

    Returns
    -------
    numpy.ndarray
        Shape (stretches,).

    Source: definition.
    """
    return np.minimum.reduceat(values, spans.begin)


def last_where(spans: Spans, true: Truths) -> Integers:
    """Last place in each stretch at which something holds.

    Parameters
    ----------
    spans
        The stretches.
    true
        Whether it holds, shape (rows,).

    Returns
    -------
    numpy.ndarray
        Places, shape (stretches,); -1 where there is none.

    Source: definition.
    """
    return largest(spans, np.where(true, spans.places, -1))


def first_where(spans: Spans, true: Truths) -> Integers:
    """First place in each stretch at which something holds.

    Parameters
    ----------
    spans
        The stretches.
    true
        Whether it holds, shape (rows,).

    Returns
    -------
    numpy.ndarray
        Places, shape (stretches,); the number of rows where there is none.

    Source: definition.
    """
    return smallest(spans, np.where(true, spans.places, spans.size))


def order(spans: Spans, values: Floats) -> Integers:
    """Places of the rows by rising value within each stretch.

    Parameters
    ----------
    spans
        The stretches.
    values
        One value per row, shape (rows,).

    Returns
    -------
    numpy.ndarray
        Indices, shape (rows,): those of the first stretch come first.

    Source: definition.
    """
    by_value = np.argsort(values)
    of = np.repeat(np.arange(len(spans), dtype=np.uint16 if len(spans) < 1 << 16 else np.uint64), spans.length)
    return by_value[np.argsort(of[by_value], kind="stable")]


def median(spans: Spans, values: Floats) -> Floats:
    """Median of each stretch; of an even number of values the mean of the middle two.

    Parameters
    ----------
    spans
        The stretches.
    values
        One per row, shape (rows,), in any unit.

    Returns
    -------
    numpy.ndarray
        Shape (stretches,).

    Source: definition.
    """
    ordered = values[order(spans, values)]
    low, high = spans.begin + (spans.length - 1) // 2, spans.begin + spans.length // 2
    middle: Floats = 0.5 * (ordered[low] + ordered[high])
    return middle


def weighted_median(spans: Spans, values: Floats, weights: Floats) -> Floats:
    """The first value of each stretch, in rising order, at which half of the weight is reached.

    Parameters
    ----------
    spans
        The stretches.
    values, weights
        Shape (rows,); weights are not negative.

    Returns
    -------
    numpy.ndarray
        Shape (stretches,), in the unit of `values`.

    Source: definition.
    """
    rising = order(spans, values)
    reached = np.cumsum(weights[rising])
    before = reached[spans.begin] - weights[rising][spans.begin]
    half = before + 0.5 * (reached[spans.last] - before)
    at = first_where(spans, reached >= spans.spread(half))
    return values[rising][np.minimum(at, spans.last)]

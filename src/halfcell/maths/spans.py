"""Stretches of rows laid end to end, and sums, extremes and medians of each stretch at once.

What has to be known of each of thousands of half cycles is found by a few operations on all of their rows instead of a
loop over them.
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
    """Stretches of the rows `start` .. `stop` - 1 of a table, rising, none empty, none overlapping.

    Laid end to end they take the places 0 .. `size` - 1; stretch `k` begins at place ``begin[k]`` and ends with place
    ``last[k]``. All places below are of that row of places, not of the table.
    """

    start: Integers
    stop: Integers

    def __len__(self) -> int:
        """Number of stretches."""
        return len(self.start)

    @cached_property
    def length(self) -> Integers:
        """Rows of each."""
        return self.stop - self.start

    @cached_property
    def begin(self) -> Integers:
        """Where each begins."""
        return self.last + 1 - self.length

    @cached_property
    def last(self) -> Integers:
        """The last place of each."""
        return np.cumsum(self.length) - 1

    @property
    def size(self) -> int:
        """Rows of all."""
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
        """The rows of a column of the table, laid end to end."""
        return column[self._rows]

    def spread(self, values: Values) -> Values:
        """A value a stretch, given to each of its rows."""
        return np.repeat(values, self.length)

    def sum(self, values: Values) -> Values:
        """Sum of each."""
        total: Values = np.add.reduceat(values, self.begin)
        return total


def steps(spans: Spans, values: Floats, at_end: float = 0.0) -> Floats:
    """Difference of each row to the next one of its stretch; `at_end` for the last."""
    made = np.empty(len(values))
    np.subtract(values[1:], values[:-1], out=made[:-1])
    made[spans.last] = at_end
    return made


def largest(spans: Spans, values: Values) -> Values:
    """Largest of each."""
    return np.maximum.reduceat(values, spans.begin)


def smallest(spans: Spans, values: Values) -> Values:
    """Smallest of each."""
    return np.minimum.reduceat(values, spans.begin)


def last_where(spans: Spans, true: Truths) -> Integers:
    """Last place of each at which something is true; -1 where there is none."""
    return largest(spans, np.where(true, spans.places, -1))


def first_where(spans: Spans, true: Truths) -> Integers:
    """First place of each at which something is true; `size` where there is none."""
    return smallest(spans, np.where(true, spans.places, spans.size))


def order(spans: Spans, values: Floats) -> Integers:
    """Places by rising value within each stretch."""
    by_value = np.argsort(values)
    of = np.repeat(np.arange(len(spans), dtype=np.uint16 if len(spans) < 1 << 16 else np.uint64), spans.length)
    return by_value[np.argsort(of[by_value], kind="stable")]


def median(spans: Spans, values: Floats) -> Floats:
    """Median of each."""
    ordered = values[order(spans, values)]
    low, high = spans.begin + (spans.length - 1) // 2, spans.begin + spans.length // 2
    middle: Floats = 0.5 * (ordered[low] + ordered[high])
    return middle


def weighted_median(spans: Spans, values: Floats, weights: Floats) -> Floats:
    """The first value of each, in rising order, at which half of the weight is reached."""
    rising = order(spans, values)
    reached = np.cumsum(weights[rising])
    before = reached[spans.begin] - weights[rising][spans.begin]
    half = before + 0.5 * (reached[spans.last] - before)
    at = first_where(spans, reached >= spans.spread(half))
    return values[rising][np.minimum(at, spans.last)]


def batches(start: Integers, stop: Integers, rows: int) -> list[slice]:
    """Neighbouring stretches in batches of about `rows` rows: one stretch at least, however long."""
    bounds, first = [], 0
    reached = np.cumsum(stop - start)
    while first < len(start):
        taken = int(reached[first - 1]) if first else 0
        end = max(int(np.searchsorted(reached, taken + rows, side="right")), first + 1)
        bounds.append(slice(first, end))
        first = end
    return bounds


def sampled(begin: Integers, count: Integers, most: int) -> tuple[Integers, Integers]:
    """Places of every so-maniest of `count` rows from each `begin`, about `most` of each, and how many of each.

    Rows are `count` // `most` apart, next to each other where there are fewer than twice `most`.
    """
    stride = np.maximum(count // most, 1)
    number = -(-count // stride)
    offset = np.cumsum(number) - number
    place = np.arange(int(number.sum())) - np.repeat(offset, number)
    return np.repeat(begin, number) + place * np.repeat(stride, number), number

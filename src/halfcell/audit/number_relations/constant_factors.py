"""Columns that are off from what others give by one and the same factor in every row."""

from __future__ import annotations

from fractions import Fraction
from math import log
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST = 3  # rows: in two a common factor is chance
NARROW = 0.03  # relative; a factor that rounding leaves wider than this may be any
VARIED = 1.2  # between the smallest and the largest of the calculated numbers: of equal ones every quotient is constant
FAR = 0.03  # natural logarithm; a factor nearer to 1 may come from rounding on the way


class Row(NamedTuple):
    """What a row prints, and what the others of its numbers give."""

    printed: Interval
    made: Interval


def common_factor(rows: Sequence[Row]) -> Interval | None:
    """The factor printed / made of all rows; None if there is none, if rounding leaves it wide, or if it is 1."""
    if len(rows) < FEWEST or any(min(row.printed.low, row.made.low) <= 0 for row in rows):
        return None
    lowest = max(row.printed.low / row.made.high for row in rows)
    highest = min(row.printed.high / row.made.low for row in rows)
    if lowest > highest or highest / lowest - 1 > NARROW:
        return None
    middles = [float(row.made.middle) for row in rows]
    if max(middles) / min(middles) < VARIED:
        return None
    found = Interval(lowest, highest)
    return None if abs(log(float(found.middle))) < FAR or lowest <= 1 <= highest else found


def is_power_of_ten(factor: Interval) -> bool:
    """Whether a factor may be 10, 100, 1/1000 ...: a unit that slipped."""
    return any(factor.low <= Fraction(10) ** power <= factor.high for power in (*range(-6, 0), *range(1, 7)))

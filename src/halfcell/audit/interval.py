"""Closed intervals of exact fractions: sums, differences, products and quotients; no floating point."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """The closed interval [low, high]."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(ends), max(ends))

    def inverse(self) -> Interval | None:
        """1 / self; None if the interval contains zero."""
        if self.low <= 0 <= self.high:
            return None
        return Interval(1 / self.high, 1 / self.low)

    def meets(self, other: Interval) -> bool:
        """Whether the two intervals have a point in common (end points count)."""
        return self.low <= other.high and other.low <= self.high

    @property
    def width(self) -> Fraction:
        """High minus low."""
        return self.high - self.low

    @property
    def middle(self) -> Fraction:
        """The midpoint."""
        return (self.low + self.high) / 2


def exactly(value: Fraction | int) -> Interval:
    """The interval that holds a single value."""
    return Interval(Fraction(value), Fraction(value))

"""Intervals of floating-point numbers: wide enough for rounding, quick enough for thousands of relations."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

SLACK = 1e-9  # relative; allows for floating-point error


class Span(NamedTuple):
    """The closed interval from low to high."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """High minus low."""
        return self.high - self.low

    @property
    def middle(self) -> float:
        """The midpoint."""
        return (self.low + self.high) / 2

    def holds(self, value: float) -> bool:
        """Whether a value lies in it, within floating-point error."""
        by = SLACK * max(1.0, abs(value))
        return self.low - by <= value <= self.high + by


def added(one: Span, other: Span) -> Span:
    """The sum."""
    return Span(one.low + other.low, one.high + other.high)


def taken(one: Span, other: Span) -> Span:
    """The difference."""
    return Span(one.low - other.high, one.high - other.low)


def multiplied(one: Span, other: Span) -> Span:
    """The product."""
    ends = (one.low * other.low, one.low * other.high, one.high * other.low, one.high * other.high)
    return Span(min(ends), max(ends))


def inverted(one: Span) -> Span:
    """1 over the interval; without bounds if it holds zero."""
    return Span(-inf, inf) if one.low <= 0 <= one.high else Span(1 / one.high, 1 / one.low)


def divided(one: Span, other: Span) -> Span:
    """The quotient."""
    return multiplied(one, inverted(other))


def powered(one: Span, power: int) -> Span:
    """A whole power of a positive interval."""
    if one.low <= 0:
        return Span(-inf, inf)
    ends = (one.low**power, one.high**power)
    return Span(min(ends), max(ends))

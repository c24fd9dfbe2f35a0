"""The area of a disc from its diameter, over the interval that the diameter may have."""

from __future__ import annotations

from fractions import Fraction

from halfcell.audit.interval import Interval

PI = Interval(Fraction(314159265, 10**8), Fraction(314159266, 10**8))
_QUARTER = Interval(Fraction(1, 4), Fraction(1, 4))


def area_of_disc(diameter: Interval) -> Interval:
    """π/4 times the square of the diameter, in the square of its unit."""
    return PI * _QUARTER * diameter * diameter

"""Exact intervals: results contain every possible value, and no more than necessary."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from halfcell.audit.interval import Interval, exactly

numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    return Interval(low, high)


@st.composite
def held(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    interval = draw(intervals())
    share = draw(st.fractions(min_value=0, max_value=1, max_denominator=50))
    return interval, interval.low + share * interval.width


@given(held(), held())
def test_results_contain_all_possible_values(left: tuple[Interval, Fraction], right: tuple[Interval, Fraction]) -> None:
    (a, x), (b, y) = left, right
    assert (a + b).low <= x + y <= (a + b).high
    assert (a - b).low <= x - y <= (a - b).high
    assert (a * b).low <= x * y <= (a * b).high
    inverse = b.inverse()
    if inverse is None:
        assert b.low <= 0 <= b.high
    else:
        assert inverse.low <= 1 / y <= inverse.high


@given(intervals(), intervals())
def test_products_are_no_wider_than_necessary(a: Interval, b: Interval) -> None:
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    assert (a * b).low == min(corners)
    assert (a * b).high == max(corners)


def test_end_points_count() -> None:
    assert Interval(Fraction(0), Fraction(1)).meets(exactly(1))
    assert not Interval(Fraction(0), Fraction(1)).meets(exactly(Fraction(1000001, 1000000)))

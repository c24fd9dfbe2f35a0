"""Printed numbers: exact values and the intervals rounding allows."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.core.errors import InputError
from halfcell.core.printed import Printed


def test_trailing_zero_counts() -> None:
    assert Printed("92.50").interval() == (Fraction(92495, 1000), Fraction(92505, 1000))
    assert Printed("92.5").interval() == (Fraction(9245, 100), Fraction(9255, 100))


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 234.5", "1234.5"), ("−0.5", "-0.5"), ("3,916.2", "3916.2"), ("1.2e-3", "0.0012"), ("+7", "7")],
)
def test_what_documents_print(text: str, value: str) -> None:
    assert Printed(text).value == Fraction(value)


@pytest.mark.parametrize("text", ["", "-", "N/A", "3 N·m", "1.2.3", "12(3)", "1-2"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not a number"):
        Printed(text)


def test_a_printed_number_stands_for_an_interval_by_its_rule_of_rounding() -> None:
    assert Printed("-1.2").interval("truncated") == (Fraction(-13, 10), Fraction(-12, 10))
    assert Printed("1.2").interval("up or down") == (Fraction(11, 10), Fraction(13, 10))


@given(value=st.decimals(-10000, 10000, allow_nan=False, places=6), places=st.integers(0, 4))
def test_the_interval_holds_the_value_it_was_printed_from(value: Decimal, places: int) -> None:
    text = f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    low, high = Printed(text).interval()
    assert low <= Fraction(value) <= high
    assert Printed(text).decimals == places

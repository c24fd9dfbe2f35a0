"""Expressions of printed numbers: exact interval arithmetic, and the text that people can follow."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from halfcell.audit import expression as ex
from halfcell.audit.interval import Interval, exactly


def _reading(text: str, low: str, high: str) -> Any:
    return SimpleNamespace(text=text, interval=Interval(Fraction(low), Fraction(high)))


MASS = _reading("12.2 mg", "12.15", "12.25")
CAPACITY = _reading("179 mAh/g", "178.5", "179.5")
ZERO = _reading("0.0", "-0.05", "0.05")


def _of(reading: Any) -> Interval:
    return reading.interval


def _ends(expression: ex.Expression) -> tuple[Fraction, Fraction]:
    found = ex.evaluate(expression, _of)
    assert found is not None
    return found.low, found.high


def test_a_number_has_the_interval_of_its_digits() -> None:
    assert _ends(ex.Given(MASS)) == (Fraction("12.15"), Fraction("12.25"))


def test_a_product_is_that_of_the_ends() -> None:
    assert _ends(ex.times(MASS, CAPACITY)) == (
        Fraction("12.15") * Fraction("178.5"),
        Fraction("12.25") * Fraction("179.5"),
    )


def test_a_quotient_takes_the_other_end_of_what_divides() -> None:
    assert _ends(ex.over(CAPACITY, MASS)) == (
        Fraction("178.5") / Fraction("12.25"),
        Fraction("179.5") / Fraction("12.15"),
    )


def test_a_sum_and_a_difference_widen() -> None:
    assert _ends(ex.plus(MASS, CAPACITY)) == (Fraction("190.65"), Fraction("191.75"))
    assert _ends(ex.minus(CAPACITY, MASS)) == (Fraction("166.25"), Fraction("167.35"))


def test_factors_and_terms_count_once() -> None:
    assert ex.times(MASS, CAPACITY) == ex.Product(((ex.Given(MASS), 1), (ex.Given(CAPACITY), 1)))
    assert ex.over(MASS, CAPACITY) == ex.Product(((ex.Given(MASS), 1), (ex.Given(CAPACITY), -1)))
    assert ex.plus(MASS, CAPACITY) == ex.Sum(((ex.Given(MASS), 1), (ex.Given(CAPACITY), 1)))
    assert ex.minus(MASS, CAPACITY) == ex.Sum(((ex.Given(MASS), 1), (ex.Given(CAPACITY), -1)))


def test_a_sum_of_one_term_is_that_term() -> None:
    assert ex.plus(MASS) == ex.Given(MASS)
    assert isinstance(ex.plus(MASS, MASS), ex.Sum)


def test_a_constant_is_exact_and_has_its_text() -> None:
    made = ex.number(Fraction(36, 10), "3.6 C/mAh")
    assert (made.value, made.text) == (exactly(Fraction(36, 10)), "3.6 C/mAh")
    assert ex.number(7).text == "7"
    assert _ends(ex.times(ex.number(2), MASS)) == (Fraction("24.3"), Fraction("24.5"))


@pytest.mark.parametrize(
    "expression",
    [
        ex.over(MASS, ZERO),
        ex.times(CAPACITY, ex.over(MASS, ZERO)),
        ex.plus(CAPACITY, ex.over(MASS, ZERO)),
        ex.minus(ex.over(MASS, ZERO), CAPACITY),
        ex.over(ex.over(MASS, ZERO), CAPACITY),
    ],
)
def test_what_divides_by_zero_has_no_interval(expression: ex.Expression) -> None:
    assert ex.evaluate(expression, _of) is None


def test_zero_above_is_allowed() -> None:
    assert _ends(ex.over(ZERO, MASS)) == (Fraction("-0.05") / Fraction("12.15"), Fraction("0.05") / Fraction("12.15"))


def test_readings_come_in_order() -> None:
    expression = ex.minus(ex.times(MASS, ex.number(2), CAPACITY), ex.over(ZERO, MASS))
    assert list(ex.readings(expression)) == [MASS, CAPACITY, ZERO, MASS]
    assert list(ex.readings(ex.number(1))) == []


def test_one_reading_is_exchanged_everywhere_and_others_stay() -> None:
    new = _reading("13.2 mg", "13.15", "13.25")
    expression = ex.minus(ex.times(MASS, ex.number(2)), ex.over(MASS, CAPACITY))
    found = ex.exchanged(expression, MASS, new)
    assert list(ex.readings(found)) == [new, new, CAPACITY]
    assert found == ex.minus(ex.times(new, ex.number(2)), ex.over(new, CAPACITY))
    assert ex.exchanged(expression, new, MASS) == expression


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (ex.Given(MASS), "12.2 mg"),
        (ex.times(MASS, CAPACITY), "12.2 mg × 179 mAh/g"),
        (ex.over(MASS, CAPACITY), "12.2 mg / 179 mAh/g"),
        (ex.over(ex.number(1), CAPACITY), "1 / 179 mAh/g"),
        (ex.Product(((ex.Given(CAPACITY), -1),)), "1 / 179 mAh/g"),
        (ex.plus(MASS, CAPACITY), "12.2 mg + 179 mAh/g"),
        (ex.plus(ex.times(ex.number(2), MASS), CAPACITY), "(2 × 12.2 mg) + 179 mAh/g"),
        (ex.minus(MASS, CAPACITY), "12.2 mg − 179 mAh/g"),
        (ex.Sum(((ex.Given(MASS), -1), (ex.Given(CAPACITY), 1))), " − 12.2 mg + 179 mAh/g"),
        (ex.times(ex.number(2), ex.minus(MASS, CAPACITY)), "2 × (12.2 mg − 179 mAh/g)"),
        (ex.over(MASS, ex.times(ex.number(2), CAPACITY)), "12.2 mg / (2 × 179 mAh/g)"),
        (ex.Product(((ex.Given(MASS), -1), (ex.number(2), 1), (ex.Given(CAPACITY), -1))), "2 / 12.2 mg / 179 mAh/g"),
        (ex.times(MASS, ex.number(3, "1 + 2")), "12.2 mg × (1 + 2)"),
        (ex.times(MASS, ex.number(3, "F = 26.8 Ah")), "12.2 mg × (F = 26.8 Ah)"),
        (ex.times(MASS, ex.number(3, "0.9 to 1.1")), "12.2 mg × (0.9 to 1.1)"),
        (ex.times(MASS, ex.number(3, "3 (of Si + C)")), "12.2 mg × 3 (of Si + C)"),
        (ex.number(3, "1 + 2"), "1 + 2"),
        (ex.times(MASS, ex.number(3, "3 mol")), "12.2 mg × 3 mol"),
    ],
)
def test_an_expression_is_written_with_its_printed_numbers(expression: ex.Expression, text: str) -> None:
    assert ex.written_out(expression).strip() == text.strip()


def test_an_expression_inside_another_is_bracketed() -> None:
    assert ex.written_out(ex.plus(MASS, CAPACITY), inside=True) == "(12.2 mg + 179 mAh/g)"
    assert ex.written_out(ex.times(ex.number(7)), inside=True) == "7"
    assert ex.written_out(ex.times(ex.number(7), ex.number(3)), inside=True) == "(7 × 3)"

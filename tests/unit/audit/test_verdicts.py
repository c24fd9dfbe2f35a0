"""Verdicts: which number gets which, and why."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.audit.claims import Claim, Verdict
from halfcell.audit.expression import over, plus, times
from halfcell.audit.readings import Reading
from halfcell.audit.verdicts import judge
from halfcell.core.printed import Printed, Rounding
from halfcell.core.units import PLAIN


def reading(text: str, column: int = 0) -> Reading:
    return Reading(quantity="", printed=Printed(text), unit=PLAIN, where="Table 1", row=1, column=column)


def verdict(target: str, direct: tuple[str, str], step: str = "", rounding: Rounding = "half up") -> Verdict:
    """Judge target = a x b, and through a printed intermediate (a x b = step) over one."""
    a, b = reading(direct[0], 1), reading(direct[1], 2)
    middle = reading(step, 3) if step else None
    claim = Claim(
        rule="r", what="w", target=reading(target), direct=times(a, b),
        stepwise=times(middle, reading("1.0000000", 4)) if middle else None, steps=(middle,) if middle else (),
    )  # fmt: skip
    return judge(claim, rounding).verdict


@pytest.mark.parametrize(
    ("target", "direct", "step", "expected"),
    [
        ("12.0", ("3.00", "4.00"), "", Verdict.HOLDS),
        ("12.1", ("3.00", "4.00"), "", Verdict.FAILS),
        ("12.00", ("3.0000", "4.0000"), "12.0", Verdict.HOLDS),
        ("12.04", ("3.0100", "4.0000"), "12.0", Verdict.UNROUNDED),
        ("12.00", ("3.0100", "4.0000"), "12.0", Verdict.ROUNDED),
        ("13.00", ("3.0100", "4.0000"), "12.0", Verdict.FAILS),
        ("1.2345", ("1", "1"), "", Verdict.WEAK),
    ],
)
def test_verdict(target: str, direct: tuple[str, str], step: str, expected: Verdict) -> None:
    assert verdict(target, direct, step) is expected


def test_closed_intervals_touch() -> None:
    """2.5 x 1 is rounded to 2 or to 3, depending on the rule; the closed interval allows both."""
    assert verdict("3", ("2.50", "1.00")) is not Verdict.FAILS
    assert verdict("2", ("2.50", "1.00")) is not Verdict.FAILS


def test_rounding_is_selectable() -> None:
    assert verdict("0.33", ("0.3390", "1.0000")) is Verdict.FAILS
    assert verdict("0.33", ("0.3390", "1.0000"), rounding="truncated") is Verdict.HOLDS
    assert verdict("0.35", ("0.3390", "1.0000"), rounding="up or down") is Verdict.FAILS
    assert verdict("0.34", ("0.3310", "1.0000"), rounding="up or down") is Verdict.HOLDS


def test_division_by_zero_is_not_checked() -> None:
    claim = Claim(rule="r", what="w", target=reading("1"), direct=over(reading("1", 1), reading("0", 2)))
    assert judge(claim, "half up").verdict is Verdict.UNCHECKED


def test_width_in_last_digits_and_calculation_in_words() -> None:
    claim = Claim(rule="r", what="w", target=reading("5.00"), direct=plus(reading("2.0", 1), reading("3.0", 2)))
    finding = judge(claim, "half up")
    assert finding.width == 20  # each part +- 0.05: 0.2 wide, in hundredths
    assert "2.0 + 3.0" in finding.explain
    assert finding.computed == "4.900 to 5.100"


def test_bounds() -> None:
    high = Claim(rule="r", what="w", target=reading("99"), direct=times(reading("90.0", 1)), relation="<=")
    low = Claim(rule="r", what="w", target=reading("80"), direct=times(reading("90.0", 1)), relation="<=")
    assert judge(high, "half up").verdict is Verdict.FAILS
    assert judge(low, "half up").verdict in {Verdict.HOLDS, Verdict.WEAK}


@given(
    st.integers(1000, 99999), st.integers(1000, 99999), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3),
)  # fmt: skip
def test_what_is_computed_and_rounded_never_fails(a: int, b: int, da: int, db: int, dt: int) -> None:
    """However true values are rounded, they never fail: the audit does not accuse wrongly."""
    true_a, true_b = Fraction(a, 997), Fraction(b, 991)
    printed = [f"{float(round(x * 10**d) / Fraction(10) ** d):.{d}f}" for x, d in ((true_a, da), (true_b, db))]
    if any(Fraction(text) == 0 for text in printed):
        return
    product = true_a * true_b
    target = f"{float(round(product * 10**dt) / Fraction(10) ** dt):.{dt}f}"
    assert verdict(target, (printed[0], printed[1])) is not Verdict.FAILS

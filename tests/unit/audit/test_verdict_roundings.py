"""Verdicts under every rounding rule: the rule is used on the target, the inputs, the spreads and the wrong digits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from halfcell.audit.claims import Claim, Verdict
from halfcell.audit.expression import Expression, times
from halfcell.audit.interval import exactly
from halfcell.audit.readings import Reading
from halfcell.audit.verdicts import agrees, decimal_text, is_exact, judge, passing_share, turned_exactly
from halfcell.core.printed import Printed, Rounding
from halfcell.core.units import PLAIN, parse


def _reading(text: str, column: int = 0, *, of: str = "", spread: str = "") -> Reading:
    return Reading(
        quantity="", printed=Printed(text), unit=parse(of) if of else PLAIN, where="Table 1", row=1, column=column,
        spread=Printed(spread) if spread else None, sign="",
    )  # fmt: skip


def _claim(target: Reading, direct: Expression | None, **more: object) -> Claim:
    return Claim(rule="rule", what="what", target=target, direct=direct, **more)  # type: ignore[arg-type]


def _product(one: str, two: str) -> Expression:
    return times(_reading(one, 1), _reading(two, 2))


CASES: list[tuple[str, str, Rounding, bool]] = [
    ("12", "12.900", "half up", False),  # printed as 13
    ("12", "12.900", "truncated", True),
    ("12", "12.900", "up or down", True),
    ("13", "12.100", "truncated", False),
    ("13", "12.100", "up or down", True),
    ("12", "12.400", "half up", True),
    ("12", "12.400", "half even", True),
    ("12", "11.600", "truncated", False),
    ("12", "11.600", "half up", True),
]


@pytest.mark.parametrize(("target", "found", "rounding", "holds"), CASES)
def test_a_number_is_held_to_the_rounding_rule_of_its_table(
    target: str, found: str, rounding: Rounding, holds: bool
) -> None:
    claim = _claim(_reading(target), _product(found, "1.0000"))
    assert (judge(claim, rounding).verdict in {Verdict.HOLDS, Verdict.WEAK}) is holds
    assert judge(claim, rounding).exact is holds
    assert is_exact(claim, rounding) is holds
    assert agrees(claim, rounding) is holds


def test_inputs_are_anywhere_that_the_rule_allows() -> None:
    """3 x 4: 11 to 19 if digits are cut off, 8.75 to 15.75 if they are rounded."""
    for target, rounding, holds in (("18", "truncated", True), ("18", "half up", False), ("9", "half up", True)):
        claim = _claim(_reading(target), _product("3", "4"))
        assert agrees(claim, rounding) is holds  # type: ignore[arg-type]
    steps = _reading("4", 3)
    claim = Claim(
        rule="r", what="w", target=_reading("14"), direct=None, stepwise=times(_reading("3", 1), steps), steps=(steps,)
    )
    assert agrees(claim, "truncated")
    assert judge(claim, "truncated").verdict in {Verdict.HOLDS, Verdict.WEAK}


@pytest.mark.parametrize(("rounding", "verdict"), [("half up", Verdict.FAILS), ("truncated", Verdict.WEAK)])
def test_spreads_are_added_to_what_the_rule_allows(rounding: Rounding, verdict: Verdict) -> None:
    """14 ± 1 beside 3.0 x 4.0: at most 15, and 3.0 x 4.0 is below 12.4, or below 12.7 if digits were cut off."""
    claim = _claim(_reading("14.0", spread="1.5"), times(_reading("3.0", 1), _reading("4.0", 2)))
    assert judge(claim, rounding).verdict is verdict
    assert agrees(claim, rounding) is (verdict is Verdict.WEAK)


def test_a_spread_has_the_unit_of_its_number() -> None:
    direct = times(_reading("1.000", 1), _reading("0.0100", 2))
    for spread, verdict in (("3.0", Verdict.WEAK), ("1.0", Verdict.FAILS)):
        claim = _claim(_reading("12.0", of="mm", spread=spread), direct)
        assert judge(claim, "half up").verdict is verdict


def test_wrong_digits_are_judged_by_the_same_rule() -> None:
    """Exactly 12: no other hundredth would pass, but 11.99 does where both directions are allowed."""
    claim = _claim(_reading("12.00"), _product("3.0000", "4.0000"))
    route = exactly(Fraction(12))
    assert passing_share(claim, route, "half up") == 0
    assert passing_share(claim, route, "up or down") > 0


@pytest.mark.parametrize("text", ["1.2e5", "1.2E5"])
def test_digits_of_an_exponent_are_no_digits_of_the_number(text: str) -> None:
    claim = _claim(_reading(text), _product("3.0000", "4.0000"))
    assert passing_share(claim, exactly(Fraction(120000)), "half up") == 0
    wide = _claim(_reading("0000"), _product("3.0000", "4.0000"))
    assert passing_share(wide, exactly(Fraction(0)), "half up") == 0


def test_a_weak_check_is_one_that_lets_half_of_the_wrong_digits_pass() -> None:
    """3 x 4 with one digit each is between 8.75 and 15.75: of the wrong digits of 12, 1 x 8 pass, and of 10, more."""
    claim = _claim(_reading("12"), _product("3", "4"))
    share = passing_share(claim, judge_route(claim), "half up")
    assert share == Fraction(6, 18)
    assert judge(claim, "half up").verdict is Verdict.HOLDS


def judge_route(claim: Claim):
    from halfcell.audit.expression import evaluate

    assert claim.direct is not None
    return evaluate(claim.direct, lambda r: r.interval("half up"))


def test_an_input_is_what_the_others_give_only_if_the_last_digit_of_the_result_tells() -> None:
    """12.00 = 3.0000 x 4.0000 tells the first one, in millimetres as well; 12.00 = 3 x 40 / 10 does not."""
    assert turned_exactly(_claim(_reading("12.00"), _product("3.0000", "4.0000")), 0, "half up")
    lengths = times(_reading("3.0000", 1), _reading("4.0000", 2, of="mm"))
    assert turned_exactly(_claim(_reading("12.00", of="mm"), lengths), 0, "half up")
    assert not turned_exactly(_claim(_reading("12.00"), _product("3", "40")), 0, "half up")
    assert not turned_exactly(_claim(_reading("12.00"), None), 0, "half up")
    twice = _reading("3.00", 1)
    assert not turned_exactly(_claim(_reading("9.00"), times(twice, twice)), 0, "half up")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(1, 2), 3, "0.500"),
        (Fraction(945, 10000), 3, "0.0945"),
        (Fraction(1, 10), 3, "0.100"),
        (Fraction(-1, 20), 1, "-0.05"),
        (Fraction(0), 2, "0.00"),
        (Fraction(123456, 1000), 1, "123.5"),
    ],
)
def test_a_calculated_number_has_three_digits_or_its_decimals(value: Fraction, decimals: int, text: str) -> None:
    assert decimal_text(value, decimals) == text

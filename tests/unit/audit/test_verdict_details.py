"""What a finding tells: calculation, places, width, exactness; spreads, bounds, and digits that could hardly fail."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from halfcell.audit.claims import Claim, Verdict
from halfcell.audit.expression import Expression, minus, over, times
from halfcell.audit.interval import Interval, exactly
from halfcell.audit.readings import Reading
from halfcell.audit.verdicts import agrees, decimal_text, is_exact, judge, outcome, passing_share, turned_exactly
from halfcell.core.printed import Printed
from halfcell.core.units import PLAIN, parse

A, B, C = 1, 2, 3


def reading(text: str, column: int = 0, *, of: str = "", spread: str = "", sign: str = "") -> Reading:
    return Reading(
        quantity="", printed=Printed(text), unit=parse(of) if of else PLAIN, where="Table 1", row=1, column=column,
        spread=Printed(spread) if spread else None, sign=sign,
    )  # fmt: skip


def claim(target: Reading, direct: Expression | None = None, **more: object) -> Claim:
    return Claim(rule="rule", what="what", target=target, direct=direct, **more)  # type: ignore[arg-type]


HOLDS = claim(reading("12.0"), times(reading("3.00", A), reading("4.00", B)), ask="Why?", severity="warning")
FAILS = replace(HOLDS, target=reading("13.0"))


def test_a_claim_that_holds_is_a_note_without_a_question() -> None:
    found = judge(HOLDS, "half up")
    assert (found.rule, found.what, found.severity, found.ask) == ("rule", "what", "note", "")
    assert (found.printed, found.computed) == ("12.0", "11.97 to 12.04")
    assert found.explain == "3.00 × 4.00 = 11.97 to 12.04; printed 12.0: holds"
    assert [place.column for place in found.places] == [0, A, B]
    assert found.width == Fraction(7, 10)  # 0.07 wide, in tenths
    assert found.exact is True


def test_a_claim_that_fails_keeps_its_severity_and_asks() -> None:
    found = judge(FAILS, "half up")
    assert (found.verdict, found.severity, found.ask) == (Verdict.FAILS, "warning", "Why?")
    assert found.explain.endswith("; printed 13.0: FAILS")
    assert found.exact is False


def test_a_soft_claim_that_fails_is_only_seen() -> None:
    found = judge(replace(FAILS, soft=True), "half up")
    assert (found.verdict, found.severity, found.ask) == (Verdict.SEEN, "warning", "Why?")
    assert found.explain.endswith(": does not agree")
    assert judge(replace(HOLDS, soft=True), "half up").verdict is Verdict.HOLDS


def test_an_assumption_stands_in_the_explanation() -> None:
    assert judge(replace(HOLDS, because="per gram"), "half up").explain.endswith("printed 12.0 (per gram): holds")


@pytest.mark.parametrize(("relation", "words"), [("<=", "upper limit "), (">=", "lower limit "), ("=", "")])
def test_bounds_are_named(relation: str, words: str) -> None:
    found = judge(replace(HOLDS, relation=relation), "half up")  # type: ignore[arg-type]
    assert found.explain.startswith(f"{words}3.00 × 4.00 = ")
    assert (found.exact is None) is (relation != "=")


@pytest.mark.parametrize(
    ("target", "relation", "holds"),
    [("11.9", "<=", True), ("12.2", "<=", False), ("12.2", ">=", True), ("11.8", ">=", False), ("12.0", "<=", True)],
)
def test_a_bound_holds_up_to_the_other_end_of_the_interval(target: str, relation: str, holds: bool) -> None:
    one = replace(HOLDS, target=reading(target), relation=relation)  # type: ignore[arg-type]
    assert (judge(one, "half up").verdict in {Verdict.HOLDS, Verdict.WEAK}) is holds
    assert agrees(one, "half up") is holds


def test_both_routes_are_told() -> None:
    step = reading("12.0", C)
    found = judge(replace(HOLDS, stepwise=times(step, reading("1.000", 4)), steps=(step,)), "half up")
    assert found.explain == (
        "3.00 × 4.00 = 11.97 to 12.04; from printed intermediate results 12.0 × 1.000 = 11.99 to 12.01;"
        " printed 12.0: holds"
    )
    assert [place.column for place in found.places] == [0, A, B, C, 4]


def test_only_a_stepwise_route_is_computed_and_agrees_within_its_rounding() -> None:
    """12.0 stands for 11.95 to 12.05: ten times that is 120.4, although ten times the printed digits is 120.0."""
    step = reading("12.0", C)
    loose = claim(reading("120.40"), stepwise=times(step, reading("10.000", 4)), steps=(step,))
    found = judge(loose, "half up")
    assert found.verdict in {Verdict.HOLDS, Verdict.WEAK}
    assert found.computed == "119.494 to 120.506"
    assert agrees(loose, "half up")
    assert not agrees(replace(loose, target=reading("121.00")), "half up")
    assert judge(replace(loose, target=reading("121.00")), "half up").verdict is Verdict.FAILS


def test_nothing_to_compute_is_unchecked() -> None:
    none = claim(reading("1.0"), over(reading("1.0", A), reading("0", B)))
    found = judge(none, "half up")
    assert (found.verdict, found.severity, found.computed, found.width) == (Verdict.UNCHECKED, "note", "", None)
    assert found.explain == "an input is zero or missing; printed 1.0: cannot be checked"
    assert not agrees(none, "half up")
    assert found.exact is False


@pytest.mark.parametrize(
    ("spread", "where", "allowed"),
    [("0.9", 0, False), ("1.0", 0, True), ("0.3", A, True), ("0.2", A, False), ("", 0, False)],
)
def test_means_may_miss_a_relation_by_their_spreads(spread: str, where: int, allowed: bool) -> None:
    """13.0 is printed for 3.00 x 4.00 = 12.0: its own spread of 1.0, or 0.3 of the first factor, allows it."""
    one = claim(
        reading("13.0", spread=spread if where == 0 else ""),
        times(reading("3.00", A, spread=spread if where == A else ""), reading("4.00", B)),
    )
    assert judge(one, "half up").verdict is (Verdict.WEAK if allowed else Verdict.FAILS)
    assert agrees(one, "half up") is allowed


def test_units_are_taken_out_of_the_computed_interval() -> None:
    """3 mg of 4 mAh/g are 12 uAh, printed in uAh."""
    one = claim(
        reading("12.0", of="µAh"), times(reading("3.00", A, of="mg"), reading("4.00", B, of="mAh/g")), severity="error"
    )
    found = judge(one, "half up")
    assert found.verdict is Verdict.HOLDS
    assert found.computed.startswith("11.97 to 12.04")
    assert found.width == Fraction(7, 10)


@pytest.mark.parametrize(("target", "exact"), [("12.0", True), ("12.04", False), ("12", True), ("12.1", False)])
def test_exact_is_what_the_printed_digits_give(target: str, exact: bool) -> None:
    assert is_exact(replace(HOLDS, target=reading(target)), "half up") is exact


def test_exactness_is_not_asked_of_a_number_with_a_sign_or_of_a_bound() -> None:
    assert is_exact(replace(HOLDS, target=reading("12.0", sign="~")), "half up") is None
    about = claim(reading("12.0"), times(reading("3.00", A, sign="<"), reading("4.00", B)))
    assert is_exact(about, "half up") is None
    assert is_exact(replace(HOLDS, relation="<="), "half up") is None
    assert is_exact(claim(reading("1.0"), stepwise=times(reading("1.0", A))), "half up") is None


def test_an_input_that_was_computed_from_the_others_is_found() -> None:
    """5.225 to 5.235 times 1.500 is 7.8375 to 7.8525: 7.84 and 7.85 turn back into 5.23, their neighbours do not."""
    one = claim(reading("7.85"), times(reading("5.23", A), reading("1.500", B)))
    assert turned_exactly(one, 0, "half up")
    assert not turned_exactly(one, 5, "half up")
    assert not turned_exactly(claim(reading("7.85"), stepwise=one.direct), 0, "half up")
    for target, turned in (("7.83", False), ("7.84", True), ("7.86", False)):
        assert turned_exactly(replace(one, target=reading(target)), 0, "half up") is turned


def test_an_input_with_few_digits_tells_nothing() -> None:
    """5 x 2.300 is 10.4 to 12.6: any last digit of the product would do."""
    assert not turned_exactly(claim(reading("12.03"), times(reading("5", A), reading("2.300", B))), 0, "half up")


def test_an_input_that_is_used_twice_is_not_turned() -> None:
    twice = reading("3.47", A)
    assert not turned_exactly(claim(reading("12.04"), times(twice, twice)), 0, "half up")


def test_a_difference_turns_with_the_other_sign() -> None:
    one = claim(reading("6.80"), minus(reading("12.03", A), reading("5.23", B)))
    assert turned_exactly(one, 0, "half up") == turned_exactly(one, 1, "half up")


@pytest.mark.parametrize(
    ("target", "low", "high", "share"),
    [
        ("12.0", "11.97", "12.04", Fraction(0)),
        ("120", "0", "1000", Fraction(1)),
        ("5", "4.6", "7.4", Fraction(2, 9)),  # 6 and 7 would pass, too
        ("0.05", "0.046", "0.074", Fraction(2, 9)),  # zeros before the first digit are no digits
        ("12.3456", "12.34", "12.36", Fraction(1, 36)),  # 12.3556, too; further digits are a computer's
    ],
)
def test_the_share_of_wrong_digits_that_would_pass(target: str, low: str, high: str, share: Fraction) -> None:
    route = Interval(Fraction(low), Fraction(high))
    assert passing_share(claim(reading(target)), route, "half up") == share


def test_a_check_that_lets_half_of_the_wrong_digits_pass_is_weak() -> None:
    weak = claim(reading("5"), times(reading("1", A), reading("5", B)))  # 2.25 to 8.25
    found = judge(weak, "half up")
    assert found.verdict is Verdict.WEAK
    assert found.explain.endswith(": holds (weak check)")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("12.345", 2, "12.35"), ("0.012345", 2, "0.0123"), ("1", 1, "1"), ("10", 1, "10.0"), ("-0.5", 1, "-0.5"),
        ("0", 2, "0.00"),
    ],
)  # fmt: skip
def test_at_least_three_digits_are_shown(value: str, decimals: int, text: str) -> None:
    assert decimal_text(Fraction(value), decimals) == text


def test_verdicts_in_words() -> None:
    assert outcome(Verdict.WEAK) == "holds (weak check)"
    assert outcome(Verdict.SEEN) == "does not agree"
    assert {outcome(one) for one in Verdict if one not in {Verdict.WEAK, Verdict.SEEN}} == {
        one.value for one in Verdict if one not in {Verdict.WEAK, Verdict.SEEN}
    }


def test_an_exact_interval_is_shown_once() -> None:
    found = judge(claim(reading("2.0"), times(reading("2", A))), "half up")
    assert " to " in found.computed
    assert exactly(2).low == exactly(2).high


@pytest.mark.parametrize(("spread", "allowed"), [("1.0", True), ("0.9", False)])
def test_a_spread_is_in_the_unit_of_its_number(spread: str, allowed: bool) -> None:
    one = claim(
        reading("13.0", of="µAh", spread=spread), times(reading("3.00", A, of="mg"), reading("4.00", B, of="mAh/g"))
    )
    assert agrees(one, "half up") is allowed


def test_an_input_is_turned_in_units_too() -> None:
    """7.85 uAh are 5.23 mg of 1.500 mAh/g."""
    one = claim(reading("7.85", of="µAh"), times(reading("5.23", A, of="mg"), reading("1.500", B, of="mAh/g")))
    assert turned_exactly(one, 0, "half up")
    assert not turned_exactly(replace(one, target=reading("7.86", of="µAh")), 0, "half up")


@pytest.mark.parametrize(("target", "share"), [("5e3", Fraction(2, 9)), ("0", Fraction(0))])
def test_digits_of_an_exponent_are_no_digits_of_the_number(target: str, share: Fraction) -> None:
    route = Interval(Fraction(4600), Fraction(7400)) if target == "5e3" else Interval(Fraction(0), Fraction(1, 10))
    assert passing_share(claim(reading(target)), route, "half up") == share

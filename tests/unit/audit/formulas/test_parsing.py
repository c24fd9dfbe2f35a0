"""Printed formulas: names side by side are multiplied, lost powers are found, sentences end them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from halfcell.audit.expression import number
from halfcell.audit.formulas.parsing import read_formula
from halfcell.audit.formulas.trees import filled
from halfcell.audit.interval import exactly

VALUES = {"R": 8, "T": 3, "n": 2, "F": 5, "Rct": 7, "A": 4, "a": 6, "I0": 11, "R0": 13, "V": 9, "ρ": 2, "ρt": 8, "λ": 2}


def _values(text: str) -> list[Fraction]:
    from halfcell.audit.expression import evaluate

    made = [filled(tree, lambda name: number(VALUES[name])) for tree in read_formula(text, VALUES)]
    found = (evaluate(one, lambda _: exactly(0)) for one in made)
    return [value.low for value in found if value is not None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("RT/(nFRct), n = 1", Fraction(24, 70)),
        ("R2T2/(2A2n4), where T is the temperature", Fraction(64 * 9, 2 * 16 * 16)),
        ("R^2T^{2} / (2 A² n⁴)", Fraction(64 * 9, 2 * 16 * 16)),
        ("1 − ρ/ρt and the mass", Fraction(3, 4)),
        ("I0(V − I0R0)/[R0(V − R0)]", Fraction(11 * (9 - 143), 13 * (9 - 13))),
        ("2.4 × 10−10 λ4", Fraction(24 * 16, 10**11)),
        ("2.4 × 10^−10 λ^4", Fraction(24 * 16, 10**11)),
        ("nV2/(2 × 3.6)", Fraction(162 * 10, 72)),
        ("a.", Fraction(6)),
    ],
)
def test_read(text: str, value: Fraction) -> None:
    assert value in _values(text)


def test_what_can_be_read_in_two_ways_gives_both() -> None:
    assert {*_values("RT/nF")} == {Fraction(24, 10), Fraction(24 * 5, 2)}
    assert {*_values("2(R)−1")} == {Fraction(2, 8), Fraction(15)}


@pytest.mark.parametrize("text", ["A exp(−a/T)", "Rx/T", "(R + T", "x", "", "R^9", "/R"])
def test_not_read(text: str) -> None:
    assert not read_formula(text, VALUES)

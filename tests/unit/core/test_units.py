"""Units as chemists print them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from halfcell.core.units import parse


@pytest.mark.parametrize(
    ("text", "scale", "dimension"),
    [
        ("mAh g–1", Fraction(3600), (1, 0, 1, -1, 0, 0, 0)),
        ("mAh g-1", Fraction(3600), (1, 0, 1, -1, 0, 0, 0)),
        ("mAh/g", Fraction(3600), (1, 0, 1, -1, 0, 0, 0)),
        ("mAh g^{-1}", Fraction(3600), (1, 0, 1, -1, 0, 0, 0)),
        ("mAh·g⁻¹", Fraction(3600), (1, 0, 1, -1, 0, 0, 0)),
        ("A.h", Fraction(3600), (1, 0, 1, 0, 0, 0, 0)),
        ("10–10 J", Fraction(1, 10**10), (1, 1, 1, 0, 0, 0, 0)),
        ("µm", Fraction(1, 10**6), (0, 0, 0, 0, 1, 0, 0)),
        ("μm", Fraction(1, 10**6), (0, 0, 0, 0, 1, 0, 0)),
        ("MPa", Fraction(10**6), (1, 1, 1, 0, -3, 0, 0)),
        ("N·m", Fraction(1), (1, 1, 1, 0, 0, 0, 0)),
        ("Ω cm2", Fraction(1, 10**4), (-1, 1, 0, 0, 2, 0, 0)),
        ("mS/cm", Fraction(1, 10), (1, -1, 0, 0, -1, 0, 0)),
        ("J.K-1.kg-1", Fraction(1), (1, 1, 1, -1, 0, -1, 0)),
        ("Wh kg–1", Fraction(3600), (1, 1, 1, -1, 0, 0, 0)),
    ],
)
def test_scale_and_dimension(text: str, scale: Fraction, dimension: tuple[int, ...]) -> None:
    unit = parse(text)
    assert unit is not None
    assert (unit.scale, unit.dimension) == (scale, dimension)


@pytest.mark.parametrize("text", ["Refs.", "EC/DEC", "X=100", "NCM811", "V vs. Li+/Li", "", "apples g-1"])
def test_what_is_not_on_the_list_is_no_unit(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("wt%", "at%", False),
        ("%", "wt%", True),
        ("%", "", False),
        ("°C", "K", False),
        ("C", "°C", False),
        ("mg", "µg", True),
    ],
)
def test_percents_and_degrees_are_told_apart(one: str, other: str, fit: bool) -> None:
    from halfcell.core.units import PLAIN

    left, right = parse(one), parse(other) if other else PLAIN
    assert left is not None
    assert right is not None
    assert left.fits(right) is fit

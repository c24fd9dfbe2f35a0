"""Units as chemists print them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.core.units import PLAIN, UnitSet, conversion, parse


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
        ("g Ah−1", Fraction(1, 3600000), (-1, 0, -1, 1, 0, 0, 0)),  # once read as A·h−1
        ("µL mAh-1", Fraction(1, 3600 * 10**6), (-1, 0, -1, 0, 3, 0, 0)),
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
    left, right = parse(one), parse(other) if other else PLAIN
    assert left is not None
    assert right is not None
    assert left.fits(right) is fit


@given(st.sampled_from(["g", "mg", "ug", "cm2", "mm2", "um", "mm", "MPa", "bar", "mA/g", "K"]), st.fractions(0, 1000))
def test_conversions_are_exact_and_go_back(unit: str, value: Fraction) -> None:
    wanted = {"g": "mg", "ug": "mg", "mm2": "cm2", "mm": "um", "bar": "MPa", "K": "degC"}.get(unit, unit)
    there, back = conversion(unit, wanted), conversion(wanted, unit)
    assert there is not None
    assert back is not None
    once = value * there.factor + there.offset
    assert once * back.factor + back.offset == value


def test_temperatures_are_converted_with_their_zero() -> None:
    to_celsius = conversion("K", "degC")
    assert to_celsius is not None
    assert to_celsius(Fraction(29815, 100)) == 25.0


@pytest.mark.parametrize(("left", "right"), [("mg", "cm2"), ("wt%", "at%"), ("C", "degC"), ("parsec", "m"), ("m", "")])
def test_no_conversion_between_different_things(left: str, right: str) -> None:
    assert conversion(left, right) is None


_TIMES = UnitSet(("s", "ms", "min", "h"), into=("s",))
_AMOUNTS = UnitSet(("Ah", "mAh", "A s", "mWh"), into=("Ah", "Wh"), aliases={"C": "A s"})
_OHMS = UnitSet(("mohm", "ohm", "Mohm"), into=("ohm",))


@pytest.mark.parametrize(
    ("units", "text", "factor"),
    [
        (_TIMES, "Seconds", 1.0),
        (_TIMES, "Min.", 60.0),
        (_TIMES, "HR", 3600.0),
        (_TIMES, "S", 1.0),  # siemens are none of the set
        (_TIMES, "us", None),
        (_TIMES, "", None),
        (_AMOUNTS, "MAH", 1e-3),
        (_AMOUNTS, "mA.h", 1e-3),
        (_AMOUNTS, "mAmp-hr", 1e-3),
        (_AMOUNTS, "c", 1 / 3600),
        (_AMOUNTS, "MWh", None),  # not taken for mWh
        (_OHMS, "mΩ", 1e-3),
        (_OHMS, "MΩ", 1e6),
        (_OHMS, "MOhm", 1e6),
        (_OHMS, "MOHM", None),  # either
        (_OHMS, "kOhm", None),
        (UnitSet(("uA", "mA"), into=("A",), any_case=False), "µA", 1e-6),
        (UnitSet(("uA", "mA"), into=("A",), any_case=False), "MA", None),
        (UnitSet(("degree", "rad"), into=("degree",)), "rad", 57.29577951308232),
    ],
)
def test_units_of_a_set(units: UnitSet, text: str, factor: float | None) -> None:
    assert units.factor(text) == factor


def test_a_unit_that_must_be_known() -> None:
    assert _TIMES["ms"] == 1e-3
    with pytest.raises(KeyError):
        _TIMES["furlong"]

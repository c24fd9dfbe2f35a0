"""What a printed cell says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfcell.core.printed_cells import read_cell


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("92.50", "92.50"),
        ("1,234.5", "1234.5"),
        ("−0.3", "-0.3"),
        ("1.2 × 10–3", "1.2e-3"),
        ("1.2E-3", "1.2e-3"),
        (".5", "0.5"),
        ("137.1 (X=100)", "137.1"),
    ],
)
def test_numbers_keep_their_digits(text: str, number: str) -> None:
    content = read_cell(text)
    assert content.kind == "number"
    assert content.number is not None
    assert content.number.text.lower() == number


@pytest.mark.parametrize("text", ["-", "–", "N/A", "n.a.", "not reported"])
def test_none_is_none(text: str) -> None:
    assert read_cell(text).kind == "none"


@pytest.mark.parametrize("text", ["[18]", "1.0 M LiPF6\n(EC/DEC)", "NCM811", "0.0079 1", "This work", "3.9a"])
def test_words_are_no_numbers(text: str) -> None:
    assert read_cell(text).kind == "text"


def test_a_foreign_unit_in_a_cell_is_kept() -> None:
    content = read_cell("3 N·m")
    assert content.number is not None
    assert content.unit is not None
    assert (content.number.text, content.unit.text) == ("3", "N·m")


def test_signs_spread_range_and_marks() -> None:
    assert read_cell(">99").sign == ">"
    spread = read_cell("80.2 ± 0.3").spread
    assert spread is not None
    assert spread.text == "0.3"
    upper = read_cell("0.5–1.0").upper
    assert upper is not None
    assert upper.text == "1.0"
    assert read_cell("3.9a", "3.9^{a}").number is not None


def test_a_decimal_comma_is_doubted() -> None:
    content = read_cell("83,6")
    assert content.number is not None
    assert content.number.text == "83.6"
    assert "comma" in content.doubt


@given(st.integers(0, 10**6), st.integers(0, 6))
def test_any_decimal_comes_back_digit_by_digit(value: int, decimals: int) -> None:
    text = f"{value / 10**decimals:.{decimals}f}"
    content = read_cell(text)
    assert content.number is not None
    assert content.number.text == text


@pytest.mark.parametrize(
    ("text", "number", "spread"),
    [
        ("(1.2 ± 0.1) × 10−3", "1.2e-3", "0.1e-3"),
        ("1.2 ± 0.1 × 10–3", "1.2e-3", "0.1e-3"),
        ("1.2e-3 ± 1e-4", "1.2e-3", "1e-4"),
    ],
)
def test_a_power_behind_a_spread_counts_for_both(text: str, number: str, spread: str) -> None:
    content = read_cell(text)
    assert (content.number and content.number.text, content.spread and content.spread.text) == (number, spread)

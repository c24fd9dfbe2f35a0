"""Texts that should be numbers, as people and spreadsheets write them, and what to write instead."""

from __future__ import annotations

import pytest

from halfcell.core.number_texts import instead_of

DATE = "has the spreadsheet made a date of it? write the number again, with its column as text"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("0,85", "use a decimal point"),
        ("-0,85", "use a decimal point"),
        ("5 %", "write 5 without %"),
        ("1.25 mg", "write 1.25 without the unit 'mg'"),
        ("1.2mAh/g", "write 1.2 without the unit 'mAh/g'"),
        ("25°C", "write 25 without the unit '°C'"),
        ("n/a", "leave it out where the value is not known"),
        ("-", "leave it out where the value is not known"),
        ("unknown", "leave it out where the value is not known"),
        ("1. Aug", DATE),
        ("Aug 24", DATE),
        ("01.08.2026", DATE),
        (
            "2026-08-01 00:00:00",
            DATE,
        ),
        ("~5", "write the number alone: 5"),
        ("ca. 5.5", "write the number alone: 5.5"),
        ("< 3", "write the number alone: 3"),
        ("0.85 ± 0.02", "write 0.85, without its uncertainty"),
        ("0.85 +- 0.02", "write 0.85, without its uncertainty"),
        ("0.85(2)", "write 0.85, without its uncertainty"),
        ("1,200.5", "write 1200.5, without marks between its digits"),
        ("1 200", "write 1200, without marks between its digits"),
        ("1.2; 1.3", "write one number"),
        ("some", ""),
    ],
)
def test_what_to_write_instead(text: str, hint: str) -> None:
    assert instead_of(text) == hint


def test_what_to_do_with_the_cell_of_a_table() -> None:
    assert instead_of("n.a.", empty="leave the cell empty") == "leave the cell empty where the value is not known"

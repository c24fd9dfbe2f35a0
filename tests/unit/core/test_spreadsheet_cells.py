"""No text becomes a formula in a spreadsheet, and no number becomes a text."""

from __future__ import annotations

import pytest

from halfcell.core.spreadsheet_cells import harmless, harmless_row


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "-Si", "\t=1", "\r=1", "=", "+1 ", "-1e5x"]
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Si",
        "-0.5",
        "+3",
        "-.5",
        "-0.51(2)",
        "-2.3(1.4)",
        "-0.5 ± 0.1",
        "-3 %",
        "-3.1(2)e-09",
        "-inf",
        "-",
        "1=1",
        "a@b",
    ],
)
def test_numbers_and_plain_texts_stay(text: str) -> None:
    assert harmless(text) == text


def test_only_texts_of_a_row_change() -> None:
    assert harmless_row(["=a", -1.5, None, "b"]) == ["'=a", -1.5, None, "b"]

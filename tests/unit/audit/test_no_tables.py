"""What is laid out like a table and is none is left out and counted, with what it is."""

from __future__ import annotations

import pytest

from halfcell.audit.extract.common.plain_table import plain_table
from halfcell.audit.no_tables import why_no_table

LONG = "This cell holds a paragraph of running text that a page sets beside a picture, " * 3
GRIDS = {
    "an equation": [["", "C = 26.8 n / M", "(1)"], ["", "E = Q U", "(2)"]],
    "a list of references": [
        ["[1]", "A. Name, B. Other, A study of silicon anodes with tin, Journal of Anodes 12, 2020, 1234."],
        ["[2]", "C. Third et al., Another study of silicon anodes with cobalt, Anode Letters 2021, 7, 55."],
    ],
    "a list of contents": [
        ["1 Introduction", "1"],
        ["2 Experimental", "7"],
        ["2.1 Powders", "7"],
        ["References", "31"],
    ],
    "the ticks of a chart": [["100", "", "", ""], ["80", "", "", ""], ["60", "", "", ""], ["40", "", "", ""]],
    "running text": [[LONG, "Fig."], [LONG, "1"]],
    "no numbers": [["Site", "Atom"], ["a", "Si"]],
    "one row or one column": [["1", "2", "3"]],
}


@pytest.mark.parametrize("reason", GRIDS)
def test_no_table(reason: str) -> None:
    assert why_no_table(plain_table("Table 1 (no caption)", "", GRIDS[reason])) == reason


@pytest.mark.parametrize("reason", ["a list of contents", "running text"])
def test_what_has_a_caption_is_a_table(reason: str) -> None:
    assert why_no_table(plain_table("Table 1", "Results", GRIDS[reason])) == ""


def test_a_table_without_caption_is_one() -> None:
    rows = [["Cycle", "Capacity (mAh/g)"], ["1", "3275.4"], ["2", "3200.1"], ["3", "3150.0"], ["4", "3120.5"]]
    assert why_no_table(plain_table("Table 1 (no caption)", "", rows)) == ""

"""Columns that follow from others and one number that the text states."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict


def _breaks(caption: str, rows: str, *text: str) -> list[str]:
    made = report(("Table 1", caption, rows), text=text, rules=("stated_constants",))  # type: ignore[arg-type]
    return [f.printed.split()[0] for f in findings(made, "stated_constants") if f.verdict is Verdict.SEEN]


CASES = (
    ("Discs of 1.539 cm2", "Cell; Active (mg); Loading (mg cm-2)\nA; 16.90; 10.98\nB; 17.41; {}\nC; 16.26; 10.57"),
    ("Coating: 90 wt% active", "Cell; Coating (mg); Active (mg)\nA; 18.78; 16.90\nB; 19.34; {}\nC; 18.07; 16.26"),
    ("Foil of 12 µm", "Cathode; Electrode (µm); Coating (µm)\nA; 81; 69\nB; 104; {}\nC; 131; 119"),
    ("M = 187.07 g mol-1", "Name; n (mmol); m (g)\nA; 10.02; 1.874\nB; 20.13; {}\nC; 40.31; 7.541"),
    ("Area 0.785 cm2", "No.; Force (kN); Pressure (MPa)\nA; 1.57; 20.0\nB; 3.93; {}\nC; 29.4; 374.5"),
    ("Solid density 2.20 g cm-3", "E; Density (g cm-3); Porosity (%)\nA; 1.21; 45.0\nB; 1.53; {}\nC; 1.66; 24.5"),
)
NUMBERS = (("11.31", "13.11"), ("17.41", "14.71"), ("92", "29"), ("3.766", "3.676"), ("50.1", "60.1"), ("30.5", "50.5"))


@pytest.mark.parametrize(("case", "numbers"), [*zip(CASES, NUMBERS, strict=True)])
def test_constants(case: tuple[str, str], numbers: tuple[str, str]) -> None:
    caption, rows = case
    right, wrong = numbers
    assert _breaks(caption, rows.format(right)) == []
    assert _breaks(caption, rows.format(wrong)) == [wrong]


def test_a_number_of_the_running_text() -> None:
    rows = CASES[0][1].format("13.11")
    assert _breaks("Discs", rows, "The discs have an area of 1.539 cm2.") == ["13.11"]


def test_rows_of_another_batch_are_no_typing_error() -> None:
    """One disc of another size: no single digit explains it."""
    assert _breaks(CASES[0][0], CASES[0][1].format("15.39")) == []


def test_two_rows_tell_nothing() -> None:
    assert _breaks("Foil of 12 µm", "Cathode; Electrode (µm); Coating (µm)\nA; 81; 69\nB; 104; 29") == []

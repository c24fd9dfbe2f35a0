"""Columns and the formulas that captions and paragraphs print for them."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import findings, report

from halfcell.audit.claims import Verdict

OK, BAD = Verdict.HOLDS, Verdict.FAILS


def _verdicts(caption: str, rows: str, *text: str) -> list[Verdict]:
    made = report(("Table 1", caption, rows), captions=(("Table 1", caption),), text=text, rules=("stated_formulas",))  # type: ignore[arg-type]
    return [Verdict.HOLDS if f.verdict is Verdict.WEAK else f.verdict for f in findings(made, "stated_formulas")]


BRUCE = "Electrolyte; I0 (µA); Iss (µA); R0 (Ω); Rss (Ω); t+"


@pytest.mark.parametrize(("second", "verdict"), [("0.39", OK), ("0.79", BAD)])
def test_transference_number(second: str, verdict: Verdict) -> None:
    """Bruce and Vincent, J. Electroanal. Chem. 225 (1987) 1, with invented currents and resistances."""
    caption = "Polarisation (ΔV = 10 mV); t+ = Iss(ΔV − I0R0)/[I0(ΔV − IssRss)]"
    first, third = "A; 52.4; 21.3; 84.6; 91.2; 0.28", "C; 88.1; 47.9; 32.5; 36.1; 0.47"
    rows = f"{BRUCE}\n{first}\nB; 61.7; 32.6; 71.3; 75.8; {second}\n{third}"
    assert _verdicts(caption, rows) == [OK, verdict, OK]


@pytest.mark.parametrize(("second", "verdict"), [("0.344", OK), ("0.434", BAD)])
def test_a_formula_that_leaves_out_the_stated_area(second: str, verdict: Verdict) -> None:
    caption = "Fits (25 °C; electrode area 1.00 cm2) and exchange current density j0 = RT/(nFRct), n = 1"
    rows = f"Host; Rct (Ω); j0 (mA cm-2)\nCu; 182.4; 0.141\nAg; 74.6; {second}\nZn; 96.1; 0.267"
    assert _verdicts(caption, rows) == [OK, verdict, OK]


@pytest.mark.parametrize(("second", "verdict"), [("16.3", OK), ("61.3", BAD)])
def test_a_formula_of_numbers_whose_powers_are_lost(second: str, verdict: Verdict) -> None:
    """Cançado et al., Appl. Phys. Lett. 88 (2006) 163106."""
    caption = "Raman (λL = 532 nm), La = 2.4 × 10−10 λL4 (ID/IG)−1."
    rows = f"Sample; ID/IG; La (nm)\nA; 1.31; 14.7\nB; 1.18; {second}\nC; 1.06; 18.1\nD; 0.94; 20.5"
    assert _verdicts(caption, rows) == [OK, verdict, OK, OK]


def test_symbols_behind_the_words_of_a_head() -> None:
    caption = "Sheet resistance R□, coating thickness t and conductivity σ = 1/(R□ t)"
    heads = "Electrode; Sheet resistance (Ω); Coating thickness (µm); σ (S cm-1)"
    rows = f"{heads}\nA; 62.4; 38.2; 4.20\nB; 18.73; 39.6; 14.38\nC; 5.214; 41.3; 46.44"
    assert _verdicts(caption, rows) == [OK, BAD, OK]


def test_a_formula_that_most_rows_do_not_hold_is_read_wrongly() -> None:
    caption = "Thickness t and spacing d = t/3"
    assert _verdicts(caption, "Sample; t (nm); d (nm)\nA; 9.3; 1.2\nB; 6.4; 2.5\nC; 3.6; 1.2") == []


def test_a_single_row_is_not_enough() -> None:
    assert _verdicts("Spacing d = t/3", "Sample; t (nm); d (nm)\nA; 9.3; 4.1") == []


def test_lowered_digits_of_plain_text_are_part_of_a_symbol() -> None:
    """``Q₀`` and ``Li₂O``: digits that are no decimal ones once ended the rule with an exception."""
    rows = "Cell; n; Q_r (mAh); CE (%)\nA; 20; 2.914; 94.57\nB; 50; 2.637; 97.27\nC; 100; 3.102; 99.10"
    text = "CE = 1 − (Q₀ − Q_r)/(n Q_c), where Q₀ = 4.0 mAh and Q_c = 1.0 mAh."
    right = report(("Table 1", "Cells with Li₂O", rows), text=(text,), rules=("stated_formulas",))  # type: ignore[arg-type]
    assert right.alarms == ()
    wrong = report(("Table 1", "Cells", rows.replace("99.10", "97.10")), text=(text,), rules=("stated_formulas",))  # type: ignore[arg-type]
    assert wrong.alarms
    oxides = "Lot; Li₂O; Li\nA; 6.02; 2.80\nB; 5.48; 2.55"
    made = report(("Table 1", "Fractions (%), w = m/M", oxides), rules=("stated_formulas",))
    assert all(finding.rule != "stated_formulas" or finding.is_check for finding in made.findings)

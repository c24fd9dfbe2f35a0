"""Small documents from reported mistakes of the audit: right tables raise nothing, planted errors are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit import Report, Settings, audit_file
from halfcell.audit.understanding import understanding
from halfcell.core.units import PLAIN, parse

RIGHT = [
    "activation-energy.html", "blank_rows_right_book.pdf", "caption-two-states.txt", "composition-with-total.html",
    "dash-range.html", "footnote-star.html", "heo-manuscript.md", "ice-no-unit.html", "irreversible.html",
    "latex-footnote-A.tex", "mean-sd.html", "multi-head.docx", "multi_head_right_book.pdf", "one-part-sum.html",
    "retention-bracket.html", "rsc-footer.html", "thesis-number.md", "two-compositions.html", "wyckoff.html",
]  # fmt: skip
WRONG = {  # what is wrong; latex.tex: 15.3 × 162.1 are 2.48 mAh/cm2, too
    "head-footnote.html": "88.6 %", "kv-unit.html": "35 %", "latex.tex": "88.6 %", "retention-charge.docx": "80.0 %",
    "si-c-columns.html": "88.6 %", "stacked-quantity.html": "87.4 %", "sup.html": "88.6 %", "twin-heads.html": "88.6 %",
    "unit-column.html": "88.6 %", "unit-spaced-minus.html": "88.6 %",
}  # fmt: skip


def _audited(cases: Path, name: str) -> Report:
    return audit_file(cases / "audit" / name, Settings(checklist="none"))


@pytest.mark.parametrize("name", RIGHT)
def test_right_tables_raise_no_alarm(cases: Path, name: str) -> None:
    assert [(a.what, a.explain) for a in _audited(cases, name).alarms] == []


@pytest.mark.parametrize("name", WRONG)
def test_planted_errors_are_found(cases: Path, name: str) -> None:
    """Beside them, only Sn/C with more than tin can hold (1399 of 960 mAh/g) is an alarm; that table is invented."""
    alarms = _audited(cases, name).alarms
    found = [a.printed for a in alarms if a.rule != "theoretical_capacity"]
    assert found == (["2.84 mAh/cm2"] if name == "latex.tex" else []) + [WRONG[name]]


@pytest.mark.parametrize(
    ("name", "checks"), [("heo-manuscript.md", 3), ("rsc-footer.html", 1), ("one-part-sum.html", 2), ("latex.tex", 6)]
)
def test_what_was_not_understood_is_checked_now(cases: Path, name: str, checks: int) -> None:
    assert sum(finding.is_check for finding in _audited(cases, name).findings) >= checks


def test_a_lost_superscript_is_counted_as_unread(cases: Path) -> None:
    read = understanding(_audited(cases, "dash-range.html").facts.tables)
    assert read.cells_unread == 1


def test_columns_below_a_spanner_are_those_of_the_rows(cases: Path) -> None:
    """Without a grid: the head over two columns hides the gap between them, the rows show it."""
    (pdf,) = _audited(cases, "multi_head_right_book.pdf").facts.paper.tables
    (docx,) = _audited(cases, "multi-head.docx").facts.paper.tables
    assert pdf.texts()[2:] == docx.texts()[2:]


def test_tables_of_a_thesis_keep_their_numbers(cases: Path) -> None:
    tables = _audited(cases, "thesis-number.md").facts.paper.tables
    assert [table.name for table in tables] == ["Table 3.3", "Table 3.4"]


def test_a_footer_does_not_widen_the_table(cases: Path) -> None:
    table = _audited(cases, "rsc-footer.html").facts.paper.tables[0]
    assert (table.width, table.notes) == (4, ("a Counted on Si.",))


def test_units_of_siunitx(cases: Path) -> None:
    loading = _audited(cases, "latex.tex").facts.tables[2].heads[0]
    assert (loading.quantity, loading.unit and loading.unit.fits(parse("mg/cm2") or PLAIN)) == ("loading", True)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ice_word_ruled", "91.5 %"), ("ice_super_ruled", "91.5 %"), ("ice_slash_ruled", "91.5 %"),
        ("ice_word_booktabs", "91.5 %"), ("ice_super_booktabs", "91.5 %"), ("ice_wslash", "91.5 %"),
        ("sigma_word", "1.5e-3 S cm−1"), ("sigma_super", "1.5e-3 S cm−1"),
        ("si", "95.0 %"), ("si_plain", "95.0 %"), ("si_thin", "95.0 %"),
    ],
)  # fmt: skip
def test_superscripts_and_spans_of_pdf(cases: Path, name: str, wrong: str) -> None:
    """Superscripts raised by a third or by half the size, footnote marks, cells over several rows."""
    path = cases / "24-pdf-superscripts-spans" / f"{name}.pdf"
    alarms = audit_file(path, Settings(checklist="none")).alarms
    assert [alarm.printed for alarm in alarms] == [wrong]

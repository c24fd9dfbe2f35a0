"""Heads and sentences in the dialects of papers: right documents raise no alarm, one typing error is named."""

from __future__ import annotations

import pytest
from tests.unit.audit.builders import paper, report

from halfcell.audit import Report, Settings, audit, audit_file
from halfcell.audit.extract import extract
from halfcell.core.printed_cells import read_cell

TABLES = {
    "symbols of a pellet": (
        (
            "p; m; d; h; ρ\nMPa; mg; mm; mm; g cm-3\n150; 142.3; 12.0; 0.912; 1.38\n250; 139.8; 12.0; 0.841; 1.47\n"
            "350; 141.1; 12.0; 0.796; 1.57"
        ),
        "0.841",
        "0.481",
    ),
    "cell volume as a symbol": (
        "Dopant; a (Å); V_cell (Å3)\nnone; 12.9680; 2180.8\nTa; 12.9452; 2169.3\nNb; 12.9391; 2166.2",
        "2169.3",
        "2196.3",
    ),
    "masses of both electrodes": (
        (
            "Cell; m_cath (mg); m_an (mg); Energy (mWh); Specific energy (Wh kg-1)\nA; 14.2; 8.1; 6.02; 270\n"
            "B; 15.6; 8.9; 6.71; 274\nC; 13.9; 7.7; 5.83; 270"
        ),
        "274",
        "247",
    ),
    "ratios of atoms from at%": (
        (
            "Fibre; C / at%; O / at%; N / at%; O/C; N/C\nF1; 81.2; 14.6; 4.2; 0.180; 0.052\n"
            "F2; 86.9; 10.4; 2.7; 0.120; 0.031\nF3; 91.3; 7.1; 1.6; 0.078; 0.018"
        ),
        "0.120",
        "0.210",
    ),
    "ratios of atoms from wt%": (
        (
            "Char; C (wt%); H (wt%); O (wt%); atomic H/C; atomic O/C\nH1; 68.4; 4.91; 26.7; 0.855; 0.293\n"
            "H2; 79.2; 3.12; 17.7; 0.469; 0.168\nH3; 92.7; 1.04; 6.3; 0.134; 0.051"
        ),
        "0.469",
        "0.649",
    ),
}
TEXTS = {
    "a recipe in words": (
        "The slurry held 91 wt% LFP, 5.5 wt% carbon black and 3.5 wt% PVDF in NMP.",
        "5.5 wt%",
        "7.5 wt%",
    ),
    "a recipe as a ratio": ("Si, carbon black and CMC were mixed in a weight ratio of 70:20:10.", "70:20", "70:30"),
    "a recipe as a sum": ("Electrodes (hard carbon, CMC, SBR) held 94 + 2.5 + 3.5 wt%.", "+ 3.5", "+ 5.3"),
    "a current in brackets": (
        "1C was set to 170 mA g-1. Formation was done at 0.1C (17 mA g-1), cycling at 0.5C (85 mA g-1).",
        "(85 ",
        "(58 ",
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_table(name: str) -> None:
    rows, right, wrong = TABLES[name]
    assert [alarm.explain for alarm in report(("Table 1", "Samples", rows)).alarms] == []
    found = report(("Table 1", "Samples", rows.replace(right, wrong))).alarms
    assert any(wrong in alarm.explain for alarm in found)


def test_the_unit_of_a_spanning_head_stands_behind_the_words_below_it(tmp_path) -> None:
    path = tmp_path / "a.html"
    head = "<tr><th rowspan=2>Film</th><th colspan=2>σ / mS cm-1</th></tr><tr><th>fresh</th><th>exposed</th></tr>"
    path.write_text(
        f"<table><caption>Table 1. Films</caption>{head}<tr><td>F1</td><td>4.81</td><td>3.12</td></tr></table>",
        encoding="utf-8",
    )
    assert [head.text for head in audit_file(path).facts.tables[0].heads][2] == "σ exposed (mS cm−1)".replace("−", "-")


def _read(text: str) -> Report:
    return audit(paper(text=(text,)), Settings(checklist="none"))


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str) -> None:
    text, right, wrong = TEXTS[name]
    assert [alarm.explain for alarm in _read(text).alarms] == []
    assert len(_read(text.replace(right, wrong)).alarms) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The composite held 70 wt% sulfur, 12 wt% nitrogen and 8 wt% oxygen, respectively.",
        "The composite held 70 wt% sulfur, 12 wt% nitrogen and 8 wt% oxygen.",
        "After 100 cycles the anode lost 40 %, 30 % and 20 % of its capacity in three tests.",
        "Electrodes with 60 wt%, 20 wt% and 10 wt% carbon black were compared.",
        "Slurries of 60 wt% LFP, 25 wt% LFP and 5 wt% LFP were cast.",
        "The mass ratio of the solvents was 1:1:1.",
        "The electrode was weighed at 14:30:55.",
        "Electrodes of NCM811 were dried at 120 °C.",
    ],
)
def test_lists_that_are_no_recipes(text: str) -> None:
    assert _read(text).alarms == ()


@pytest.mark.parametrize("kept", ["72.4", "74.2"])
def test_a_sentence_that_keeps_only_a_share(kept: str) -> None:
    rows = (
        "Cathode; Initial discharge capacity (mAh g-1); Discharge capacity after 300 cycles (mAh g-1); "
        "Capacity retention (%)\nplain SX; 181.5; 131.4; 72.4\nSX-W1; 182.0; 165.4; 90.9"
    )
    text = (
        "The cathode SX-W1 retains 90.9 % of its initial discharge capacity after 300 cycles, "
        f"while plain SX keeps only {kept} %."
    )
    found = audit(paper(("Table 1", "Cycling of half cells", rows), text=(text,)), Settings(checklist="none"))
    assert [alarm.rule for alarm in found.alarms] == ([] if kept == "72.4" else ["text_statements"])


@pytest.mark.parametrize("text", ["23.4^a", "23.4^{a}", "23.4 ^b", "23.4^a,c"])
def test_a_footnote_mark_behind_a_number(text: str) -> None:
    content = read_cell(text)
    assert content.number is not None
    assert content.number.text == "23.4"


def test_items_of_table_notes_need_no_mark(tmp_path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(
        r"""\documentclass{article}\begin{document}
\begin{table}\caption{Cells}\begin{threeparttable}\begin{tabular}{ll}Cell & $Q$ (mAh)\\ A & 1.2\\ B & 1.3\end{tabular}
\begin{tablenotes}\item $Q$ is the charge of cycle 3. \item[b] Second note.\end{tablenotes}\end{threeparttable}
\end{table}\end{document}""",
        encoding="utf-8",
    )
    (table,) = extract(path).tables
    words = " ".join((*table.notes, *extract(path).paragraphs))
    assert "is the charge of cycle 3" in words
    assert "Second note" in words


def test_german_captions(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Tabelle 2: Zellen nach dem Zyklieren\nZelle\tT (K)\nA\t298,15\nB\t313,15\n", encoding="utf-8")
    (table,) = extract(path).tables
    assert (table.name, table.caption) == ("Table 2", "Zellen nach dem Zyklieren")

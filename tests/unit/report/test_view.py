"""Texts, marks, counts and origins of a document, the same for all formats."""

from __future__ import annotations

import pytest

from gallery.document import document
from halfcell.core.quantity import Quantity
from halfcell.core.table import Entry
from halfcell.report.cells import number_text, shown
from halfcell.report.view import anchor, caption, origins, view
from halfcell.report.word import sequence


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("12.2(2)", "12.2(2)"),
        ("-3.07(12)e-09", "−3.07(12) × 10^{−9}"),
        ("1.5e+12", "1.5 × 10^{12}"),
        ("-0.00", "0.00"),
        ("+0.0", "0.0"),
        ("-1.5", "−1.5"),
        ("n/a", "n/a"),
    ],
)
def test_numbers(text: str, printed: str) -> None:
    assert number_text(text) == printed


def test_words_of_cells() -> None:
    assert shown(Entry(text="-")) == "–"
    assert shown(Entry(text="Si/CoSi2")) == "Si/CoSi_{2}"
    assert shown(Entry(text="crush: no unloading")) == "crush: no unloading"
    assert shown(Entry(text="n/a", quantity=Quantity(float("nan")))) == "n/a"


def test_panel_letters_are_bold_where_all_are_named() -> None:
    assert caption("XRD of a Si, b Sn and c FeSi2", 3) == "XRD of *{a} Si, *{b} Sn and *{c} FeSi_{2}"
    assert caption("Image of a composite: a whole, b part", 2) == "Image of a composite: *{a} whole, *{b} part"
    assert caption("a only one letter of a composite", 3) == "a only one letter of a composite"
    assert caption("a single panel", 1) == "a single panel"
    assert caption("*{a} x, *{b} y", 2) == "*{a} x, *{b} y"


def test_counts_and_remarks() -> None:
    found = view(document())
    table = found.items[-1]
    assert table.counts == {"doubt": 1, "correction": 1, "info": 1}
    assert [remark.level for remark in table.serious] == ["doubt", "correction"]
    assert found.counts == {"doubt": 1, "correction": 5, "info": 1}
    assert [item.name for item in found.failed] == ["Fig. S29"]
    assert (found.many("figure"), found.many("table"), found.number_count) == (5, 1, 6)


def test_cells_merge_and_are_marked() -> None:
    grid = view(document()).items[-1].grid
    assert grid is not None
    assert grid.head == ("Materials", "Initial Coulombic efficiency\n(%)", "Conductivity\n(S cm^{−1})")
    first, second, third = grid.rows
    assert [(cell.text, cell.mark, cell.number) for cell in first] == [
        ("Si", "", ""),
        ("83.6", "a", "S1:Si:ice"),
        ("–", "", ""),
    ]
    assert [(cell.column, cell.rows, cell.columns) for cell in second] == [(0, 2, 1), (1, 1, 2)]
    assert [(cell.row, cell.column, cell.text) for cell in third] == [(2, 1, "12.3"), (2, 2, "−3.07(12) × 10^{−9}")]
    assert grid.footnotes == (("a", "Only 3 points < 5 in the window & no rest"),)


def test_origins_hold_each_result_once() -> None:
    found = origins(document())
    assert set(found["numbers"]) >= {"S1:Si:ice", "S1:CoSi2:sigma", "Fig. S3:Si:size"}
    assert len(found["results"]) == 2
    ice = found["numbers"]["S1:Si:ice"]
    assert (ice["value"], ice["std"], ice["kind"], ice["unit"]) == ("83.6371", "0.2", "propagated", "%")
    result = found["results"][ice["result"]]
    assert result["settings"] == {"kind": "half", "active_mass_mg": "1.2"}
    assert result["sources"] == [["raw/cycling/Si.mpt", "0f" * 32, "biologic_mpt", 0]]


def test_anchors_and_sequences() -> None:
    assert anchor("Fig. S2") == "fig-s2"
    assert sequence(["Fig. S1", "Fig. S2", "Fig. S7", "Table S1", "Fig. S8", "Scheme"]) == [
        ("Fig. S", "SEQ Fig._S \\* ARABIC", "1"),
        ("Fig. S", "SEQ Fig._S \\* ARABIC", "2"),
        ("Fig. S", "SEQ Fig._S \\* ARABIC \\r 7", "7"),
        ("Table S", "SEQ Table_S \\* ARABIC", "1"),
        ("Fig. S", "SEQ Fig._S \\* ARABIC", "8"),
        ("Scheme", "", ""),
    ]

"""Texts, marks, counts and cards of a document, the same for all formats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gallery.document import document
from halfcell.core.document import Document, Item
from halfcell.core.figure import Figure, Panel
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.table import Column, Entry, Table
from halfcell.report.document_view import anchors_of, caption, view
from halfcell.report.number_cards import number_cards
from halfcell.report.remarks import Remark, folded
from halfcell.report.table_grid import number_text, shown
from halfcell.report.word.document import caption_labels


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


def test_a_mean_and_its_spread_have_one_power() -> None:
    assert number_text("5.620e-05 ± 0.066e-05") == "(5.620 ± 0.066) × 10^{−5}"
    assert number_text("-3.1e+07 ± 0.2e+07") == "(−3.1 ± 0.2) × 10^{7}"


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


def test_an_article_is_no_letter_of_a_panel() -> None:
    text = "Parts. a Photograph through a microscope. b Micrograph of a powder."
    assert caption(text, 2) == "Parts. *{a} Photograph through a microscope. *{b} Micrograph of a powder."
    assert caption("XRD patterns of a Si/Al-10 and b Si/Sn-10.", 2) == (
        "XRD patterns of *{a} Si/Al-10 and *{b} Si/Sn-10."
    )


def test_a_range_names_all_of_its_panels() -> None:
    text = "Composite: a image, b-d FFT patterns (b Si, d amorphous), e-f maps."
    assert caption(text, 6) == "Composite: *{a} image, *{b-d} FFT patterns (b Si, d amorphous), *{e-f} maps."
    assert caption("Sizes: a-c by laser, d mean.", 4, "(a)") == "Sizes: *{(a)-(c)} by laser, *{(d)} mean."
    assert caption("Cut in the a-b plane: a image, b map.", 2) == "Cut in the a-b plane: *{a} image, *{b} map."
    assert caption("a-c only three of four", 4) == "a-c only three of four"


def test_panel_letters_are_those_of_the_figure() -> None:
    text = "Cells. a profiles (b, c) of Si."
    assert caption(text, 3, "(a)") == "Cells. *{(a)} profiles (*{(b)}, *{c}) of Si."
    assert caption("a one and b another.", 2, "A") == "*{A} one and *{B} another."
    assert caption("(a) one and (b) another.", 2, "(a)") == "(*{a}) one and (*{b}) another."


def test_the_contents_have_the_first_sentence_without_citations() -> None:
    item = Item(id="S1", kind="figure", name="Fig. S1", caption="XRD of Si [@hull]. a pattern, b fit.")
    shown = view(Document(title="x", items=(item,)))
    assert shown.items[0].entry == "XRD of Si."


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
    assert grid.headers == ("Materials", "Initial Coulombic efficiency\n(%)", "Conductivity\n(S cm^{−1})")
    first, second, third = grid.rows
    assert [(cell.text, cell.mark, cell.number) for cell in first] == [
        ("Si", "", ""),
        ("83.6", "a", "S1:Si:ice"),
        ("–", "", ""),
    ]
    assert [(cell.column, cell.rows, cell.columns) for cell in second] == [(0, 2, 1), (1, 1, 2)]
    assert [(cell.row, cell.column, cell.text) for cell in third] == [(2, 1, "12.3"), (2, 2, "−3.07(12) × 10^{−9}")]
    assert grid.footnotes == (("a", "Only 3 points < 5 in the window & no rest"),)


def test_cards_hold_each_result_once() -> None:
    found = number_cards(number for item in document().items for number in item.numbers)
    assert set(found["numbers"]) >= {"S1:Si:ice", "S1:CoSi2:sigma", "Fig. S3:Si:size"}
    assert len(found["results"]) == 2
    ice = found["numbers"]["S1:Si:ice"]
    assert (ice["value"], ice["std"], ice["kind"], ice["unit"]) == ("83.6371", "0.2", "propagated", "%")
    result = found["results"][ice["result"]]
    assert result["settings"] == {"kind": "half", "active_mass_mg": "1.2"}
    assert result["sources"] == [("raw/cycling/Si.mpt", "0f" * 32, "biologic_mpt", 0)]


def test_anchors_and_caption_labels() -> None:
    assert anchors_of(["Fig. S2"])[0] == "fig-s2"
    labels = caption_labels(["Fig. S1", "Fig. S2", "Fig. S7", "Table S1", "Fig. S8", "Scheme"])
    assert [label[:3] for label in labels] == [
        ("Fig. S", "SEQ Fig._S \\* ARABIC", "1"),
        ("Fig. S", "SEQ Fig._S \\* ARABIC", "2"),
        ("Fig. S", "SEQ Fig._S \\* ARABIC \\r 7", "7"),
        ("Table S", "SEQ Table_S \\* ARABIC", "1"),
        ("Fig. S", "SEQ Fig._S \\* ARABIC", "8"),
        ("Scheme", "", ""),
    ]


def test_a_doubt_is_printed_once_on_paper() -> None:
    doubt = Note("doubt", "bjh", "The area of 5 m2/g is above the BET area of CoSi2")
    other = Note("doubt", "drift", "No rest to measure the drift in")
    figure = Figure(panels=(Panel(),), notes=(f"Si/CoSi2: {doubt.text}", "Bars: 95 % intervals"))
    columns = (Column(key="name", label="Name"), Column(key="area", label="Area"))
    row = (Entry(text="Si"), Entry(text="5", doubt=f"{doubt.text}; {other.text}"))
    table = Table(columns=columns, rows=(row,), notes=(f"Si: {other.text}", "Mean of five"))
    notes = (("Si", doubt), ("Si", other), ("Si", Note("correction", "zero", "taken off")))
    drawn = Item(id="S1", kind="figure", name="Fig. S1", figure=figure, notes=notes)
    shown = view(Document(title="", items=(drawn, replace(drawn, kind="table", figure=None, table=table))))
    first, second = shown.items
    assert first.lines == ("Bars: 95 % intervals",)
    assert [remark.level for remark in first.on_paper] == ["doubt", "doubt", "correction"]
    assert first.on_paper[0].text.endswith("5 m^{2}/g is above the BET area of CoSi_{2}")
    assert [remark.level for remark in second.on_paper] == ["correction"]
    assert [remark.level for remark in second.serious] == ["doubt", "doubt", "correction"]
    assert second.grid is not None
    assert len(second.grid.footnotes) == 1
    assert second.grid.notes == ("Mean of five",)


def test_many_remarks_of_one_kind_are_folded() -> None:
    pairs = zip("123", "ABC", strict=True)
    texts = [f"Si {line} overlaps with a line of {phase}: sizes are wrong there" for line, phase in pairs]
    remarks = [Remark(level="doubt", code="overlap", text=text, subjects=(f"S{n}",)) for n, text in enumerate(texts)]
    other = Remark(level="doubt", code="noise", text="no line", subjects=("S9",))
    one, last = folded([*remarks, other])
    assert one.subjects == ("S0",)
    assert one.text == (
        "Si 1 overlaps with a line of A; S1: Si 2 overlaps with a line of B; S2: Si 3 overlaps with a line of C: "
        "sizes are wrong there"
    )
    assert last == other
    assert folded(remarks[:2]) == tuple(remarks[:2])


@pytest.mark.parametrize(
    ("caption", "entry"),
    [
        ("Thickness of Fig. S30 with errors. More.", "Thickness of Fig. S30 with errors."),
        ("CV from 0.01 to 2.0 V (vs. Li+/Li). Scan rate 3 mV/s.", "CV from 0.01 to 2.0 V (vs. Li^{+}/Li)."),
        ("XRD of Si/Al. Ticks: Si.", "XRD of Si/Al."),
        ("Full cells at 60 °C: a Si, b Sn.", "Full cells at 60 °C."),
        ("Profiles of a Si and b Sn.", "Profiles of *{a} Si and *{b} Sn."),
    ],
)
def test_entries_of_the_contents_end_with_a_sentence(caption: str, entry: str) -> None:
    """``Thickness of the coatings of Fig`` stood in the contents of the example."""
    two = Figure(panels=(Panel(), Panel()))
    item = Item(id="S1", kind="figure", name="Fig. S1", caption=caption, figure=two)
    assert view(Document(title="T", items=(item,)), review=False).items[0].entry == entry

"""The document for submission: no working notes, accepted doubts as footnotes; authors, methods, references."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from gallery.document import DOUBT, DRIFT, REASON, document
from halfcell.audit.extract import extract, silent
from halfcell.core.document import Acceptance, Bibliography, Document, Item
from halfcell.core.errors import InputError
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Note
from halfcell.core.table import Column, Entry, Table
from halfcell.report.document_view import view
from halfcell.report.submission import submission

TITLE = "Alloy Negative Electrodes for Li-Ion Batteries"
LINK = "https://doi.org/10.1021/cr500207g"
BIBTEX = """
@article{obrovac, author = {Obrovac, M. N. and Chevrier, V. L.},
  title = {Alloy Negative Electrodes for {Li}-Ion Batteries},
  journal = {Chem. Rev.}, year = 2014, volume = 114, number = 23, pages = {11444--11502}, doi = {10.1021/cr500207g}}
@book{bard, author = {Bard, Allen J. and Faulkner, Larry R.}, title = {Electrochemical Methods}, edition = 2,
  publisher = {Wiley}, address = {New York}, year = 2001}
@article{tin, author = {Sch{\\"o}n, A.}, title = {Phases of {LiSi}$_2$}, journal = {J. Test.}, year = 2020, volume = 1,
  pages = 7}
@misc{tool, author = {{A group}}, title = {A tool}, year = 2026, url = {https://example.org/tool}}
"""


def _table(*rows: tuple[Entry, ...], notes: tuple[str, ...] = ()) -> Table:
    columns = tuple(Column(key=str(number), label=f"Column {number}") for number in range(len(rows[0])))
    return Table(columns=columns, rows=rows, notes=notes)


def test_accepted_doubts_are_footnotes_and_open_ones_are_not_printed() -> None:
    entries = (Entry(text="Si"), Entry(text="1.0", doubt=f"{DOUBT.text}; a second doubt"))
    notes = (f"Si: {DOUBT.text}", "Capacities are per gram.", "Missing: Sn: raw/sn.csv: cut off")
    item = Item(
        id="S1",
        kind="table",
        name="Table S1",
        table=_table(entries, notes=notes),
        notes=(("Si", DOUBT), ("Si", Note("doubt", "second", "a second doubt")), ("Si", DRIFT)),
        accepted=(Acceptance(label="Si", note=DOUBT, reason=REASON),),
        missing=(MissingSubject("Sn", "raw/sn.csv: cut off"),),
    )
    assert item.open_notes == (("Si", Note("doubt", "second", "a second doubt")),)
    sent = submission(Document(title="x", items=(item,))).items[0]
    assert sent.table is not None
    assert sent.table.rows[0][1] is not None
    assert sent.table.rows[0][1].doubt == REASON
    assert sent.table.notes == ("Sn: not shown.", "Capacities are per gram.")
    assert sent.notes == ()


def test_open_notes_that_hold_semicolons_are_not_printed() -> None:
    """Hints for the author stood in the submission, cut at their semicolons; two notes may be joined, too."""
    first = Note("doubt", "last_row_unended", "no line end after the last row; its last number may be cut: compare it")
    other = Note("refused", "cross_section_ratio_unknown", "the ratio is unknown; no fraction; set cross_section_ratio")
    entries = (Entry(text="1.0", doubt=f"{first.text}; {DOUBT.text}"), Entry(text="-", doubt=other.text))
    item = Item(
        id="S1",
        kind="table",
        name="Table S1",
        table=_table(entries),
        notes=(("Si", first), ("Si", DOUBT), ("Si", other)),
        accepted=(Acceptance(label="Si", note=DOUBT, reason=REASON),),
    )
    sent = submission(Document(title="x", items=(item,))).items[0]
    assert sent.table is not None
    assert [entry.doubt for entry in sent.table.rows[0] if entry is not None] == [REASON, ""]


def test_a_doubt_that_no_entry_has_is_a_line_below() -> None:
    item = replace(document().items[1], notes=(("Si", DOUBT),))
    accepted = Acceptance(label="Si", note=DOUBT, reason=REASON)
    sent = submission(Document(title="x", items=(replace(item, accepted=(accepted,)),)))
    assert sent.items[0].figure is not None
    assert sent.items[0].figure.notes[-1] == f"Si: {REASON}"


def test_the_submission_says_nothing_of_the_program(written: Path) -> None:
    word = docx.Document(str(written / "si.docx"))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "Ada Lovelace1,*, Charles Babbage1,2" in text
    assert "Impedance spectroscopy. Spectra were recorded at 25 °C in LiPF6." in text
    assert REASON in text
    for words in (DOUBT.text, DRIFT.text, "raw/notes.doc", "Put in", "halfcell why", "Correction"):
        assert words not in text
    review = (written / "review.html").read_text(encoding="utf-8")
    for words in (DRIFT.text, "raw/notes.doc", "accepted", REASON):
        assert words in review


def _cited(caption: str, style: str = "acs", bibtex: str = BIBTEX, doi: str = "") -> tuple[str, tuple[str, ...], str]:
    items = [Item(id="S1", kind="figure", name="Fig. S1", caption=caption)]
    if doi:
        items.append(Item(id="S1", kind="table", name="Table S1", table=_table((Entry(text="Si"), Entry(text=doi)))))
    shown = view(Document(title="x", items=tuple(items), bibliography=Bibliography(bibtex=bibtex, style=style)))
    grid = shown.items[-1].grid
    return shown.items[0].caption, shown.references, grid.rows[0][1].text if grid else ""


def test_references_are_numbered_in_order_of_appearance() -> None:
    """The form of the entries follows the ACS Guide to Scholarly Communication (2020), section 4.3."""
    pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    caption, references, _ = _cited("First [@bard], then [@obrovac; @tin, @tool], again [@bard; @obrovac; @tin].")
    assert caption == "First^{1}, then^{2–4}, again^{1–3}."
    assert references == (
        "(1) Bard, A. J.; Faulkner, L. R. /{Electrochemical Methods}, 2 ed. Wiley: New York, 2001.",
        f"(2) Obrovac, M. N.; Chevrier, V. L. {TITLE}. /{{Chem. Rev.}} *{{2014}}, /{{114}} (23), 11444–11502. {LINK}.",
        "(3) Schön, A. Phases of LiSi_{2}. /{J. Test.} *{2020}, /{1}, 7.",
        "(4) A group. A tool. 2026. https://example.org/tool.",
    )


def test_the_style_of_nature_and_literature_rows_that_cite() -> None:
    pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    _, references, entry = _cited("As in [@bard].", "nature", doi="doi:10.1021/CR500207g")
    assert entry == "^{2}"
    assert references[1] == (
        "2. Obrovac, M. N. & Chevrier, V. L. Alloy Negative Electrodes for Li-Ion Batteries. /{Chem. Rev.} *{114}, "
        "11444–11502 (2014)."
    )


def test_many_authors_in_the_style_of_nature() -> None:
    """``Tian, R. et al.. Quantifying`` stood in a list of references: citeproc-py adds the stop of the sentence."""
    pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    names = " and ".join(f"{name}, R." for name in ("Tian", "Park", "King", "Cunningham", "Coelho", "Nicolosi"))
    bibtex = (
        f"@article{{tian, author={{{names}}}, title={{Rates}}, journal={{J. Test.}}, year={{2019}}, volume={{10}}}}"
    )
    _, references, _ = _cited("As in [@tian].", "nature", bibtex)
    assert references == ("1. Tian, R. /{et al.} Rates. /{J. Test.} *{10} (2019).",)


def test_a_citation_without_an_entry_is_refused() -> None:
    with pytest.raises(InputError, match="no reference 'nobody'"):
        _cited("As in [@nobody].")


@pytest.mark.parametrize("name", ["si.docx", "si.pdf", "review.html"])
def test_the_audit_finds_captions_and_tables_of_our_own_document(written: Path, name: str) -> None:
    """A contents list in front of the items does not take their captions from them."""
    printed = extract(written / name, silent)
    found = [table for table in printed.tables if table.name == "Table S1"]
    assert len(found) == 1
    assert found[0].caption.startswith("Performance of Si/a-Sn/CoSi2 anodes")
    assert any(caption.name == "Fig. S28" for caption in printed.captions)


def test_a_doubt_with_a_semicolon_beside_another_one_stays_out() -> None:
    """Doubts of several cells are joined by semicolons: their halves were taken for footnotes of the table."""
    first = Note("doubt", "rate", "the exponent 2.2 is outside (0.25 to 1.5); is the capacity limited?")
    second = Note("doubt", "rate", "the exponent 2.3 is outside (0.25 to 1.5); is the capacity limited?")
    refusal = Note("refused", "residue", "A residue of -0.5 wt% is impossible: drift.")
    row = (Entry(text="Si"), Entry(text="1.0", doubt=f"n = 2; {first.text}; {second.text}"))
    notes = ("Si: A residue of -0.5 wt% is impossible: drift.", "Per gram of Si.")
    table = _table(row, notes=notes)
    found = (("A1", first), ("A2", second), ("Si", refusal))
    item = Item(kind="table", id="S1", name="Table S1", caption="", table=table, notes=found)
    made = submission(Document(title="t", items=(item,))).items[0].table
    assert made is not None
    assert made.notes == ("Per gram of Si.",)
    assert made.rows[0][1] is not None
    assert made.rows[0][1].doubt == "n = 2"

"""Heads over several columns are merged cells in every format of the document."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pdfplumber
import pytest
from lxml import etree, html

from halfcell import report
from halfcell.audit.extract import extract
from halfcell.core.document import Document, Item
from halfcell.core.table import Column, Entry, Table
from halfcell.report.table_grid import grid
from halfcell.report.table_layout import laid_out

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADS = (
    Column(key="a", label="Electrode"),
    Column(key="b", label="Composition, Active", unit="wt%", above=("Composition",)),
    Column(key="c", label="Composition, Binder", unit="wt%", above=("Composition",)),
    Column(key="d", label="Coating, Loading", unit="mg cm-2", above=("Coating",)),
)
TABLE = Table(columns=HEADS, rows=tuple(tuple(Entry(text=f"{row}.{n}") for n in range(4)) for row in range(8)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table with merged heads, written in all formats."""
    folder = tmp_path_factory.mktemp("heads")
    item = Item(id="S1", kind="table", name="Table S1", caption="Electrodes", table=TABLE)
    report.write(Document(title="Heads", items=(item,)), folder, ("docx", "pdf", "html", "latex", "xlsx"))
    return folder


def test_the_cells_of_the_head() -> None:
    upper, lower = grid(TABLE, {}).heads
    assert [(cell.text, cell.column, cell.columns, cell.rows) for cell in upper] == [
        ("Electrode", 0, 1, 2),
        ("Composition", 1, 2, 1),
        ("Coating", 3, 1, 1),
    ]
    assert [(cell.text, cell.column) for cell in lower] == [
        ("Active\n(wt%)", 1),
        ("Binder\n(wt%)", 2),
        ("Loading\n(mg cm^{−2})", 3),
    ]
    (part,) = laid_out(grid(TABLE, {})).parts
    assert part.head_rows == 2


def test_word_merges_heads_and_repeats_them(folder: Path) -> None:
    with zipfile.ZipFile(folder / "si.docx") as file:
        body = etree.fromstring(file.read("word/document.xml"))
    rows = body.findall(f".//{WORD}tbl")[-1].findall(f"{WORD}tr")
    assert [bool(row.findall(f".//{WORD}tblHeader")) for row in rows[:3]] == [True, True, False]
    spans = [cell.find(f".//{WORD}gridSpan") for cell in rows[0].findall(f"{WORD}tc")]
    assert [span.get(f"{WORD}val") if span is not None else "1" for span in spans] == ["1", "2", "1"]
    texts = ["".join(cell.itertext()) for cell in rows[1].findall(f"{WORD}tc")]
    assert texts[1:] == ["Active(wt%)", "Binder(wt%)", "Loading(mg cm−2)"]
    assert len(rows) == 2 + 8


def test_html_merges_heads(folder: Path) -> None:
    heads = html.fromstring((folder / "review.html").read_text(encoding="utf-8")).xpath("//thead/tr")
    assert [[cell.get("colspan"), cell.get("rowspan")] for cell in heads[0]] == [[None, "2"], ["2", None], [None, None]]
    assert [cell.text_content().split("(")[0].strip() for cell in heads[1]] == ["Active", "Binder", "Loading"]


def test_pdf(folder: Path) -> None:
    with pdfplumber.open(folder / "si.pdf") as pdf:
        page = next(page for page in pdf.pages if "Composition" in page.extract_text())
    places = {word["text"]: word for word in page.extract_words()}
    middle = {name: (places[name]["x0"] + places[name]["x1"]) / 2 for name in ("Composition", "Active", "Binder")}
    assert middle["Composition"] == pytest.approx((middle["Active"] + middle["Binder"]) / 2, abs=3)
    assert places["Composition"]["bottom"] < places["Active"]["top"]
    assert page.extract_text().count("Composition") == 1


def test_lines_of_the_head_of_the_pdf(folder: Path) -> None:
    """Above the head, below the merged cell, below the head, and at the end: the audit finds tables by them."""
    with pdfplumber.open(folder / "si.pdf") as pdf:
        page = next(page for page in pdf.pages if "Composition" in page.extract_text())
        words = {word["text"]: word for word in page.extract_words()}
        rules = sorted({round(line["top"]) for line in page.lines})
    upper, lower, first = words["Composition"], words["Active"], words["0.0"]
    assert any(rule < upper["top"] for rule in rules)
    assert any(upper["bottom"] - 2 < rule < lower["top"] + 2 for rule in rules)
    assert any(lower["bottom"] < rule < first["top"] + 2 for rule in rules)


def test_the_contents_of_the_pdf_are_a_list_for_the_audit(folder: Path) -> None:
    paper = extract(folder / "si.pdf")
    assert [table.name for table in paper.tables] == ["Table S1"]


def test_latex_merges_heads_with_a_rule_below(folder: Path) -> None:
    lines = (folder / "si.tex").read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if r"\multicolumn{2}{c}{\textbf{Composition}}" in line)
    assert lines[at].count("&") == 2
    assert lines[at + 1] == r"\cmidrule(lr){2-3}"
    assert lines[at + 2].startswith(r"\textbf{Electrode} & \textbf{Active\newline{}(wt\%)} &")

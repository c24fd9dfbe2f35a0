"""The submission as pages (Word by LibreOffice, PDF): nothing is cut, no caption stands alone, no page is empty."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from gallery.document import document, first_cycles
from gallery.electro import cycling
from halfcell import report
from halfcell.core.document import Document, Item
from halfcell.core.table import Column, Entry, Table

SIDE = 30  # points; the margins are 43


def _long_table(name: str, rows: int, columns: int) -> Item:
    heads = tuple(Column(key=f"c{n}", label=f"Capacity in cycle {n}", unit="mAh/g") for n in range(columns))
    body = tuple(tuple(Entry(text=f"{row}.{n:03}") for n in range(columns)) for row in range(rows))
    table = Table(columns=heads, rows=body, notes=(f"The end of {name}.",))
    return Item(id=name, kind="table", name=f"Table {name}", caption="Many numbers", table=table)


def _whole() -> Document:
    """Figures, short and long tables, one that is wide, one that is very wide."""
    figures = [
        Item(id=f"S{n}", kind="figure", name=f"Fig. S{n}", caption=f"Cycling of cell {n}", figure=cycling())
        for n in range(1, 6)
    ]
    tables = [first_cycles(), _long_table("S2", 70, 4), _long_table("S3", 20, 14), _long_table("S4", 12, 30)]
    made = document()
    return Document(title=made.title, items=(*figures, *tables), authors=made.authors, methods=made.methods)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole document as Word and as PDF."""
    folder = tmp_path_factory.mktemp("pages")
    report.write(_whole(), folder, ("docx", "pdf"))
    return folder


def _by_libreoffice(folder: Path) -> Path:
    """The Word document as PDF."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice: install Debian's libreoffice-writer")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "word"), "si.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return folder / "word" / "si.pdf"


def test_notes_stay_with_the_last_rows_of_their_table_and_with_their_figure(tmp_path: Path) -> None:
    """Wherever a page ends: the PDF of the example study had the note of a table alone on its last page."""
    tables = [_long_table(f"S{rows}", rows, 3) for rows in range(24, 44, 2)]
    note = "A line below the axis that belongs to this figure. " * 3
    figures = [
        Item(id=f"S{n}", kind="figure", name=f"Fig. S{n}", caption="Cycling", figure=replace(cycling(), notes=(note,)))
        for n in range(1, 5)
    ]
    report.write(Document(title="Notes", items=(*tables, *figures)), tmp_path, ("pdf",))
    with pdfplumber.open(tmp_path / "si.pdf") as pdf:
        texts = [page.extract_text() or "" for page in pdf.pages]
        ends = [text for text in texts if "The end of" in text]
        assert sum(text.count("The end of") for text in ends) == len(tables)
        for name in (table.name.removeprefix("Table ") for table in tables):
            before = next(text for text in ends if f"The end of {name}." in text).split(f"The end of {name}.")[0]
            assert before.splitlines()[-1].count(".00") == 3, f"the notes of Table {name} stand alone"
        for text in texts:
            assert text.count("A line below the axis") == 3 * text.count("Cycling") or "Contents" in text


@pytest.mark.parametrize("count", [3, 60])
def test_pages_are_numbered_as_the_contents_say(tmp_path: Path, count: int) -> None:
    """Contents of one page and of two; a page break that asked for its own page left all pages with the number 1."""
    items = [
        Item(id=f"S{n}", kind="figure", name=f"Fig. S{n}", caption=f"Cycling of the cell number {n}. More", failure="-")
        for n in range(1, count)
    ]
    items.append(_long_table("S1", 30, 3))
    report.write(Document(title="Numbers", items=tuple(items)), tmp_path, ("pdf",))
    with pdfplumber.open(tmp_path / "si.pdf") as pdf:
        texts = [(page.extract_text() or "").splitlines() for page in pdf.pages]
    assert [int(lines[-1]) for lines in texts] == list(range(1, len(texts) + 1))
    entry = next(line for lines in texts for line in lines if line.startswith("Table S1 Many numbers"))
    shown = next(n for n, lines in enumerate(texts, 1) if "Table S1 Many numbers" in lines)
    assert entry == f"Table S1 Many numbers {shown}"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_pages(folder: Path, kind: str) -> None:
    path = _by_libreoffice(folder) if kind == "word" else folder / "si.pdf"
    with pdfplumber.open(path) as pdf:
        texts = [page.extract_text() or "" for page in pdf.pages]
        for page, text in zip(pdf.pages, texts, strict=True):
            words = page.extract_words()
            assert all(word["x0"] >= SIDE and word["x1"] <= page.width - SIDE for word in words), page
            assert len(text) > 40 or page.images or page.curves, f"page {page.page_number} is empty"
        body = range(next(at for at, text in enumerate(texts) if "Methods\n" in text[:400] and at), len(texts))
        for n in range(1, 6):
            captions = [at for at in body if f"Fig. S{n} Cycling" in texts[at]]
            assert len(captions) == 1
            page = pdf.pages[captions[0]]
            assert page.images or len(page.curves) > 10, f"the caption of Fig. S{n} is not on the page of its figure"
        for name in ("S2", "S3", "S4"):
            end = next(at for at, text in enumerate(texts) if f"The end of {name}." in text)
            rows = [line for line in texts[end].split(f"The end of {name}.")[0].splitlines() if ".00" in line]
            assert rows, f"the notes of Table {name} stand alone"
    assert sum("Capacity" in text for text in texts) >= 4  # heads are repeated

"""Wide tables: letters stay readable, since a table is transposed, turned or split; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.enum.section import WD_ORIENT

from halfcell import report
from halfcell.core.document import Document, Item
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.report.column_widths import PAGE_MM
from halfcell.report.table_grid import Grid, grid
from halfcell.report.table_layout import laid_out


def _table(rows: int, columns: int, word: str = "capacity") -> Table:
    heads = [Column(key="label", label="Materials")]
    heads += [Column(key=f"c{n}", label=f"{word} number {n}", unit="mAh/g") for n in range(1, columns)]
    body = tuple(
        (Entry(text=f"sample {row}"), *(_number(1000.0 + row + n / 100) for n in range(1, columns)))
        for row in range(rows)
    )
    return Table(columns=tuple(heads), rows=body, notes=("Below the table.",))


def _number(value: float) -> Entry:
    return Entry(text=f"{value:.2f}", quantity=Quantity(value, "mAh/g", 0.01, "fit covariance"), doubt="")


def _texts(parts: tuple[Grid, ...]) -> set[str]:
    return {cell.text for part in parts for row in part.rows for cell in row} | {
        head.replace("\n", " ") for part in parts for head in part.headers
    }


@pytest.mark.parametrize(
    ("rows", "columns", "parts", "landscape"),
    [(30, 5, 1, False), (3, 16, 1, False), (30, 14, 1, True), (30, 60, 6, True)],
)
def test_how_a_table_is_placed(rows: int, columns: int, parts: int, landscape: bool) -> None:
    whole = grid(_table(rows, columns), {})
    layout = laid_out(whole)
    assert layout.landscape is (landscape and parts == 1)
    assert (len(layout.parts) > 1) == (parts > 1)
    assert _texts(layout.parts) >= _texts((whole,))
    assert layout.parts[-1].notes == ("Below the table.",)


def test_a_table_of_few_rows_is_transposed() -> None:
    turned = laid_out(grid(_table(2, 16), {})).parts[0]
    assert turned.headers == ("Materials", "sample 0", "sample 1")
    assert [cell.text for cell in turned.rows[0]] == ["capacity number 1 (mAh/g)", "1000.01", "1001.01"]
    assert PAGE_MM > 0


def test_a_wide_table_is_on_a_landscape_page_in_word_and_pdf(tmp_path: Path) -> None:
    items = tuple(
        Item(id=name, kind="table", name=f"Table {name}", caption="Wide", table=_table(12, columns))
        for name, columns in (("S1", 4), ("S2", 14), ("S3", 4))
    )
    report.write(Document(title="x", items=items), tmp_path, ("docx", "pdf", "latex"))
    sections = docx.Document(str(tmp_path / "si.docx")).sections
    portrait, landscape = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert [section.orientation for section in sections] == [portrait, landscape, portrait]
    with pdfplumber.open(tmp_path / "si.pdf") as pdf:
        turned = [page for page in pdf.pages if page.width > page.height]
        assert [page.extract_text().count("Table S2") for page in turned] == [1]
        edges = [(word["x0"], word["x1"], page.width) for page in pdf.pages for word in page.extract_words()]
    assert all(left >= 30 and right <= width - 30 for left, right, width in edges)
    latex = (tmp_path / "si.tex").read_text(encoding="utf-8")
    assert latex.count(r"\begin{landscape}") == 1
    assert latex.count(r"\begin{longtable}") == 3

"""Widths of columns: no word is broken, and the page holds them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pdfplumber
import pytest

from gallery.document import document, first_cycles
from halfcell import report
from halfcell.core.table import Column, Entry, Table
from halfcell.report.column_widths import PAGE_MM, fitted, widths_mm
from halfcell.report.table_grid import grid

HEADERS = (
    "Sample Phase Microstrain Crystallinity Displacement Background Reflections Temperature Composition Conductivity"
)


def _table(columns: int) -> Table:
    headers = tuple(Column(key=word, label=word, unit="nm") for word in HEADERS.split()[:columns])
    return Table(columns=headers, rows=(tuple(Entry(text="12.3(4)") for _ in headers),), caption="Sizes.")


def test_a_table_that_fits_is_left_as_it_is() -> None:
    made = grid(_table(5), {})
    assert fitted(made, 10.0, 2.0) == (10.0, widths_mm(made, 10.0))


def test_many_long_headers_are_set_smaller_and_fit() -> None:
    made = grid(_table(10), {})
    assert sum(widths_mm(made, 10.0)) > PAGE_MM
    size, widths = fitted(made, 10.0, 2.0)
    assert 5.0 < size < 10.0
    assert sum(widths) <= PAGE_MM + 1e-9
    for header, width in zip(HEADERS.split(), widths, strict=True):
        assert width - 2.0 >= 0.175 * size * len(header) - 1e-9


@pytest.mark.parametrize("columns", [3, 10])
def test_headers_are_whole_words_in_the_documents(columns: int, tmp_path: Path) -> None:
    item = replace(first_cycles(), table=_table(columns), notes=(), numbers=())
    word, pdf = report.write(replace(document(), items=(item,), truth=None), tmp_path, ("docx", "pdf"))
    with pdfplumber.open(io.BytesIO(pdf.read_bytes())) as opened:
        words = {one["text"] for page in opened.pages for one in page.extract_words()}
    assert set(HEADERS.split()[:columns]) <= words
    table = docx.Document(str(word)).tables[0]
    assert sum(column.width.mm for column in table.columns) <= PAGE_MM + 0.5


def test_a_unit_is_not_broken_at_its_signs() -> None:
    column = (Column(key="unit", label="Unit"),)
    made = grid(Table(columns=column, rows=((Entry(text="mAh/g"),),)), {})
    assert widths_mm(made, 10.0, 2.0)[0] >= 0.175 * 10.0 * len("mAh/g") + 2.0 - 1e-9


def test_words_get_space_for_a_broader_font_before_lines_do() -> None:
    columns = tuple(Column(key=word, label=word) for word in ("Subject", "Put"))
    rows = ((Entry(text="several words that may well be broken into lines " * 4), Entry(text="83.6372")),)
    made = grid(Table(columns=columns, rows=rows), {})
    assert widths_mm(made, 10.0, 2.0)[1] < 0.175 * 10.0 * 7 * 1.3 + 2.0
    size, widths = fitted(made, 10.0, 2.0, 1.3)
    assert size == 10.0
    assert widths[1] >= 0.175 * 10.0 * 7 * 1.3 + 2.0 - 1e-9
    assert sum(widths) <= PAGE_MM + 1e-9


def test_a_smaller_font_rather_than_words_that_a_broader_font_would_break() -> None:
    """LibreOffice without Times New Roman broke "Temperature" and "0.7854" in a table of eight columns."""
    heads = ("Sample", "Thickness", "Area", "Pressure", "Temperature", "Resistance", "Total", "Bulk")
    cells = ("electrolyte", "655", "0.7854", "–", "25", "1469.74 ± 0.54", "(5.62 ± 0.07) × 10^{−5}", "–")
    columns = tuple(Column(key=f"{n}", label=word) for n, word in enumerate(heads))
    made = grid(Table(columns=columns, rows=(tuple(Entry(text=cell) for cell in cells),)), {})
    size, widths = fitted(made, 9.0, 2.0, 1.3)
    assert 7.5 <= size < 9.0
    assert sum(widths) <= PAGE_MM
    for head, width in zip(heads, widths, strict=True):
        assert width >= 1.3 * 1.15 * 0.175 * size * len(head) + 2.0 - 1e-9, head
    assert widths[5] >= 1.3 * 0.175 * size * len("1469.74 ± 0.54")  # not broken before its uncertainty
    assert fitted(made, 9.0, 2.0)[0] == 9.0

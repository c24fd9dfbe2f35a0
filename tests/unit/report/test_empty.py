"""A table without rows or columns appears with its caption and a statement; one that cannot be typeset is named."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pdfplumber
import pytest
from bs4 import BeautifulSoup

from gallery.document import document, first_cycles
from halfcell import report
from halfcell.core.document import Document
from halfcell.core.errors import HalfcellError
from halfcell.core.table import Column, Table
from halfcell.report.typeset import table as pdf_report

HEADS = (Column(key="label", label="Samples"), Column(key="a", label="a", unit="nm"))
STATEMENT = "This table is empty, since no result has values for it."


def _of(table: Table) -> Document:
    item = replace(first_cycles(), table=replace(table, caption="Sizes."), caption="Sizes.", notes=(), numbers=())
    return replace(document(), items=(item,), truth=None)


@pytest.mark.parametrize(
    "table", [Table(columns=HEADS, rows=()), Table(columns=(), rows=()), Table(columns=(), rows=((),))]
)
def test_an_empty_table_appears_in_every_format(table: Table, tmp_path: Path) -> None:
    noted = replace(table, notes=("No peak stands out.",))
    page, word, pdf = report.write(_of(noted), tmp_path)
    with pdfplumber.open(io.BytesIO(pdf.read_bytes())) as opened:
        set_text = "\n".join(one.extract_text() for one in opened.pages)
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find(id="table-s1")
    written = docx.Document(str(word))
    for text in (set_text, article.get_text(), "\n".join(one.text for one in written.paragraphs)):
        assert "Table S1" in text
        assert "Sizes." in text
        assert STATEMENT in text
        assert "No peak stands out." in text
    assert not written.tables
    assert article.find("table") is None


def test_an_item_that_cannot_be_typeset_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_report, "_ruled", lambda *_: "#table(align: (,))")
    shown = replace(document(), items=(first_cycles(),), truth=None)
    with pytest.raises(HalfcellError, match=r"Table S1: .*comma"):
        report.write(shown, tmp_path, ("pdf",))

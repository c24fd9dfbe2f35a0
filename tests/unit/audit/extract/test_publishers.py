"""Pages of publishers: the same document gives the same tables, captions, notes and findings in each structure."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit import Report, Settings, audit_file
from printed_documents import Document, Table
from publisher_pages import PAGES, publisher_page

HEADS = ["Material", "Initial discharge capacity (mAh g^{−1})", "Initial charge capacity (mAh g^{−1})", "ICE^{b} (%)"]
FIRST = Table(
    "First cycles of the anodes in half cells at 25 °C.",
    [
        HEADS,
        ["Si", "3916.2", "3275.4", "88.6"],
        ["Si/Sn-5^{12,13}", "3582.4", "3167.9", "88.4"],
        ["Si/CoSi_{2}", "3384.3", "3129.2^{a}", "92.5"],
    ],
    notes=["a Mean of two cells.", "b Initial Coulombic efficiency."],
)
SECOND = Table(
    "Composition of the powders.",
    [["Sample", "Si (wt%)", "Sn (wt%)", "Co (wt%)"], ["A", "80.1", "10.4", "9.5"], ["B", "70.0", "20.2", "19.8"]],
)
DOCUMENT = Document(
    [FIRST, SECOND],
    abstract="Silicon anodes were tested in half cells.",
    before=["Table 1 summarizes the first cycles.", "It was measured at 25 °C."],
    after=["A further text follows here."],
)


def _report(publisher: str, folder: Path) -> Report:
    path = folder / "page.html"
    path.write_text(publisher_page(DOCUMENT, publisher), encoding="utf-8")
    return audit_file(path, Settings(checklist="none"))


@pytest.mark.parametrize("publisher", PAGES)
def test_pages(publisher: str, tmp_path: Path) -> None:
    report = _report(publisher, tmp_path)
    paper = report.facts.paper
    named = [table for table in paper.tables if table.caption]
    assert [(t.name, t.caption) for t in named] == [("Table 1", FIRST.caption), ("Table 2", SECOND.caption)]
    assert "a Mean of two cells." in " ".join(named[0].notes)
    assert [cell.text for cell in named[0].cells][4:12:4] == ["Si", "Si/Sn-512,13"]
    assert sorted(alarm.rule for alarm in report.alarms) == ["composition", "coulombic_efficiency"]
    assert len(paper.captions) == 2
    for text in (DOCUMENT.abstract, *DOCUMENT.before, *DOCUMENT.after):
        assert text in paper.paragraphs
    assert not any("Name" in text for text in paper.paragraphs if publisher not in {"rsc", "mdpi"})
    assert report.understanding.tables == 2

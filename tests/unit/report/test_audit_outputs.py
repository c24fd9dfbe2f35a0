"""The audit as text, JSON, HTML, Word and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest

from halfcell.audit import Report, audit_file, demo
from halfcell.report.audit.csv import text as csv_text
from halfcell.report.audit.docx import docx
from halfcell.report.audit.html import html
from halfcell.report.audit.json import as_json
from halfcell.report.audit.text import text


@pytest.fixture(scope="module")
def report() -> Report:
    """The audit of the demonstration document."""
    return audit_file(demo.PATH)


class _Cells(HTMLParser):
    """The tables of a page: id of the cell -> its class, its own text, the text of its box."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, list[str]] = {}
        self.here, self.inside, self.open = "", False, []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.open.append(tag)
        if tag == "td" and found.get("id"):
            self.here = str(found["id"])
            self.cells[self.here] = [str(found.get("class")), "", ""]
        self.inside = self.inside or (tag == "span" and found.get("class") == "tip")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.here:
            self.cells[self.here][2 if self.inside else 1] += data


def test_html_colours_cell_by_cell_and_explains(report: Report) -> None:
    parser = _Cells()
    parser.feed(html(report))
    wrong = parser.cells["table-e1-2-3"]
    assert "fails" in wrong[0]
    assert wrong[1].strip() == "86.7"
    assert "2996.3 mAh g–1 / 3418.9 mAh g–1 = 87.64 %" in wrong[2]
    assert "holds" in parser.cells["table-e1-1-3"][0]
    assert "used" in parser.cells["table-e1-1-1"][0]
    assert "inexact" in parser.cells["table-e3-7-10"][0]
    assert parser.cells["table-e1-0-0"][2] == ""


def test_html_needs_no_network_and_escapes(report: Report) -> None:
    page = html(report)
    assert not re.search(r"(src|href)=[\"']?https?:", page)
    assert "<script" not in page
    from tests.unit.audit.builders import report as make

    nasty = html(make(("Table 1", "<b>x</b>", "Materials; ICE (%)\n<script>alert(1)</script>; 120")))
    assert "<script>" not in nasty
    assert "&lt;script&gt;" in nasty


def test_text_lists_the_worst_first(report: Report) -> None:
    lines = text(report).splitlines()
    heads = [line.split()[0] for line in lines if line.startswith(("ERROR", "WARNING"))]
    assert heads == sorted(heads)
    assert len(heads) == len(report.alarms)
    assert "87.64 %" in text(report)
    assert len(text(report, every=True)) > len(text(report))
    assert max(map(len, lines)) < 170


def test_json_is_complete_and_plain(report: Report) -> None:
    found = json.loads(json.dumps(as_json(report)))
    assert found["alarms"] == len(report.alarms)
    assert sum(found["counts"].values()) == len(found["findings"]) == len(report.findings)
    assert found["tables"][0]["rows"][1] == ["Pristine Si", "3702.4", "3051.7", "82.4"]
    failed = next(f for f in found["findings"] if f["verdict"] == "FAILS")
    assert set(failed) >= {"rule", "what", "printed", "computed", "explain", "ask", "places", "width_in_last_digits"}


def test_csv_has_one_row_per_finding(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(report))))
    assert len(rows) == len(report.findings)
    assert {row["verdict"] for row in rows} >= {"holds", "FAILS", "weak"}
    assert not any(value[:1] in "=+@" for row in rows for value in row.values() if value)


def test_word_shades_the_cells(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(report))) as archive:
        xml = archive.read("word/document.xml").decode()
    assert xml.count('w:fill="F7C9B4"') == sum(f.verdict.value == "FAILS" for f in report.findings)
    assert "87.64 %" in xml


def test_word_is_read_back_as_it_was(report: Report, tmp_path: object) -> None:
    """The tables in the audit are those of the document."""
    from pathlib import Path

    from halfcell.audit.extract import extract

    path = Path(str(tmp_path)) / "audit.docx"
    path.write_bytes(docx(report))
    assert [t.texts() for t in extract(path).tables] == [t.texts() for t in report.facts.paper.tables]

"""Articles in JATS XML: tables with label, caption, spanning heads, raised text and footnotes; written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit import audit_file
from halfcell.audit.extract import extract
from halfcell.core.errors import InputError

ARTICLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.3 20210610//EN"
  "JATS-archivearticle1-3.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title>J</journal-title></journal-meta>
<article-meta><title-group><article-title>Tin in silicon anodes</article-title></title-group>
<abstract><p>Milled Si/Sn anodes were cycled against lithium.</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>The anodes are compared in <xref rid="t1">Table 1</xref>.</p>
<table-wrap id="t1"><label>Table 1</label><caption><title>First cycle of the anodes in half cells.</title></caption>
<table><thead><tr><th rowspan="2">Material</th><th colspan="2">Initial capacity (mAh g<sup>&#8722;1</sup>)</th>
<th rowspan="2">ICE<sup>a</sup> (%)</th></tr><tr><th>Discharge</th><th>Charge</th></tr></thead>
<tbody><tr><td>Si</td><td>3916.2</td><td>3275.4</td><td>83.6</td></tr>
<tr><td>Si/Sn<sub>10</sub></td><td>3384.3</td><td>3129.2</td><td>{ice}</td></tr>
<tr><td>Si/Sn<sub>15</sub></td><td>3332.6</td><td>3049.8</td><td>91.5</td></tr></tbody></table>
<table-wrap-foot><fn id="f1"><p>a Charge over discharge.</p></fn></table-wrap-foot></table-wrap>
<fig id="f2"><label>Fig. 2</label><caption><p>Voltage profiles.</p></caption></fig></sec></body>
<back><ref-list><ref><mixed-citation>Table 9 of nothing, 1999</mixed-citation></ref></ref-list></back></article>
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article in JATS with an efficiency of 92.5 %."""
    path = tmp_path / "article.xml"
    path.write_text(ARTICLE.replace("{ice}", "92.5"), encoding="utf-8")
    return path


def test_tables_captions_and_notes(article: Path) -> None:
    paper = extract(article)
    (table,) = paper.tables
    assert (table.name, table.caption) == ("Table 1", "First cycle of the anodes in half cells.")
    assert (table.width, table.height, table.head_rows) == (4, 5, 2)
    assert table.texts()[2:] == [
        ["Si", "3916.2", "3275.4", "83.6"],
        ["Si/Sn10", "3384.3", "3129.2", "92.5"],
        ["Si/Sn15", "3332.6", "3049.8", "91.5"],
    ]
    assert table.notes == ("a Charge over discharge.",)
    assert [caption.name for caption in paper.captions] == ["Table 1", "Fig. 2"]
    assert "Milled Si/Sn anodes were cycled against lithium." in paper.paragraphs
    assert not any("1999" in text for text in paper.paragraphs)


def test_heads_below_a_spanner_and_raised_marks_are_understood(article: Path) -> None:
    report = audit_file(article)
    assert report.understanding.columns_understood == report.understanding.columns
    assert [f.rule for f in report.alarms if f.severity != "note"] == []


def test_a_planted_error_is_found(tmp_path: Path) -> None:
    path = tmp_path / "article.nxml"
    path.write_text(ARTICLE.replace("{ice}", "95.2"), encoding="utf-8")
    alarms = [f for f in audit_file(path).alarms if f.severity != "note"]
    assert [(f.rule, f.places[0].row) for f in alarms] == [("coulombic_efficiency", 3)]


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xml"
    path.write_text('<!DOCTYPE article [<!ENTITY a "aaaa">]><article><p>&a;</p></article>')
    with pytest.raises(InputError, match="declares entities"):
        extract(path)


def test_other_xml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "data.xml"
    path.write_text('<?xml version="1.0"?><xrdMeasurements/>')
    with pytest.raises(InputError, match="is XML"):
        extract(path)

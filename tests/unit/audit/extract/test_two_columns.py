"""PDFs in two columns: running text is read down the columns, tables in a column and over both keep their cells."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from halfcell.audit import Report, Settings, audit_file
from printed_documents import Document, Table, pdf

WORDS = re.findall(r"\w+", "the electrode was tested with metal and gave a stable capacity over cycles while it stayed")
SENTENCE = "The Si electrode delivered an initial discharge capacity of 3916.2 mAh g^{−1}, as listed in Table 1."
HEADS = ["Material", "Si (wt%)", "Sn (wt%)", "Co (wt%)", "Initial discharge capacity (mAh g^{−1})"]
WIDE = Table(
    "All powders and their first discharge, with the contents of tin and cobalt that were weighed in.",
    [HEADS, *([f"Si/Sn-{i}", f"{80 - i}.0", f"{10 + i}.0", "10.0", f"39{i}0.1"] for i in range(1, 7))],
)
FIRST = Table(
    "First cycles of the anodes in half cells.",
    [
        ["Material", "Initial discharge capacity (mAh g^{−1})", "Initial charge capacity (mAh g^{−1})", "ICE (%)"],
        ["Si", "3916.2", "3275.4", "88.6"],
        ["Si/Sn-5", "3582.4", "3167.9", "88.4"],
    ],
    notes=["a Mean of two cells."],
)


def _text(seed: int, length: int = 80) -> str:
    chosen = random.Random(seed)
    words = [chosen.choice(WORDS) for _ in range(length)]
    return " ".join(words).capitalize() + "."


def _report(folder: Path, *, wide: bool, ruled: bool) -> Report:
    before = [*(_text(seed) for seed in range(5)), SENTENCE]
    document = Document([FIRST, WIDE], before=before, after=[_text(seed) for seed in range(10, 26)])
    path = folder / "article.pdf"
    pdf(document, path, columns=2, wide=wide, ruled=ruled)
    return audit_file(path, Settings(checklist="none"))


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("wide", [False, True])
def test_two_columns(wide: bool, ruled: bool, tmp_path: Path) -> None:
    report = _report(tmp_path, wide=wide, ruled=ruled)
    first, second = report.facts.paper.tables
    assert (first.caption, second.caption) == (FIRST.caption, WIDE.caption)
    assert first.notes == ("a Mean of two cells.",)
    assert [cell.text for cell in second.cells if cell.column == 4][1:] == [row[4] for row in WIDE.rows[1:]]
    assert [alarm.printed for alarm in report.alarms] == ["88.6 %"]
    said = SENTENCE.replace("^{−1}", "−1")
    assert {_text(0), _text(12), said} <= set(report.facts.paper.paragraphs)


def test_one_column_is_no_two(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    pdf(Document([WIDE], before=[_text(1), _text(2)]), path)
    paper = audit_file(path, Settings(checklist="none")).facts.paper
    assert paper.paragraphs[-2:] == (_text(1), _text(2))
    assert paper.tables[0].width == 5

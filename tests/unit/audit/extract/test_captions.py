"""Captions: above or below their tables, with any number, continued; sentences that begin like one are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit.extract import extract
from halfcell.audit.extract.common.captions import read_caption

CAPTIONS = {
    "Table 3.3 Results": ("Table 3.3", "Results"),
    "Table 4.1: Results": ("Table 4.1", "Results"),
    "Table A.1. Results": ("Table A.1", "Results"),
    "TABLE I. Results": ("Table I", "Results"),
    "TABLE S1: Results": ("Table S1", "Results"),
    "Tab. 2: Results": ("Table 2", "Results"),
    "Table ESI1 Results": ("Table ESI1", "Results"),
    "Supplementary Table 1 | Results": ("Table 1", "Results"),
    "Extended Data Table 2 Results": ("Table 2", "Results"),
    "Table 1 — Results": ("Table 1", "Results"),
    "Table 1. 3D printed anodes": ("Table 1", "3D printed anodes"),
    "Table 2 1C capacities": ("Table 2", "1C capacities"),
    "Table 1 a-Si films": ("Table 1", "a-Si films"),
    "Table 1A. Results": ("Table 1A", "Results"),
    "Table 1 Control samples": ("Table 1", "Control samples"),
    "Table 5a": ("Table 5a", ""),
    "FIG. 3. Voltage": ("Fig. 3", "Voltage"),
}
SENTENCES = (
    "Table 1 shows them.", "Table 1 also shows them.", "Table 1 is a list of them.", "Table 1, the values",
    "Table 1 and Table 2 list them.", "Tables 1 and 2 show them.", "Table 2 reports the values.",
    "Table 1 summarizes the first cycles.", "Table 2 (ESI) compares them.", "Table 1 has been made.",
    "Table of contents",
    "Figure 3 displays it.", "table 1 of ref. 3",
)  # fmt: skip


@pytest.mark.parametrize("line", CAPTIONS)
def test_captions(line: str) -> None:
    found = read_caption(line)
    assert found is not None
    assert (found.name, found.text) == CAPTIONS[line]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_are_no_captions(line: str) -> None:
    assert read_caption(line) is None


@pytest.mark.parametrize(
    "line",
    ["Table 3.3 (continued)", "Table 3.3 – continued from previous page", "Continued Table 3.3", "Table 3.3 Cont."],
)
def test_continued_captions(line: str) -> None:
    found = read_caption(line)
    assert found is not None
    assert (found.name, found.text, found.continues) == ("Table 3.3", "", True)


TABLE = "| Sample | ICE (%) |\n|--|--|\n"


def _tables(tmp_path: Path, text: str) -> list[tuple[str, str, int]]:
    path = tmp_path / "x.md"
    path.write_text(text, encoding="utf-8")
    return [(table.name, table.caption, table.height) for table in extract(path).tables]


def test_a_continued_table_is_one_table(tmp_path: Path) -> None:
    text = f"Table 3.3 First\n\n{TABLE}| A | 1 |\n\nTable 3.3 (continued)\n\n{TABLE}| B | 2 |\n| C | 3 |\n"
    assert _tables(tmp_path, text) == [("Table 3.3", "First", 4)]


def test_a_continued_table_of_another_width_stays_apart(tmp_path: Path) -> None:
    text = f"Table 1 First\n\n{TABLE}| A | 1 |\n\nTable 1 (continued)\n\n| S | a | b |\n|--|--|--|\n| A | 1 | 2 |\n"
    assert _tables(tmp_path, text) == [("Table 1", "First", 2), ("Table 1 (2)", "First", 2)]


def test_captions_below_their_tables(tmp_path: Path) -> None:
    text = f"{TABLE}| A | 1 |\n\nTable 1 First\n\n{TABLE}| B | 2 |\n\nTable 2 Second\n\ntext\n"
    assert _tables(tmp_path, text) == [("Table 1", "First", 2), ("Table 2", "Second", 2)]


def test_a_bare_table_does_not_take_the_caption_of_the_next(tmp_path: Path) -> None:
    text = f"{TABLE}| A | 1 |\n\nTable 1 First\n\n{TABLE}| B | 2 |\n\ntext\n\nTable 2 Second\n\n{TABLE}| C | 3 |\n"
    assert [name for name, *_ in _tables(tmp_path, text)] == ["Table 1 (no caption)", "Table 1", "Table 2"]


def test_a_caption_on_two_lines(tmp_path: Path) -> None:
    text = f"Table 2\n\nFirst cycles of the anodes\n\n{TABLE}| A | 1 |\n"
    assert _tables(tmp_path, text) == [("Table 2", "First cycles of the anodes", 2)]


def test_a_sentence_that_begins_with_a_is_no_footnote(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(f"Table 1 First\n\n{TABLE}| A | 1 |\n\na mean of two\n\nA new anode was made.\n", encoding="utf-8")
    paper = extract(path)
    assert (paper.tables[0].notes, paper.paragraphs) == (("a mean of two",), ("A new anode was made.",))

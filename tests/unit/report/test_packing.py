"""Two figures of half a page's width in a row stand beside each other; each keeps its caption and its anchor."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pdfplumber

from gallery.document import document
from halfcell import report
from halfcell.core.document import Document
from halfcell.report.document_view import view
from halfcell.report.typeset.document import source


def _figures(*widths: int) -> Document:
    whole = document()
    first = next(item for item in whole.items if item.figure is not None)
    items = [
        replace(
            first,
            id=f"S{number}",
            name=f"Fig. S{number}",
            caption=f"Caption {number}.",
            figure=replace(first.figure, width_mm=width, notes=()),
            notes=(),
            files={},
        )
        for number, width in enumerate(widths, start=1)
    ]
    return replace(whole, items=tuple(items), truth=None, unmatched=())


def test_narrow_figures_in_a_row_are_paired() -> None:
    assert source(view(_figures(90, 90, 90))).count("#grid(columns: (88mm") == 1
    assert source(view(_figures(90, 140, 90))).count("#grid(columns: (88mm") == 0
    assert source(view(_figures(140, 90, 90, 90, 90))).count("#grid(columns: (88mm") == 2


def test_a_pair_stands_on_one_line(tmp_path: Path) -> None:
    (pdf,) = report.write(_figures(90, 90), tmp_path, ("pdf",))
    with pdfplumber.open(io.BytesIO(pdf.read_bytes())) as opened:
        page = opened.pages[1]
        words = {one["text"]: one for one in page.extract_words() if one["text"] in {"S1", "S2"}}
    assert abs(words["S1"]["top"] - words["S2"]["top"]) < 1.0
    assert words["S2"]["x0"] > page.width / 2 > words["S1"]["x0"]


def test_a_figure_with_many_words_below_it_stands_alone() -> None:
    whole = _figures(90, 90)
    wordy = replace(whole.items[0], figure=replace(whole.items[0].figure, notes=("word " * 100,)))
    assert "#grid(columns: (88mm" not in source(view(replace(whole, items=(wordy, whole.items[1]))))

"""The document's eight tables in eight formats: every cell in its row and column, every number digit by digit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from halfcell.audit.extract import extract
from halfcell.core.printed_document import Paper

LOST = ("Table S8", 1)  # the row that bookland.pdf itself does not hold


@pytest.fixture(scope="module")
def truth(data: Path) -> Paper:
    """The text of the document that the project is measured by; skipped where it is not there."""
    path = data.parent / "mission" / "supplementary-information.txt"
    if not path.is_file():
        pytest.skip(f"the document is not at {path}")
    return extract(path)


def _cells(paper: Paper, without: tuple[str, int] = ("", 0)) -> dict[tuple[str, int, int], str]:
    """(table, row, column) -> text without spaces, for all cells that are not empty; one row may be left out."""
    found = {}
    for table in paper.tables:
        rows = table.texts()
        if table.name == without[0]:
            del rows[without[1]]
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text.strip():
                    found[table.name, row, column] = re.sub(r"\s+", "", text)
    return found


def _share(truth: dict[tuple[str, int, int], str], found: dict[tuple[str, int, int], str], numbers: bool) -> float:
    wanted = {place: text for place, text in truth.items() if not numbers or re.fullmatch(r"[\d.]+", text)}
    return sum(found.get(place) == text for place, text in wanted.items()) / len(wanted)


def test_the_truth_itself(truth: Paper) -> None:
    cells = _cells(truth)
    assert len(cells) == 647
    assert sum(bool(re.fullmatch(r"[\d.]+", text)) for text in cells.values()) == 372


@pytest.mark.parametrize("name", ["grid.docx", "book.docx", "grid.html"])
def test_marked_up(data: Path, truth: Paper, name: str) -> None:
    assert _cells(extract(data / "audit" / "roundtrip" / name)) == _cells(truth)


@pytest.mark.parametrize("name", ["grid.pdf", "gridland.pdf", "book.pdf", "typ.pdf"])
def test_pdf(data: Path, truth: Paper, name: str) -> None:
    """With a grid in both orientations, with lines above and below only, and typeset by another program."""
    paper = extract(data / "audit" / "roundtrip" / name)
    found = _cells(paper)
    assert _share(_cells(truth), found, numbers=True) == 1.0
    assert _share(_cells(truth), found, numbers=False) == 1.0
    assert set(found) == set(_cells(truth))


def test_a_row_that_the_file_lost_raises_doubts(data: Path, truth: Paper) -> None:
    """The landscape one without a grid lacks a row (its program dropped it); the gap is reported."""
    paper = extract(data / "audit" / "roundtrip" / "bookland.pdf")
    assert _share(_cells(truth, LOST), _cells(paper), numbers=True) == 1.0
    table = paper.table("S8")
    assert table is not None
    nameless = set(range(1, 7))  # all rows below the lost name
    assert {cell.row for cell in table.cells if cell.doubt} == nameless
    assert all(cell.doubt for cell in table.cells if cell.row in nameless)


def test_wrapped_numbers_are_whole(data: Path) -> None:
    """0.0079 and 1 on two lines of a narrow cell are 0.00791, without a space."""
    table = extract(data / "audit" / "roundtrip" / "grid.pdf").table("S5")
    assert table is not None
    assert [table.at[row, 9].text for row in (1, 6, 12)] == ["0.00791", "0.00371", "0.00563"]

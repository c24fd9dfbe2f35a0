"""The document that halfcell exists for: its tables are read whole, and nothing that agrees is said to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.audit import Report, Verdict, audit_file


@pytest.fixture(scope="module")
def document(data: Path) -> Path:
    path = data.parent / "mission" / "supplementary-information.txt"
    if not path.is_file():
        pytest.skip(f"the document is not at {path}")
    return path


@pytest.fixture(scope="module")
def report(document: Path) -> Report:
    return audit_file(document)


def test_all_cells_are_in_place(report: Report) -> None:
    tables = report.facts.paper.tables
    shapes = {t.name.removeprefix("Table "): (t.height, t.width) for t in tables}
    assert shapes == {
        "S1": (6, 5), "S2": (4, 5), "S3": (5, 4), "S4": (21, 7), "S5": (13, 11), "S6": (20, 6), "S7": (10, 2),
        "S8": (60, 9),
    }  # fmt: skip
    assert sum(bool(text.strip()) for t in tables for row in t.texts() for text in row) == 647
    assert len(report.facts.paper.captions) == 41 + 8


def test_efficiencies_and_sums_hold(report: Report) -> None:
    for rule, count in (("coulombic_efficiency", 8), ("sum_of_parts", 4)):
        found = [f for f in report.findings if f.rule == rule]
        assert len(found) == count
        assert {f.verdict for f in found} == {Verdict.HOLDS}

"""The way of one number in docs/architecture.md is true: its functions exist, and they are called in this order."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest

import halfcell
from halfcell.example.topics.cycling import TOPIC

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "architecture.md"
CELL, SAMPLE = "Si-Sn-10", "Si/Sn-10"
STUDY = f"""title = "One number"

[raw]
cycling = "raw/cycling/{{cell}}.mpt"

[[table]]
id = "S1"
technique = "cycling"
show = "first cycle"
cells = ["{CELL}"]
"""


class Named(NamedTuple):
    """A function that the page names, and the file that it links to."""

    function: str
    file: Path


def steps() -> list[tuple[Named, ...]]:
    """The functions of each numbered step of the page, in order."""
    text = PAGE.read_text(encoding="utf-8").split("## The way of one number\n")[1].split("\n## ")[0]
    paragraphs = re.findall(r"^\d+\. .*?(?=^\d+\. |\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    links = [re.findall(r"\[`(\w+)`\]\((\.\./src/halfcell/[\w/]+\.py)\)", paragraph) for paragraph in paragraphs]
    return [tuple(Named(name, (PAGE.parent / path).resolve()) for name, path in found) for found in links]


STEPS = steps()
NAMED = [named for step in STEPS for named in step]


def functions_called(work: Callable[[], object]) -> tuple[list[Named], object]:
    """The functions of halfcell that a piece of work calls, in the order of their first calls, and what it returns."""
    source = str(ROOT / "src" / "halfcell")
    called: dict[Named, None] = {}

    def note_call(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(source):
            called.setdefault(Named(frame.f_code.co_name, Path(frame.f_code.co_filename)))

    before = sys.getprofile()
    sys.setprofile(note_call)
    try:
        returned = work()
    finally:
        sys.setprofile(before)
    return list(called), returned


@pytest.fixture
def study(tmp_path: Path) -> halfcell.Study:
    """A study of one table with one cell of the example study."""
    file = next(file for file in TOPIC.files(1) if file.path.endswith(f"/{CELL}.mpt"))
    path = tmp_path / file.path
    path.parent.mkdir(parents=True)
    path.write_bytes(file.content)
    row = next(row for row in TOPIC.cells if row["cell"] == CELL)
    (tmp_path / "cells.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return halfcell.Study.load(tmp_path)


def test_a_number_takes_at_most_twelve_steps() -> None:
    assert 1 <= len(STEPS) <= 12
    assert all(STEPS), "each step links to its function"


@pytest.mark.parametrize("named", NAMED, ids=[named.function for named in NAMED])
def test_a_named_file_defines_its_function(named: Named) -> None:
    tree = ast.parse(named.file.read_text(encoding="utf-8"))
    assert named.function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_functions_are_called_in_this_order(study: halfcell.Study) -> None:
    run, outcome = functions_called(lambda: study.run(["S1"], workers=1))
    asked, number = functions_called(lambda: study.why(f"S1:{SAMPLE}:ICE"))
    assert outcome.exit_status == 0
    assert number.number.id == f"S1:{SAMPLE}:initial_coulombic_efficiency"
    called = [*run, *asked]
    assert [named for named in NAMED if named not in called] == []
    main = [step[0] for step in STEPS]
    assert sorted(main, key=called.index) == main

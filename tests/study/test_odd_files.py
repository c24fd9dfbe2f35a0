"""Odd files of a study: one content under two names; a name that is no text."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import halfcell
from halfcell.study.drafting import draft
from halfcell.study.patterns import nameable, printable


def test_files_of_one_content_keep_their_subjects(small) -> None:
    """They have one result; each number is told of its own subject, from its own file."""
    (small.root / "raw/A3.wgt").write_bytes((small.root / "raw/A1.wgt").read_bytes())
    small.edit("cells.csv", "half,1.3", "half,1.1")
    study = halfcell.Study.load(small.root)
    outcome = study.run(workers=1)
    assert small.analyses == 4  # A1 and A3 once, twice as heavy A1, A2, A4
    for item in ("S1", "Fig. S1"):
        for cell in ("A1", "A3"):
            why = study.why(f"{item}:Si ({cell}):mean_weight")
            assert [source.path for source in why.number.origin.sources] == [f"raw/{cell}.wgt"]
    noted = {label for item in outcome.items if item.name == "Fig. S1" for label, _ in item.notes}
    assert noted == {"Si (A1)", "Si (A3)", "Si/Sn-10 (A2)", "Si/Sn-10 (A4)"}


@pytest.fixture
def latin(small) -> Path:
    """The study with one more file, named in Latin-1."""
    if sys.platform in {"win32", "darwin"}:
        pytest.skip("file names are text there")
    path = os.fsencode(small.root / "raw") + b"/Pr\xfcfung.wgt"
    with open(path, "wb") as file:
        file.write(b"weights\n1\n")
    return small.root


def test_a_name_that_is_no_text_is_left_out_and_said(latin: Path) -> None:
    outcome = halfcell.Study.load(latin).run(workers=1)
    assert outcome.exit_status == 0
    assert "raw/Pr\\xfcfung.wgt: its name is not UTF-8: rename the file" in outcome.unmatched
    assert all(item.state == "unchanged" for item in halfcell.Study.load(latin).run(workers=1).items)


def test_a_draft_leaves_it_out_and_says_so(latin: Path, tmp_path: Path) -> None:
    made = draft(tmp_path / "new", latin / "raw")
    assert len(made.groups[0].paths) == 4
    assert [(Path(path).name, why) for path, why in made.left] == [
        ("Pr\\xfcfung.wgt", "its name is not UTF-8: rename the file")
    ]


def test_names_that_are_text_stay() -> None:
    for name in ("raw/Prüfung.wgt", "raw/电池.wgt", "a b"):
        assert nameable(name)
        assert printable(name) == name

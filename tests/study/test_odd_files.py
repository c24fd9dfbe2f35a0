"""Odd files of a study: one content under two names; a name that is no text."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import halfcell
from halfcell.core.errors import PluginWarning
from halfcell.core.raw import RawFile
from halfcell.study.draft.draft_study import draft_study
from halfcell.study.files.folder_files import is_utf8, printable
from halfcell.study.items.document import document_of_plan
from halfcell.study.plan.file_readers import unrecognised
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import checked_plan


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


def test_files_of_one_content_are_doubted(small) -> None:
    (small.root / "raw/A3.wgt").write_bytes((small.root / "raw/A1.wgt").read_bytes())
    study = halfcell.Study.load(small.root)
    (figure,) = (item for item in study.run(workers=1).items if item.name == "Fig. S1")
    assert [(label, note.level, note.text) for label, note in figure.notes if note.code == "same_content"] == [
        ("Si (A1)", "doubt", "raw/A1.wgt has the same content as raw/A3.wgt: a copying mistake?"),
        ("Si (A3)", "doubt", "raw/A3.wgt has the same content as raw/A1.wgt: a copying mistake?"),
    ]
    small.edit("raw/A3.wgt", "3", "5")
    again = halfcell.Study.load(small.root).run(workers=1)
    assert not any(note.code == "same_content" for item in again.items for _, note in item.notes)


def test_truth_finds_both_subjects_of_one_content(small) -> None:
    (small.root / "raw/A3.wgt").write_bytes((small.root / "raw/A1.wgt").read_bytes())
    small.edit("cells.csv", "half,1.3", "half,1.1")
    rows = "A1,weighing,mean_weight,2.0,mg\n"
    small.edit("truth.csv", rows, rows + rows.replace("A1", "A3"))
    path = small.root / "study.toml"
    halfcell.Study.load(small.root).run(workers=1)
    truth = document_of_plan(identify(checked_plan(path)), {}).truth
    assert truth is not None
    assert [row[0].text for row in truth.rows if row[0] is not None] == ["A1", "A3"]


def test_a_reader_that_fails_instead_of_answering_fails_its_file_alone(small, monkeypatch) -> None:
    """A plug-in's defect: the file is told as failed, the study is made without it."""

    def recognises(raw: RawFile) -> bool:
        if raw.path.name == "A2.wgt":
            raise ZeroDivisionError("a defect")
        return raw.head.startswith(b"weights")

    monkeypatch.setattr("fake_weights.recognises", recognises)
    failed = "raw/A2.wgt: no reader recognises the file; the reader 'weights' of fake 1.0 failed"
    with pytest.warns(PluginWarning, match="failed to look at A2.wgt: ZeroDivisionError") as warned:
        lines = list(unrecognised(checked_plan(small.root / "study.toml")))
    assert len(warned) == 1
    assert [line.split(" (hint")[0] for line in lines] == [f"{failed}: ZeroDivisionError: a defect"]
    outcome = halfcell.Study.load(small.root).run(workers=1)
    assert small.analyses == 4  # A1 twice, A3, A4
    (figure,) = (item for item in outcome.items if item.name == "Fig. S1")
    assert [(label, why.split(" (hint")[0]) for label, why in figure.missing] == [
        ("Si/Sn-10 (A2)", f"{failed}: ZeroDivisionError: a defect")
    ]


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
    made = draft_study(tmp_path / "new", latin / "raw")
    assert len(made.groups[0].paths) == 4
    assert [(Path(path).name, why) for path, why in made.left] == [
        ("Pr\\xfcfung.wgt", "its name is not UTF-8: rename the file")
    ]


def test_names_that_are_text_stay() -> None:
    for name in ("raw/Prüfung.wgt", "raw/电池.wgt", "a b"):
        assert is_utf8(name)
        assert printable(name) == name

"""A raw file that was deleted: its subject is named, in the item, by `run` and by `check`, until the tables drop it."""

from __future__ import annotations

import pytest

import halfcell

GONE = "cell 'A3' (in cells.csv) has no file for pattern 'raw/{cell}.wgt': in the last run it was raw/A3.wgt"


@pytest.fixture
def bereft(small):
    """A study that was run whole, and has lost the file of one cell; its table of two cells asks for all of them."""
    small.edit("study.toml", 'samples = ["Si", "Si/Sn-10"]', "")
    halfcell.Study.load(small.root).run(workers=1)
    (small.root / "raw/A3.wgt").unlink()
    return small


def _notes(outcome) -> list[tuple[str, str, str, str]]:
    notes = [(item.name, who, note.level, note.text) for item in outcome.items for who, note in item.notes]
    return [one for one in notes if one[2] == "doubt"]


def test_a_subject_whose_file_is_gone_is_named(bereft) -> None:
    study = halfcell.Study.load(bereft.root)
    assert study.remarks() == (GONE,)
    outcome = study.run(workers=1)
    assert _notes(outcome) == [(name, "Si", "doubt", GONE) for name in ("Fig. S1", "Table S1")]
    assert outcome.items[0].reasons == ("A3 is no longer included (its file was raw/A3.wgt)",)
    notes = {item.name: [note.text for _, note in item.notes] for item in study.document().items}
    assert GONE in notes["Fig. S1"]
    assert GONE not in notes["Fig. S2"]


def test_it_stays_named_in_later_runs_until_the_table_drops_it(bereft) -> None:
    study = halfcell.Study.load(bereft.root)
    study.run(workers=1)
    bereft.edit("study.toml", 'title = "Weights"', 'title = "Weights again"')
    assert len(_notes(study.run(workers=1))) == 2
    assert study.remarks() == (GONE,)
    bereft.edit("cells.csv", "A3,Si,half,1.3\n", "")
    assert study.remarks() == ()
    assert _notes(study.run(workers=1)) == []


def test_a_file_that_comes_back_ends_the_doubt(bereft) -> None:
    study = halfcell.Study.load(bereft.root)
    study.run(workers=1)
    (bereft.root / "raw/A3.wgt").write_text("weights\n3\n5\n")
    assert study.remarks() == ()
    assert _notes(study.run(workers=1)) == []


def test_a_named_subject_and_a_pattern_without_files_say_what_there_was(bereft) -> None:
    bereft.edit("study.toml", 'cells = ["A1"]', 'cells = ["A1", "A3"]')
    (problem,) = halfcell.Study.load(bereft.root).check()
    assert problem.what == "cell 'A3' has no weighing file"
    assert problem.hint == "in the last run it was raw/A3.wgt"
    for name in ("A1", "A2", "A4"):
        (bereft.root / f"raw/{name}.wgt").unlink()
    first = halfcell.Study.load(bereft.root).check()[0]
    assert first.what == "pattern 'raw/{cell}.wgt' matches no file"
    assert first.hint.startswith("it was raw/A1.wgt in the last run; ")


def test_check_does_not_call_it_in_order_alone(bereft, shell) -> None:
    done = shell("check", cwd=bereft.root)
    assert done.returncode == 0
    assert done.stdout == "No problems found (1 remark above)\n"
    assert f"remark: {GONE}" in done.stderr

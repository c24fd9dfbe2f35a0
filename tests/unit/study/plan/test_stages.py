"""The three stages of a study: its files, the plan, the identified plan; each is complete when it is made."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import numpy as np
import pytest

from halfcell.readers.impedance import zplot
from halfcell.study.files.study_files import read_study_files
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import UnmatchedFile, checked_plan, plan_study
from halfcell.techniques import impedance

STUDY = """[raw]
eis = "raw/{cell}_{cycle}.z"
[[figure]]
id = "S1"
technique = "eis"
cells = ["A"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A study with spectra of a cell after two cycles, and one of a cell that is not in the table."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "cells.csv").write_text("cell,sample,kind\nA,Si,half\n")
    content = zplot.write(impedance.simulate(impedance.Parameters(), np.random.default_rng(1)))
    for name in ("A_1", "A_10", "B_1"):
        (tmp_path / f"raw/{name}.z").write_bytes(content + name.encode())
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path / "study.toml"


def test_the_files_know_what_is_written_and_what_matches(path: Path) -> None:
    files = read_study_files(path)
    assert files.problems == ()
    assert files.inputs == ("study.toml", "cells.csv")
    assert files.raw.folders == ("raw",)
    assert files.raw.found == ("raw/A_1.z", "raw/A_10.z", "raw/B_1.z")
    assert [(file.path, file.subject, file.tags) for file in files.raw.matched] == [
        ("raw/A_1.z", ("cell", "A"), {"cycle": "1"}),
        ("raw/A_10.z", ("cell", "A"), {"cycle": "10"}),
    ]


def test_the_plan_knows_steps_and_what_nothing_uses(path: Path) -> None:
    plan = plan_study(read_study_files(path))
    assert plan.problems == ()
    (item,) = plan.items
    assert {part.technique for part in item.spec.parts} == {"impedance"}
    assert [(slot.label, slot.subject) for part in item.parts for slot in part] == [("Si", "A")]
    assert [step.paths for step in item.steps] == [("raw/A_1.z", "raw/A_10.z")], "states are analysed together"
    (unmatched,) = plan.unmatched
    assert unmatched == UnmatchedFile("raw/B_1.z", "cell 'B' is not in the table of cells")


def test_the_identified_plan_knows_contents_readers_and_ids(path: Path) -> None:
    plan = checked_plan(path)
    identified = identify(plan)
    assert identify(plan) == identified
    (item,) = identified.items
    (step,) = item.steps
    for file, name in zip(step.files, ("A_1", "A_10"), strict=True):
        assert file.sha256 == hashlib.sha256((path.parent / f"raw/{name}.z").read_bytes()).hexdigest()
        assert file.reader.startswith("zplot ")
    assert len(step.id) == 64
    assert item.missing == item.vanished == item.copies == ()
    (path.parent / "raw/A_10.z").write_bytes((path.parent / "raw/A_1.z").read_bytes())
    (other,) = identify(checked_plan(path)).items
    assert other.steps[0].id != step.id
    assert other.key != item.key


def test_no_stage_can_be_changed(path: Path) -> None:
    plan = checked_plan(path)
    for stage in (plan.files, plan, identify(plan)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            stage.items = ()  # type: ignore[misc,union-attr]

"""Readers in a study: their version counts, what was read is kept and used, lost or damaged it is read again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import halfcell
from halfcell.core.errors import StudyError
from halfcell.study.cache import declared_versions
from halfcell.study.cache.measurements import MEASUREMENTS_FOLDER
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.plan import file_readers
from halfcell.study.study import examined
from study_environment import environment
from study_runs import study_of

MANY = "weights\n" + "".join(f"{number % 7}.5\n" for number in range(3000))


@pytest.fixture
def large(small):
    """A small study whose files are worth keeping."""
    for path in (small.root / "raw").glob("*.wgt"):
        path.write_text(MANY + path.stem[1:] + "\n")
    return small


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch, plugin: Path) -> list[str]:
    """Names of the files that the made-up reader has parsed in this process."""
    import fake_weights

    names, parse = [], fake_weights.parse

    def told(raw):
        names.append(raw.name)
        return parse(raw)

    monkeypatch.setattr(fake_weights, "parse", told)
    return names


def _run(small, **more: object):
    return halfcell.Study.load(small.root).run(workers=1, **more)


def _kept(root: Path) -> list[Path]:
    return sorted((root / FOLDER / MEASUREMENTS_FOLDER).rglob("*.json"))


def test_what_was_read_is_not_read_again_for_a_new_mass(large, parsed: list[str]) -> None:
    _run(large)
    assert sorted(parsed) == ["A1.wgt", "A2.wgt", "A3.wgt", "A4.wgt"], "two steps share A1, which is read once"
    assert len(_kept(large.root)) == 4
    large.edit("cells.csv", "1.2", "1.25")
    assert _run(large).computed == 1
    assert len(parsed) == 4
    kept = large.outputs()
    shutil.rmtree(large.root / FOLDER)
    _run(large)
    assert len(parsed) == 8
    fresh = large.outputs()
    assert {name: text for name, text in kept.items() if name != "study.lock"} == {
        name: text for name, text in fresh.items() if name != "study.lock"
    }


def test_fresh_reads_again(large, parsed: list[str]) -> None:
    _run(large)
    _run(large, fresh=True)
    assert len(parsed) == 8


@pytest.mark.parametrize("ending", ["json", "parquet"])
def test_damaged_entries_are_remade_without_a_word(large, parsed: list[str], ending: str) -> None:
    _run(large)
    before = large.outputs()
    for path in (large.root / FOLDER / MEASUREMENTS_FOLDER).rglob(f"*.{ending}"):
        path.write_bytes(path.read_bytes()[:-9])
    for name in ("results", "items"):
        shutil.rmtree(large.root / FOLDER / name)
    (large.root / FOLDER / "state.json").unlink()
    outcome = _run(large)
    assert not outcome.failed
    assert len(parsed) == 8
    assert large.outputs() == before


def test_a_new_version_of_a_reader_reaches_old_studies(large, parsed: list[str], monkeypatch) -> None:
    _run(large)
    assert halfcell.Study.load(large.root).run(workers=1).nothing_changed
    real = declared_versions.declared_version

    def later(name: str, kind: str = "techniques") -> str:
        return "2" if name == "weights" and kind == "readers" else real(name, kind)

    monkeypatch.setattr(declared_versions, "declared_version", later)
    outcome = _run(large)
    assert not outcome.nothing_changed
    assert outcome.computed == 5
    assert len(parsed) == 8
    reason = "Si (A1): raw/A1.wgt is now read by weights 2 (fake 1.0) (before: weights 1 (fake 1.0))"
    assert reason in outcome.items[0].reasons
    assert len(_kept(large.root)) == 8
    monkeypatch.setattr(declared_versions, "declared_version", real)
    assert _run(large).computed == 0, "results of before are still there"


def test_a_file_under_another_reader_is_asked_about_once(large, monkeypatch) -> None:
    asked: list[str] = []
    real = file_readers.find

    def told(raw):
        asked.append(raw.name)
        return real(raw)

    monkeypatch.setattr(file_readers, "find", told)
    _run(large)
    _run(large)
    large.edit("cells.csv", "1.2", "1.25")
    _run(large)
    assert sorted(asked) == ["A1.wgt", "A2.wgt", "A3.wgt", "A4.wgt"]
    (large.root / "raw/A1.wgt").write_text(MANY)
    _run(large)
    assert len(asked) == 5
    _run(large, fresh=True)
    assert len(asked) == 9, "fresh asks the readers, too"


@pytest.mark.slow
def test_killed_while_keeping_the_next_run_completes(drawn, write, plugin: Path) -> None:
    """Killed at moments of a run that reads and keeps: no entry is ever half there, outputs are the same."""
    expected: dict[str, str] = {}
    for moment in (None, 1.2, 1.6, 2.0):
        root = write(f"killed-{moment}", cells=2)
        for path in (root / "raw").glob("*.wgt"):
            path.write_text(MANY + path.stem[1:] + "\n")
        command = [
            sys.executable,
            "-m",
            "halfcell",
            "run",
            "--no-report",
            "--workers",
            "1",
            "--study",
            str(root),
            "table S1",
        ]
        env = environment(plugin)
        if moment is not None:
            process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(moment)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert len(_kept(root)) == 2
        text = (root / "out/numbers.csv").read_text()
        assert expected.setdefault("numbers", text) == text


def test_reader_named_in_the_study_file(small) -> None:
    small.edit("study.toml", '"raw/{cell}.wgt"', '{ pattern = "raw/{cell}.wgt", reader = "nobody" }')
    with pytest.raises(StudyError) as caught:
        _run(small)
    assert "unknown reader 'nobody'" in str(caught.value.problems[0])
    small.edit("study.toml", 'reader = "nobody"', 'reader = "weights"')
    _run(small)
    lock = (small.root / "study.lock").read_text()
    small.edit("study.toml", '{ pattern = "raw/{cell}.wgt", reader = "weights" }', '"raw/{cell}.wgt"')
    assert _run(small).computed == 0, "the reader that is named is the one that is found"
    assert (small.root / "study.lock").read_text() == lock


def test_check_does_not_open_what_the_last_run_recognised(small, monkeypatch) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    looked: list[str] = []
    find = file_readers.find
    monkeypatch.setattr(file_readers, "find", lambda raw: looked.append(raw.path.name) or find(raw))
    before = examined(study_of(small))
    assert not looked
    (small.root / "raw" / "A1.wgt").write_text("nothing known\n", encoding="utf-8")
    problems, remarks = examined(study_of(small))
    assert looked == ["A1.wgt"]
    assert problems == before[0] == ()
    assert any("raw/A1.wgt" in remark for remark in remarks)
    assert not any("raw/A1.wgt" in remark for remark in before[1])

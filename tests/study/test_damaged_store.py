"""Damage of what a study keeps is noticed, told and repaired: of the store, study.lock, outputs and raw files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import durability
from durability import flipped, undrawn
from halfcell.core.errors import InputError
from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.cache.verify_store import verify_store
from halfcell.study.items.why import list_numbers
from small_study import small_study
from study_runs import study_of


def _flip(path: Path, place: int) -> None:
    """Change one bit of a file; its size and time stay."""
    stat, content = path.stat(), bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _places(root: Path) -> set[str]:
    return {problem.where for problem in verify_store(root).problems}


def _stored(root: Path) -> list[Path]:
    """All sealed files of the store."""
    found = [path for path in (root / FOLDER).rglob("*") if path.suffix in {".results", ".shown", ".json"}]
    assert len(found) > 10
    return sorted(found)


def _publish_nothing(_document: object, _folder: Path) -> tuple[Path, ...]:
    return ()


def test_a_whole_store_has_no_problem(small) -> None:
    study_of(small).run(workers=1)
    found = verify_store(small.root)
    assert not found.problems
    assert found.checked["stored files"] == len(_stored(small.root))
    assert found.checked["source files"] == 4


def test_the_schema_that_editors_read_is_no_stored_file(small, shell) -> None:
    study_of(small).run(workers=1)
    assert shell("schema", str(small.root)).returncode == 0
    assert (small.root / FOLDER / "study.schema.json").is_file()
    assert not verify_store(small.root).problems


@pytest.mark.parametrize("place", [0, 40, 70, -1])
def test_a_flipped_bit_in_any_stored_file_is_found(small, place: int) -> None:
    study_of(small).run(workers=1)
    for path in _stored(small.root):
        _flip(path, place)
        assert _places(small.root) == {path.relative_to(small.root).as_posix()}
        _flip(path, place)


@pytest.mark.slow
def test_every_byte_that_a_study_keeps_is_watched(plugin: Path, tmp_path: Path) -> None:
    """Each byte of each stored file and of study.lock is changed: found, not used, and runs give what they gave."""
    with undrawn():
        root = small_study(tmp_path)
        durability.run(root)
        kinds = flipped(root, runs=3)
    assert set(kinds) > {"results of analyses", "records of figures and tables", "parts of the report", "study.lock"}
    for kind, one in kinds.items():
        assert one.bytes > 4000, kind
        assert one.bytes == one.found == one.unused, kind
        assert one.runs == one.equal == 3, kind


def test_a_changed_number_in_a_record_is_not_printed(small) -> None:
    study_of(small).run(workers=1)
    before = (small.root / "out/numbers.csv").read_bytes()
    records = (small.root / FOLDER / "items").glob("*.json")
    record = next(path for path in records if b'"printed":"2' in path.read_bytes())
    record.write_bytes(record.read_bytes().replace(b'"printed":"2', b'"printed": "7', 1))
    small.edit("study.toml", 'title = "Weights"', 'title = "Weights again"')
    outcome = study_of(small).run(workers=1)
    assert (small.root / "out/numbers.csv").read_bytes() == before
    assert f"1 stored file of {FOLDER}/ had other content than was written" in outcome.remarks[0]
    assert record.name in outcome.remarks[0]
    assert not study_of(small).run(workers=1).remarks  # told once
    assert not Store(small.root).damaged()


def test_a_damaged_lock_is_told_and_written_again(small) -> None:
    study_of(small).run(workers=1)
    before = (small.root / "study.lock").read_bytes()
    _flip(small.root / "study.lock", 200)
    with pytest.raises(InputError, match=r"study\.lock: the file is not as halfcell wrote it"):
        list_numbers(small.root, "S1")
    outcome = study_of(small).run(workers=1)
    assert any(remark.startswith("study.lock: ") for remark in outcome.remarks)
    assert (small.root / "study.lock").read_bytes() == before


def test_line_ends_that_git_changed_are_no_damage(small) -> None:
    study_of(small).run(workers=1)
    lock = small.root / "study.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert not verify_store(small.root).problems


@pytest.mark.parametrize("name", ["out/figures/S1.svg", "out/tables/S1.csv", "out/numbers.csv", "raw/A1.wgt"])
def test_an_output_or_source_with_other_content_is_found_whatever_its_time(small, name: str) -> None:
    study_of(small).run(workers=1)
    _flip(small.root / name, 3)
    assert _places(small.root) == {name}


def test_publishing_notices_a_raw_file_that_changed_with_its_size_and_time(small) -> None:
    path = small.root / "raw/A1.wgt"
    os.utime(path, ns=(1_700_000_000_123_456_789, 1_700_000_000_123_456_789))  # long ago: the last look came later
    study_of(small).run(workers=1)
    stat = path.stat()
    path.write_text("weights\n2\n4\n", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    small.edit("study.toml", 'title = "Weights"', 'title = "Weights again"')
    assert study_of(small).run(workers=1).computed == 0  # without a report size and time are believed
    small.edit("study.toml", 'title = "Weights again"', 'title = "Weights"')
    assert study_of(small).run(workers=1, publish=_publish_nothing).computed > 0
    assert not verify_store(small.root).problems


def test_gc_removes_what_the_last_run_does_not_use(small, shell) -> None:
    study_of(small).run(workers=1)
    kept = set(_stored(small.root))
    small.edit("cells.csv", "A1,Si,half,1.1", "A1,Si,half,2.2")
    study_of(small).run(workers=1)
    small.edit("cells.csv", "A1,Si,half,2.2", "A1,Si,half,1.1")
    study_of(small).run(workers=1)
    assert set(_stored(small.root)) > kept
    (small.root / FOLDER / "results" / "ab").mkdir(exist_ok=True)
    (small.root / FOLDER / "results" / "ab" / "old.pickle").write_bytes(b"old")
    ended = shell("store", "gc", str(small.root), "--json")
    assert json.loads(ended.stdout)["files"] > 1
    assert set(_stored(small.root)) <= kept
    assert study_of(small).run(workers=1).computed == 0


def test_the_command_says_what_is_wrong_and_returns_one(small, shell) -> None:
    study_of(small).run(workers=1)
    ended = shell("store", "verify", str(small.root))
    assert (ended.returncode, ended.stdout.strip().endswith("all as they were")) == (0, True)
    _flip(small.root / "raw/A1.wgt", 3)
    ended = shell("store", "verify", str(small.root))
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[:2] == ["error: has changed since it was analysed", "   at: raw/A1.wgt"]

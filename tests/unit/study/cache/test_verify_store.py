"""Everything that a study keeps is checked against the hash it was written with; each file that differs is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.lock_file import LOCK_FILE
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.cache.verify_store import verify_store
from kept_study import BODY, KEY, STEP, KeptStudy, measured_file, sha256

AGAIN = "halfcell run makes it again"


def _told(root: Path) -> list[tuple[str, str, str]]:
    return [(problem.where, problem.what, problem.hint) for problem in verify_store(root).problems]


def test_a_study_as_it_was_run_has_nothing_wrong(kept: KeptStudy) -> None:
    found = verify_store(kept.root)
    assert found.problems == ()
    assert found.checked == {"stored files": 5, "outputs": 3, "source files": 2}


def test_nothing_is_changed_by_looking(kept: KeptStudy) -> None:
    kept.write(f"{FOLDER}/results/ab/{STEP}.results", "other")
    before = {path: path.read_bytes() for path in kept.root.rglob("*") if path.is_file()}
    verify_store(kept.root)
    assert {path: path.read_bytes() for path in kept.root.rglob("*") if path.is_file()} == before


STORED = {
    "results": f"{FOLDER}/results/ab/{STEP}.results",
    "record": f"{FOLDER}/items/{KEY}.json",
    "drawing": f"{FOLDER}/items/drawing-mark.json",
    "shown": f"{FOLDER}/shown/{BODY}.shown",
}


@pytest.mark.parametrize("path", STORED.values(), ids=list(STORED))
def test_a_stored_file_of_other_content_is_told(kept: KeptStudy, path: str) -> None:
    place = kept.root / path
    place.write_bytes(place.read_bytes() + b" ")
    assert _told(kept.root) == [(path, "other content than was written", AGAIN)]


@pytest.mark.parametrize("name", ["hashes.json", "readers.json", "records.json", "state.json"])
@pytest.mark.parametrize("sealed", [True, False])
def test_files_of_the_store_itself_are_checked(kept: KeptStudy, name: str, sealed: bool) -> None:
    path = kept.root / FOLDER / name
    kept.store.write_json(path, {"a": [1, 2, 3, 4]})
    if not sealed:
        path.write_bytes(path.read_bytes()[:-1])
    found = verify_store(kept.root)
    assert found.checked["stored files"] == 6
    assert [problem.where for problem in found.problems] == ([] if sealed else [f"{FOLDER}/{name}"])


def test_parts_of_the_report_are_checked(kept: KeptStudy) -> None:
    kept.write(f"{FOLDER}/parts/a.txt", "no seal")
    assert _told(kept.root) == [(f"{FOLDER}/parts/a.txt", "other content than was written", AGAIN)]


def test_the_columns_of_a_measurement_are_checked_and_its_text(kept: KeptStudy) -> None:
    (columns,) = (kept.root / FOLDER / "measured").rglob("*.parquet")
    (text,) = (kept.root / FOLDER / "measured").rglob("*.json")
    content = columns.read_bytes()
    columns.write_bytes(content[:-1] + b"x")
    where = columns.relative_to(kept.root).as_posix()
    assert _told(kept.root) == [(where, "other content than was written", AGAIN)]
    columns.unlink()
    assert _told(kept.root) == [(where, "other content than was written", AGAIN)]
    columns.write_bytes(content)
    text.write_bytes(text.read_bytes()[:-1])
    assert _told(kept.root) == [(text.relative_to(kept.root).as_posix(), "other content than was written", AGAIN)]


def test_a_file_that_cannot_be_read_is_told(kept: KeptStudy) -> None:
    (kept.root / FOLDER / "parts" / "a.txt").mkdir(parents=True)
    assert _told(kept.root) == [(f"{FOLDER}/parts/a.txt", "cannot be read: Is a directory", "")]


def test_the_schema_for_editors_has_no_seal_and_is_not_checked(kept: KeptStudy) -> None:
    kept.write(f"{FOLDER}/study.schema.json", "{}")
    assert verify_store(kept.root).checked["stored files"] == 5


@pytest.mark.parametrize("path", ["out/S1.svg", "out/report.html", "out/numbers.csv"])
def test_an_output_that_was_changed_or_is_gone_is_told(kept: KeptStudy, path: str) -> None:
    kept.write(path, "edited")
    assert _told(kept.root) == [(path, "has changed since it was written", AGAIN)]
    (kept.root / path).unlink()
    assert _told(kept.root) == [(path, "is missing or cannot be read", "")]


@pytest.mark.parametrize("path", ["raw/a.txt", "own.png"])
def test_a_source_of_other_content_is_told_whatever_its_size_and_time_say(kept: KeptStudy, path: str) -> None:
    place = kept.root / path
    time = place.stat().st_mtime_ns
    hash_files(kept.root, [path])
    place.write_bytes(place.read_bytes()[::-1])
    os.utime(place, ns=(time, time))
    assert _told(kept.root)[-1] == (path, "has changed since it was analysed", "halfcell run analyses it again")


def test_a_lock_that_was_edited_is_told_and_nothing_is_held_against_it(kept: KeptStudy) -> None:
    kept.write(LOCK_FILE, (kept.root / LOCK_FILE).read_text() + " ")
    kept.write("out/S1.svg", "edited")
    ((where, what, hint),) = _told(kept.root)
    assert (where, hint) == (LOCK_FILE, "halfcell run writes it again")
    assert "not as halfcell wrote it" in what
    assert verify_store(kept.root).checked == {"stored files": 5, "outputs": 0, "source files": 0}


def test_a_study_that_was_not_run_is_told_by_its_folder(tmp_path: Path) -> None:
    found = verify_store(tmp_path)
    assert [(p.where, p.what) for p in found.problems] == [
        (tmp_path.name, "this study has not been run: there is nothing to compare its files with")
    ]
    assert found.checked == {"stored files": 0, "outputs": 0, "source files": 0}


def test_a_lock_without_report_and_numbers_has_only_its_items(kept: KeptStudy) -> None:
    lock = {name: value for name, value in kept.lock.items() if name not in {"report", "numbers"}}
    kept.write_lock(lock)  # type: ignore[arg-type]
    assert verify_store(kept.root).checked["outputs"] == 1
    assert sha256("svg") in lock["items"]["figure S1"]["outputs"].values()  # type: ignore[index]
    assert measured_file().sha256

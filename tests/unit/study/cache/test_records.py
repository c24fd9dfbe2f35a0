"""The record of an item, clearing, and what of results, records and hashes is not there without being damage."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Note
from halfcell.study.cache import environment as environments
from halfcell.study.cache.damage import damage_remarks, forget_damage
from halfcell.study.cache.environment import environment
from halfcell.study.cache.file_hashes import UNREADABLE, content_hash, hash_files
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.lock_file import LOCK_FILE
from halfcell.study.cache.results import Store
from halfcell.study.cache.sealed import Damaged, sealed
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.cache.stored_results import record_as_bytes, record_from_bytes, results_from_bytes
from halfcell.techniques.cycling import Settings
from kept_study import KEY, STEP, KeptStudy, results, sha256


def test_a_record_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    record = ItemRecord(
        numbers=({"id": "n1", "printed": "1.0"},),  # type: ignore[typeddict-item]
        notes=(("Si", Note("doubt", "a_code", "µ")), ("", Note("info", "b", "c"))),
        outputs={"out/S1.svg": "12"},
        simulated=True,
        missing=(MissingSubject("B", "no file"),),
        made="2026-11-29T05:00:00Z",
    )
    store = Store(tmp_path)
    store.save_record("key", record)
    assert store.load_record("key") == record
    assert store.load_record("other") is None
    assert (tmp_path / FOLDER / "items" / "key.json").is_file()


def test_a_record_of_an_older_version_has_nothing_missing_and_no_time(tmp_path: Path) -> None:
    store = Store(tmp_path)
    content = {"numbers": [], "notes": [], "outputs": {}, "simulated": False}
    store.write_json(tmp_path / FOLDER / "items" / "key.json", content)
    assert store.load_record("key") == ItemRecord()


def test_results_lie_in_folders_by_the_beginning_of_their_id(kept: KeptStudy) -> None:
    assert kept.store.results_path(STEP) == kept.root / FOLDER / "results" / "ab" / f"{STEP}.results"
    assert kept.store.has_results(STEP)
    assert not kept.store.has_results("cd" * 32)
    assert kept.store.load_results("cd" * 32) is None
    assert kept.store.damaged() == ()


def test_clearing_leaves_nothing_that_could_be_found_again(kept: KeptStudy) -> None:
    kept.store.write_json(kept.root / FOLDER / "readers.json", {"a": "b"})
    kept.write(f"{FOLDER}/parts/a.txt", "part")
    kept.write(f"{FOLDER}/study.schema.json", "{}")
    hash_files(kept.root, ["raw/a.txt"])
    kept.store.clear()
    left = {path.relative_to(kept.root / FOLDER).as_posix() for path in (kept.root / FOLDER).rglob("*")}
    assert left == {"aside", "hashes.json", "study.schema.json"}
    kept.store.clear()
    assert kept.store.load_record(KEY) is None


def test_a_result_that_another_version_wrote_counts_as_missing(tmp_path: Path) -> None:
    content = record_as_bytes(results(1.0))
    found = results_from_bytes(content)
    assert found is not None
    assert found.results[0].quantities == results(1.0).results[0].quantities
    assert results_from_bytes(content.replace(b'"format": 1', b'"format": 2')) is None
    assert results_from_bytes(content.replace(b"StepResults", b"StepResultz")) is None
    assert results_from_bytes(record_as_bytes(Settings())) is None, "another record in its place"
    assert record_from_bytes(record_as_bytes(Settings())) == Settings()


HEAD = b'{"format": 1, "size": 0, "tree": null}'


@pytest.mark.parametrize(
    "content",
    [HEAD, HEAD.replace(b"0", b"1") + b"\n", HEAD + b"\nx"],
    ids=["no line end", "arrays missing", "arrays too many"],
)
def test_a_record_of_another_size_than_it_says_is_damaged(content: bytes) -> None:
    with pytest.raises(Damaged):
        record_from_bytes(content)


@pytest.mark.parametrize("content", [b"\n", b"[]\n", b"{}\n", b"\xff\n", b'{"format": 1, "size": 0}\n'])
def test_what_is_no_record_counts_as_missing(content: bytes) -> None:
    assert record_from_bytes(content) is None


def test_results_that_are_replaced_are_the_last_ones(tmp_path: Path) -> None:
    """Two writers of one step: whichever was last is whole."""
    store = Store(tmp_path)
    for value in (1.0, 2.0):
        store.save_results(STEP, results(value))
    found = store.load_results(STEP)
    assert found is not None
    assert found.results[0].quantities["ice"].value == 2.0
    assert len(list((tmp_path / FOLDER / "results").rglob("*.results"))) == 1


def test_a_lock_that_was_edited_is_remarked_and_written_again(kept: KeptStudy) -> None:
    assert damage_remarks(kept.root) == ()
    kept.write(LOCK_FILE, "{}")
    (remark,) = damage_remarks(kept.root)
    assert remark == (
        "study.lock: the file is not as halfcell wrote it: damaged, edited, or of another version; it was written again"
    )
    forget_damage(kept.root)


def test_two_damaged_files_are_both_named_and_none_besides(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in "ba":
        store.write_file(tmp_path / FOLDER / "items" / f"{name}.json", sealed(b"{}")[:-1])
        store.read_json(tmp_path / FOLDER / "items" / f"{name}.json")
    (remark,) = damage_remarks(tmp_path)
    assert remark == (
        "2 stored files of .halfcell/ had other content than was written, and what they held was made again: "
        "a.json, b.json"
    )


def test_three_damaged_files_are_all_named(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / FOLDER / "damaged").mkdir(parents=True, exist_ok=True)
        (tmp_path / FOLDER / "damaged" / name).write_text("")
    (remark,) = damage_remarks(tmp_path)
    assert remark.endswith(": a, b, c")


def test_a_file_that_cannot_be_read_has_no_hash(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.txt").write_text("a")
    assert hash_files(tmp_path, ["missing", "folder", "a.txt"]) == {
        "missing": UNREADABLE,
        "folder": UNREADABLE,
        "a.txt": sha256("a"),
    }
    assert list(Store(tmp_path).read_json(tmp_path / FOLDER / "hashes.json")) == ["a.txt"]
    assert content_hash(tmp_path / "missing") == ""
    assert content_hash(tmp_path / "a.txt") == sha256("a")


def test_hashes_of_other_files_are_kept_beside_new_ones(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
        assert hash_files(tmp_path, [name]) == {name: sha256(name)}
    assert sorted(Store(tmp_path).read_json(tmp_path / FOLDER / "hashes.json")) == ["a", "b"]
    assert hash_files(tmp_path, []) == {}


def test_nothing_is_written_where_no_file_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert hash_files(tmp_path, ["missing", "folder"]) == {"missing": UNREADABLE, "folder": UNREADABLE}
    assert not (tmp_path / FOLDER / "hashes.json").exists()


def test_a_file_of_another_size_or_time_is_read_again(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    path, old = tmp_path / "a", 1_700_000_000_123_456_789
    for content, time in (("one", old), ("four", old), ("five", old + 1)):
        path.write_text(content)
        os.utime(path, ns=(time, time))
        assert hash_files(tmp_path, ["a"]) == {"a": hashlib.sha256(content.encode()).hexdigest()}


def test_a_package_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environments, "PACKAGES", ("numpy", "no-such-package"))
    monkeypatch.setattr(environments, "installed_version", lambda _: "")
    found = environment()
    assert found["no-such-package"] == "not installed"
    assert found["numpy"][0].isdigit()
    monkeypatch.setattr(environments, "installed_version", lambda name: f"{name} 1")
    assert environment()["numpy"] == "numpy 1"

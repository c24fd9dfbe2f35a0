"""study.lock: read back as written, refused when it is not, and what of a step is different since."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core.errors import InputError
from halfcell.study.cache.lock_file import (
    LOCK_FILE,
    Lock,
    check_lock,
    differences,
    lock_text,
    read_lock,
    vanished_files,
)
from kept_study import KeptStudy, sha256, step_entry


def test_a_lock_is_read_as_it_was_written(kept: KeptStudy) -> None:
    assert read_lock(kept.root) == kept.lock
    check_lock(kept.root)


def test_a_lock_holds_the_hash_of_its_own_text_and_no_other_zeros_are_replaced() -> None:
    zeros = "0" * 64
    text = lock_text({"format": 2, "numbers": zeros})
    checksum = text.split('"checksum": "')[1][:64]
    assert text == '{\n "checksum": "' + checksum + '",\n "format": 2,\n "numbers": "' + zeros + '"\n}\n'
    assert checksum == sha256(text.replace(checksum, zeros))


def test_zeros_among_the_content_do_not_hide_a_change(kept: KeptStudy) -> None:
    kept.write_lock({**kept.lock, "numbers": "0" * 64})
    assert read_lock(kept.root)["numbers"] == "0" * 64
    text = (kept.root / LOCK_FILE).read_text()
    kept.write(LOCK_FILE, text.replace("0" * 64, "0" * 63 + "1"))
    assert read_lock(kept.root) == {}


def test_a_study_that_was_not_run_has_an_empty_lock_that_is_in_order(tmp_path: Path) -> None:
    assert read_lock(tmp_path) == {}
    check_lock(tmp_path)


def test_line_ends_that_git_put_in_are_no_damage(kept: KeptStudy) -> None:
    path = kept.root / LOCK_FILE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_lock(kept.root) == kept.lock
    check_lock(kept.root)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('"subject": "A"', '"subject": "B"'),
        lambda text: text[:-10],
        lambda _: "",
        lambda _: "[]\n",
        lambda text: text.replace('"format": 2', '"format": 3'),
        lambda text: text + "\n",
        lambda text: text.replace('"checksum"', '"check"'),
        lambda _: lock_text({"format": 1}),
        lambda text: "\x00" * len(text),
    ],
    ids=["edited", "cut", "empty", "a list", "other format", "a line more", "no checksum", "older", "zeros"],
)
def test_a_lock_that_is_not_as_written_is_not_used_and_that_is_said(kept: KeptStudy, spoil) -> None:
    text = (kept.root / LOCK_FILE).read_text()
    kept.write(LOCK_FILE, spoil(text))
    assert read_lock(kept.root) == {}
    with pytest.raises(InputError, match="not as halfcell wrote it: damaged, edited, or of another version") as caught:
        check_lock(kept.root)
    assert (caught.value.where, caught.value.hint) == ("study.lock", "halfcell run writes it again")


def test_a_lock_that_cannot_be_opened_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).mkdir()
    assert read_lock(tmp_path) == {}
    check_lock(tmp_path)


def test_files_that_no_longer_exist_are_told_once_in_the_order_of_their_paths(kept: KeptStudy) -> None:
    steps = {
        "1": step_entry(subject="B", sources={"raw/z.txt": "1", "raw/a.txt": "2"}),
        "2": step_entry(subject="A", sources={"raw/b.txt": "3"}),
        "3": step_entry(subject="A", sources={"raw/b.txt": "3"}),
        "4": step_entry(technique="xrd", subject="A", sources={"raw/b.txt": "3"}),
    }
    kept.write_lock({**kept.lock, "steps": steps})
    assert vanished_files(kept.root) == (
        ("cycling", "A", "raw/b.txt"),
        ("xrd", "A", "raw/b.txt"),
        ("cycling", "B", "raw/z.txt"),
    )
    assert vanished_files(kept.root / "raw") == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"version": "2"}, ["recipe of cycling 1 -> 2"]),
        ({"settings": {"active_mass_mg": 1.3}}, ["active_mass_mg 1.2 -> 1.3 (cells.csv)"]),
        (
            {"settings": {"active_mass_mg": 1.3}, "set_in": {"active_mass_mg": "study.toml"}},
            ["active_mass_mg 1.2 -> 1.3 (study.toml)"],
        ),
        ({"settings": {}, "set_in": {}}, ["active_mass_mg 1.2 -> not set (cells.csv)"]),
        (
            {"settings": {"active_mass_mg": 1.2, "b": True, "a": None, "c": "x"}},
            ["b not set -> True", "c not set -> x"],
        ),
        ({"columns": {"U": "voltage_volt"}}, ["the column map in [raw] has changed"]),
        ({"sources": {"raw/a.txt": "other"}}, ["raw/a.txt has changed"]),
        (
            {"sources": {"raw/b.txt": "1", "raw/c.txt": "2"}},
            ["raw/a.txt is no longer used", "raw/b.txt is new", "raw/c.txt is new"],
        ),
        ({"readers": {"raw/a.txt": "bdf 1"}}, ["raw/a.txt is now read by bdf 1 (before: text_dialect 1)"]),
        ({"readers": {"raw/a.txt": ""}}, ["raw/a.txt is now read by no reader (before: text_dialect 1)"]),
        ({"readers": {"raw/b.txt": "bdf 1"}}, []),
        (
            {"readers": {"raw/a.txt": "bdf 1"}, "sources": {"raw/a.txt": "other"}},
            ["raw/a.txt has changed"],
        ),
    ],
)
def test_what_is_different_in_a_step_is_told_in_words(change: dict[str, object], told: list[str]) -> None:
    assert list(differences(step_entry(), step_entry(**change))) == told


def test_all_differences_are_told_recipe_first_files_last() -> None:
    now = step_entry(
        version="2",
        settings={"active_mass_mg": 1.3},
        columns={"U": "v"},
        sources={**step_entry()["sources"], "raw/b.txt": "1"},
        readers={"raw/a.txt": "bdf 2"},
    )
    assert list(differences(step_entry(), now)) == [
        "recipe of cycling 1 -> 2",
        "active_mass_mg 1.2 -> 1.3 (cells.csv)",
        "the column map in [raw] has changed",
        "raw/a.txt is now read by bdf 2 (before: text_dialect 1)",
        "raw/b.txt is new",
    ]


def test_a_reader_that_was_unknown_is_told_as_none() -> None:
    before = step_entry(readers={"raw/a.txt": ""})
    assert list(differences(before, step_entry())) == ["raw/a.txt is now read by text_dialect 1 (before: no reader)"]


def test_a_lock_without_steps_has_no_vanished_files(kept: KeptStudy) -> None:
    lock: Lock = {"format": 2}
    kept.write_lock(lock)
    assert vanished_files(kept.root) == ()


def test_a_step_of_an_older_lock_has_no_readers_and_no_columns() -> None:
    """Locks of older versions do not name them: nothing is said of what is not known."""
    old = {name: value for name, value in step_entry().items() if name != "readers"}
    assert list(differences(old, step_entry())) == []  # type: ignore[arg-type]
    assert list(differences(step_entry(), old)) == []  # type: ignore[arg-type]
    mapped = step_entry(columns={"U": "voltage_volt"})
    assert list(differences(mapped, mapped)) == []
    assert list(differences(mapped, step_entry())) == ["the column map in [raw] has changed"]


def test_a_value_that_nobody_set_is_told_without_a_place() -> None:
    before = step_entry(settings={"a": 1, "active_mass_mg": 1.2}, set_in={})
    assert list(differences(before, step_entry(settings={"a": 2, "active_mass_mg": 1.2}, set_in={}))) == ["a 1 -> 2"]

"""A changed file is noticed though size and time are the same, whatever the clocks say; others are not read again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from halfcell.study.cache import file_hashes
from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.store_files import FOLDER

HOUR = 3600 * 10**9
LATER = {
    "a fraction of a second, long ago": 1_700_000_000_123_456_789,
    "a whole second, long ago": 1_700_000_000 * 10**9,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A study folder with an empty store."""
    (tmp_path / FOLDER).mkdir()
    return tmp_path


def written(root: Path, content: str, time_ns: int) -> str:
    """Write the file and give it a time; returns its hash."""
    (root / "a.txt").write_text(content, encoding="utf-8")
    os.utime(root / "a.txt", ns=(time_ns, time_ns))
    return hashlib.sha256(content.encode()).hexdigest()


def now(root: Path) -> int:
    (root / "clock").write_text("", encoding="utf-8")
    return (root / "clock").stat().st_mtime_ns


def assert_a_second_write_is_noticed(root: Path, time_ns: int) -> None:
    """The file is written, looked at, and written again with the same size and time."""
    written(root, "one", time_ns)
    hash_files(root, ["a.txt"])
    changed = written(root, "two", time_ns)
    assert hash_files(root, ["a.txt"]) == {"a.txt": changed}


@pytest.mark.parametrize("time_ns", LATER.values(), ids=list(LATER))
def test_a_file_of_an_old_time_is_read_once(root: Path, time_ns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = written(root, "one", time_ns)
    assert hash_files(root, ["a.txt"]) == {"a.txt": wanted}
    monkeypatch.setattr(file_hashes, "_hash", lambda path: pytest.fail(f"{path} was read again"))
    assert hash_files(root, ["a.txt"]) == {"a.txt": wanted}


@pytest.mark.parametrize("ago", [HOUR, 24 * HOUR], ids=["in an hour", "tomorrow"])
def test_a_file_of_a_time_to_come_is_read_again(root: Path, ago: int) -> None:
    """The clock of the file's machine is ahead, or this one was set back."""
    assert_a_second_write_is_noticed(root, now(root) + ago)


# The clock stands still in these: on a busy machine more than the tick may pass between the write and the look.
@pytest.mark.parametrize("ago", [0, 10**7], ids=["now", "10 ms ago"])
def test_a_file_written_again_in_the_tick_of_the_look_is_noticed(
    root: Path, ago: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_hashes, "clock", lambda _: LATER["a fraction of a second, long ago"])
    assert_a_second_write_is_noticed(root, LATER["a fraction of a second, long ago"] - ago)


def test_whole_seconds_are_doubted_for_two_of_them(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAT keeps even seconds: a file of 12:00:00 may have been written at 12:00:01.9."""
    time_ns = LATER["a whole second, long ago"]
    monkeypatch.setattr(file_hashes, "clock", lambda _: time_ns + 19 * 10**8)
    assert_a_second_write_is_noticed(root, time_ns)


def test_full_hashes_notice_any_change(root: Path) -> None:
    written(root, "one", LATER["a whole second, long ago"])
    hash_files(root, ["a.txt"])
    changed = written(root, "two", LATER["a whole second, long ago"])
    assert hash_files(root, ["a.txt"], trust_times=False) == {"a.txt": changed}


def test_a_clock_that_went_back_costs_only_reading(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = written(root, "one", now(root) + HOUR)
    seen: list[Path] = []
    read = file_hashes._hash
    monkeypatch.setattr(file_hashes, "_hash", lambda path: seen.append(path) or read(path))
    for _ in range(2):
        assert hash_files(root, ["a.txt"]) == {"a.txt": wanted}
    assert len(seen) == 2


def test_hashes_that_an_older_version_kept_are_made_again(root: Path) -> None:
    from halfcell.study.cache.results import Store

    wanted = written(root, "one", LATER["a whole second, long ago"])
    Store(root).write_json(root / FOLDER / "hashes.json", {"a.txt": [3, LATER["a whole second, long ago"], "0" * 64]})
    assert hash_files(root, ["a.txt"]) == {"a.txt": wanted}

"""A store that machines share: what is there is complete, by its hash; what is not, or is damaged, is said."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from halfcell.core.errors import InputError
from halfcell.study.cache.sealed import sealed
from halfcell.study.cache.shared_store import SharedStore

fsspec = pytest.importorskip("fsspec")
CONTENT = b"raw bytes \x00\xff"
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(params=["folder", "folder with a slash", "object store"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SharedStore:
    """An empty store: a folder, or objects in memory."""
    if request.param == "object store":
        files = fsspec.filesystem("memory")
        files.store.clear()
        return SharedStore("memory://lab/store")
    return SharedStore(f"{tmp_path / 'store'}{'/' if 'slash' in request.param else ''}")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw file."""
    path = tmp_path / "a.txt"
    path.write_bytes(CONTENT)
    return path


def test_a_file_comes_back_by_its_hash(store: SharedStore, raw: Path, tmp_path: Path) -> None:
    store.put_file(raw, SHA)
    there = tmp_path / "new" / "folder" / "a.txt"
    store.get_file(SHA, there)
    assert there.read_bytes() == CONTENT


def test_a_file_that_is_there_is_not_written_again(store: SharedStore, raw: Path, tmp_path: Path) -> None:
    store.put_file(raw, SHA)
    store.put_file(tmp_path / "no such file", SHA)


def test_a_file_that_is_missing_or_damaged_is_said(store: SharedStore, raw: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.txt is missing from the shared store") as caught:
        store.get_file(SHA, tmp_path / "b" / "a.txt")
    assert (caught.value.where, caught.value.hint) == (store.url, "run again: it is stored again")
    other = "12" * 32
    store.put_file(raw, other)
    with pytest.raises(InputError, match=r"a\.txt is damaged in the shared store"):
        store.get_file(other, tmp_path / "b" / "a.txt")
    assert not (tmp_path / "b").exists()


def test_results_come_back_by_their_step_and_the_last_ones_count(store: SharedStore) -> None:
    assert store.get_results("ab" * 32) is None
    store.put_results("ab" * 32, sealed(b"one"))
    store.put_results("cd" * 32, sealed(b"other"))
    store.put_results("ab" * 32, sealed(b"two"))
    assert store.get_results("ab" * 32) == sealed(b"two")
    assert store.get_results("cd" * 32) == sealed(b"other")


@pytest.mark.parametrize("content", [sealed(b"one")[:-1], b"", sealed(b"one") + b" "])
def test_results_that_are_not_as_written_are_not_there(store: SharedStore, content: bytes) -> None:
    store.put_results("ab" * 32, content)
    assert store.get_results("ab" * 32) is None


def test_files_and_results_lie_apart_by_the_beginning_of_their_names(raw: Path, tmp_path: Path) -> None:
    store = SharedStore(str(tmp_path / "store"))
    store.put_file(raw, SHA)
    store.put_results(SHA, sealed(b"one"))
    found = sorted(path.relative_to(tmp_path / "store").as_posix() for path in tmp_path.glob("store/*/*/*"))
    assert found == [f"files/{SHA[:2]}/{SHA}", f"results/{SHA[:2]}/{SHA}"], "nothing unfinished is left"


def test_a_store_that_can_be_written_is_in_order(store: SharedStore) -> None:
    store.check()


def test_a_store_that_cannot_be_written_is_said_before_a_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="the shared store cannot be written: ") as caught:
        SharedStore(str(tmp_path / "file")).check()
    assert caught.value.where == str(tmp_path / "file")


def test_an_unknown_protocol_is_said_with_what_is_possible() -> None:
    with pytest.raises(InputError, match="the shared store cannot be opened: ") as caught:
        SharedStore("nowhere://lab").check()
    assert caught.value.where == "nowhere://lab"
    assert caught.value.hint.startswith("give a folder, or a URL such as s3://bucket/folder")

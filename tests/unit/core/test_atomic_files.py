"""Writing in one step: the reason why a file could not be written, and the remedy that fits it."""

import errno
import os
from pathlib import Path

import pytest

from halfcell.core.atomic_files import move_into_place, write_aside
from halfcell.core.errors import InputError


@pytest.fixture
def opened_in_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file that is open: ``PermissionError: [WinError 5] Access is denied``."""

    def refuse(source: object, target: object) -> None:
        raise PermissionError(errno.EACCES, "Access is denied")

    monkeypatch.setattr(os, "replace", refuse)


@pytest.mark.parametrize(("name", "program"), [("si.docx", "Word"), ("si.xlsx", "Excel"), ("si.pdf", "PDF reader")])
def test_a_document_open_in_another_program(tmp_path: Path, opened_in_word: None, name: str, program: str) -> None:
    (tmp_path / name).write_text("old")
    with pytest.raises(InputError) as caught:
        write_aside(tmp_path / name, "new")
    assert "open in another program" in caught.value.what
    assert program in caught.value.hint
    assert "space" not in str(caught.value)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [(name, "old")]


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "free disk space"),
        (errno.EACCES, "may write to"),
        (errno.ENAMETOOLONG, "shorter name"),
        (errno.EROFS, "read-only disk"),
        (errno.ESTALE, "network folder was lost"),
        (errno.EIO, "disk reports an error"),
    ],
)
def test_the_hint_fits_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str) -> None:
    def refuse(path: Path, content: bytes) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(InputError) as caught:
        write_aside(tmp_path / "a.csv", "x")
    assert hint in caught.value.hint


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError) as caught:
        write_aside(tmp_path / "out" / "a.csv", "x")
    assert "where a folder is needed" in caught.value.hint


def test_a_file_is_moved_to_another_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No rename leads from one disk to another; the copy beside the place has a name that runs tidy up."""
    for name in ("store", "share"):
        (tmp_path / name).mkdir()
    (tmp_path / "store" / "S1.svg").write_text("new")
    (tmp_path / "share" / "S1.svg").write_text("old")
    rename, seen = os.replace, []

    def replace(source: Path, target: Path) -> None:
        seen.append(Path(source).name)
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        rename(source, target)

    monkeypatch.setattr(os, "replace", replace)
    move_into_place(tmp_path / "store" / "S1.svg", tmp_path / "share" / "S1.svg")
    assert {path.name: path.read_text() for path in (tmp_path / "share").iterdir()} == {"S1.svg": "new"}
    assert not list((tmp_path / "store").iterdir())
    assert seen == ["S1.svg", f".S1.svg.{os.getpid()}.part"]


def test_a_content_is_synced_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    rename, sync = os.replace, os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (order.append("sync"), sync(number)))
    monkeypatch.setattr(os, "replace", lambda *paths: (order.append("rename"), rename(*paths)))
    write_aside(tmp_path / "a.csv", "x")
    write_aside(tmp_path / "b.csv", "x", lasting=False)
    assert order == ["sync", "rename", "rename"]

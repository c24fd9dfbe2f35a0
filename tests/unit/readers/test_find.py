"""What is said of a path that no reader can read."""

import os
from pathlib import Path

import pytest

from halfcell.core.errors import InputError, UnrecognisedFile
from halfcell.readers import read_all


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000, "a\0b"])
def test_impossible_name(name: str) -> None:
    with pytest.raises(InputError, match="cannot be opened") as caught:
        read_all(name)
    assert len(str(caught.value)) < 400


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder") as caught:
        read_all(tmp_path)
    assert "halfcell new" in caught.value.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "run.mpr")
    with pytest.raises(InputError, match="not a plain file"):
        read_all(tmp_path / "run.mpr")


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("run.mpr", b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("a.csv", b"%PDF-1.7\n", "halfcell audit"),
        ("a.res.gz", b"plain", "not packed with gzip"),
        ("a.unheard", b"plain", "asked: "),
    ],
)
def test_hint_says_what_it_is(tmp_path: Path, name: str, content: bytes, hint: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnrecognisedFile) as caught:
        read_all(path)
    assert hint in caught.value.hint

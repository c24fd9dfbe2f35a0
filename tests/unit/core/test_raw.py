"""Packed files read like the file inside; damaged ones say so."""

from __future__ import annotations

import bz2
import gzip
import zipfile
from pathlib import Path

import pytest

from halfcell.core.errors import InputError
from halfcell.core.raw import RawFile

CONTENT = b"two theta, counts\n" * 20


def _packed(folder: Path, suffix: str) -> Path:
    path = folder / f"scan.xy{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("scan.xy", CONTENT)
    else:
        path.write_bytes({".gz": gzip.compress, ".bz2": bz2.compress, "": bytes}[suffix](CONTENT))
    return path


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2", ".zip"])
def test_reads_like_the_file(tmp_path: Path, suffix: str) -> None:
    raw = RawFile(_packed(tmp_path, suffix))
    assert (raw.name, raw.suffix, raw.read(), raw.head) == ("scan.xy", ".xy", CONTENT, CONTENT)
    with raw.on_disk() as path:
        assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".zip"])
def test_truncated_says_so(tmp_path: Path, suffix: str) -> None:
    path = _packed(tmp_path, suffix)
    path.write_bytes(path.read_bytes()[:-15])
    with pytest.raises(InputError, match="damaged"):
        RawFile(path).read()


def test_two_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "1")
        archive.writestr("b", "2")
    with pytest.raises(InputError, match="2 files"):
        RawFile(path).read()


def test_a_missing_file_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        RawFile(tmp_path / "none.xy").read()


def test_byte_order_mark_decides(tmp_path: Path) -> None:
    path = tmp_path / "ta.txt"
    path.write_bytes("Größe °C".encode("utf-16"))
    assert RawFile(path).text() == "Größe °C"

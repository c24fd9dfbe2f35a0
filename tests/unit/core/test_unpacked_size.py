"""Decompression bombs are refused before they are unpacked, by every reader; large files that pack well are not."""

from __future__ import annotations

import gzip
import struct
import zipfile
from pathlib import Path

import pytest

from halfcell.audit.extract import extract
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_DOCUMENT, MAX_PART
from halfcell.core.unpacked_size import check_archive, check_part, check_size
from halfcell.readers import read_all

MIB = 2**20


def _archive(path: Path, stated: int, members: int = 1) -> Path:
    """A ZIP archive whose directory states another size of its first member."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(members):
            archive.writestr(f"data{number}.ndc", b"\0" * 1000)
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", stated)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("suffix", [".ndax", ".xlsx", ".brml", ".ods", ".rasx", ".dat"])
@pytest.mark.parametrize("reader", ["", "neware"])
def test_an_archive_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, suffix: str, reader: str) -> None:
    path = _archive(tmp_path / f"bomb{suffix}", 3 * 2**30)
    with pytest.raises(InputError, match="it unpacks to more than 3072 MiB from 0 KiB") as caught:
        read_all(path, reader)
    assert "decompression bomb" in caught.value.hint


@pytest.mark.parametrize(
    ("unpacked", "packed"), [(1000, 1), (256 * MIB, 1000), (1024 * MIB, 20 * MIB), (4096 * MIB, 100 * MIB)]
)
def test_what_instruments_write_passes(unpacked: int, packed: int) -> None:
    check_size(unpacked, packed, "file")


@pytest.mark.parametrize(("unpacked", "packed"), [(257 * MIB, MIB), (4097 * MIB, 4000 * MIB), (300 * MIB, 0)])
def test_bombs_do_not(unpacked: int, packed: int) -> None:
    with pytest.raises(InputError, match="it unpacks to more than"):
        check_size(unpacked, packed, "file")


def test_members_count_together(tmp_path: Path) -> None:
    path = _archive(tmp_path / "many.zip", 200 * MIB, members=2)
    check_archive(path)
    content = bytearray(path.read_bytes())
    second = content.rindex(b"PK\x01\x02")
    content[second + 24 : second + 28] = struct.pack("<I", 200 * MIB)
    path.write_bytes(content)
    with pytest.raises(InputError, match="it unpacks to more than 400 MiB"):
        check_archive(path)


def test_a_damaged_archive_is_left_to_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "damaged.ndax"
    path.write_bytes(b"PK\x03\x04 nothing")
    check_archive(path)
    with pytest.raises(InputError, match="damaged"):
        read_all(path)


def test_a_gzip_bomb_is_refused_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        file.write(b"Test Time / s,Voltage / V,Current / A\n")
        for _ in range(300):
            file.write(b"0,0,0\n" * (MIB // 6))
    with pytest.raises(InputError, match=r"it unpacks to more than \d+ MiB"):
        read_all(path)


def test_parts_of_a_document_count_together(tmp_path: Path) -> None:
    """Twelve parts of 90 MiB each, which pack a hundredfold, would take seconds to unpack."""
    path = _archive(tmp_path / "a.xlsx", 90 * MIB, members=12)
    content = bytearray(path.read_bytes())
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 24 : place + 28] = struct.pack("<I", 90 * MIB)
        place += 4
    path.write_bytes(b"PK\x03\x04" + bytes(8 * MIB) + content)  # what stands before the first part counts as packed
    check_archive(path)
    with pytest.raises(InputError, match="its parts unpack to more than 512 MiB together"):
        check_archive(path, MAX_DOCUMENT)
    with pytest.raises(InputError, match="its parts unpack to more than 512 MiB together"):
        extract(path)


def test_one_part_of_a_document_is_bounded() -> None:
    check_part(MAX_PART, "word/document.xml")
    with pytest.raises(InputError, match=r"word/document.xml: this part unpacks to more than 96 MiB"):
        check_part(MAX_PART + 1, "word/document.xml")

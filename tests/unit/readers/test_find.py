"""What is said of a path that no reader can read."""

import os
import time
import zipfile
from pathlib import Path

import pytest

from halfcell.core.errors import InputError, UnrecognisedFile
from halfcell.core.plugins import load, plugins
from halfcell.core.raw import RawFile
from halfcell.readers import read_all
from halfcell.readers.common.spreadsheets import sheets


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000, "a\0b"])
def test_an_impossible_name_is_told_shortly(name: str) -> None:
    with pytest.raises(InputError, match="cannot be opened") as caught:
        read_all(name)
    assert len(str(caught.value)) < 400


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder") as caught:
        read_all(tmp_path)
    assert "halfcell new" in caught.value.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "run.mpr")
    with pytest.raises(InputError, match="not a regular file"):
        read_all(tmp_path / "run.mpr")


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("run.mpr", b"\x89PNG\r\n\x1a\n", "a PNG image"),
        ("a.csv", b"%PDF-1.7\n", "halfcell audit"),
        ("a.res.gz", b"plain", "not compressed with gzip"),
        ("a.unheard", b"plain", "tried: "),
        ("a.unheard", b"\1\0\2\0", "export it from the instrument's software"),
        ("a.xlsx", b"PK\x03\x04 cut", "damaged or truncated"),
    ],
)
def test_hint_says_what_it_is(tmp_path: Path, name: str, content: bytes, hint: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnrecognisedFile) as caught:
        read_all(path)
    assert hint in caught.value.hint


def test_a_word_document_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnrecognisedFile, match="a Word document"):
        read_all(tmp_path / "a.docx")


def test_a_damaged_workbook_is_told_in_plain_words(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Voltage", 1.0])
    book.save(tmp_path / "good.xlsx")
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    raw = RawFile(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="the workbook is damaged or truncated") as caught:
        sheets(raw)
    assert "Error" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\n" * 66000, b" \t \n" * 16000, b"[" * 66000, b"a(" * 33000, b"1 " * 33000])
def test_no_reader_takes_long_over_what_it_does_not_know(tmp_path: Path, content: bytes) -> None:
    """Blank lines and brackets without end: an expression that starts anew at each of them takes seconds to hours."""
    path = tmp_path / "a"
    path.write_bytes(content)
    for name in plugins("readers"):
        reader = load("readers", name)  # the first one imports libraries
        began = time.process_time()
        assert not reader.recognises(RawFile(path))
        assert time.process_time() - began < 10, f"{name} hangs"  # 0.1 s at most, minutes where it starts anew

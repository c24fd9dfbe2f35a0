"""Texts that end within a number or have a line with another number of values: doubted for every reader."""

from __future__ import annotations

import pytest

from halfcell.core.errors import InputError
from halfcell.core.raw import RawFile
from halfcell.readers import read
from halfcell.readers.common.isotherm import isotherm
from halfcell.readers.common.text_files import lines_as_lf, numbers
from halfcell.readers.common.text_rows import without_broken_rows
from halfcell.readers.common.text_tail import broken_lines, last_line

EXPONENT = b"1.5e+01 2.25e-02\n1.6e+01 2.35e-02\n1.7e+01 2.45e-02\n"


@pytest.mark.parametrize(
    ("end", "left_out", "code"),
    [
        (b"1.8e+01 2.55e-02\n", 0, ""),
        (b"1.8e+01 2.55e-02\r\n", 0, ""),
        (b"1.8e+01 2.55e-02", 0, ""),  # as many digits as all others: whole
        (b"1.8e+01 2.55e-0", 15, "rows_dropped"),
        (b"1.8e+01 2.55", 12, "rows_dropped"),
        (b"1.8e+01 ", 8, "rows_dropped"),
        (b"1.8", 3, "rows_dropped"),
        (b"END of data", 0, ""),
    ],
)
@pytest.mark.parametrize("code_page", ["utf-8", "utf-16"])
def test_a_last_line_that_broke_off_is_left_out(tmp_path, end: bytes, left_out: int, code: str, code_page: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((b"# a head\n" + EXPONENT + end).decode().encode(code_page))
    found = last_line(RawFile(path))
    assert found.bytes_left_out == left_out * (2 if code_page == "utf-16" else 1)
    assert (found.note.code if found.note else "") == code


@pytest.mark.parametrize("row", [b"4.25,6", b"4.25,650"])
def test_a_last_whole_number_may_be_cut(tmp_path, row: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x,y\n1.25,500\n2.25,1000\n3.25,750\n" + row)
    found = last_line(RawFile(path))
    assert found.bytes_left_out == 0
    assert found.note is not None
    assert (found.note.level, found.note.code) == ("doubt", "last_row_unended")


@pytest.mark.parametrize("content", [b"\0\1\2" * 20, b"<a>1 2\n3 4\n5 6\n7 8</a>", b'{"a": [1,\n2,\n3,\n4,\n5'])
def test_other_formats_have_their_own_ends(tmp_path, content: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    assert last_line(RawFile(path)).note is None
    assert broken_lines(RawFile(path)) == ()


@pytest.mark.parametrize(
    ("row", "is_broken"),
    [("9,2.5", True), ("9,1,2.5,3", True), ("9,1,2.5", False), ("9,1,2.5,", False), ("remark, to the run", False)],
)
def test_a_line_that_lost_a_value(tmp_path, row: str, is_broken: bool) -> None:
    path = tmp_path / "a.csv"
    rows = [f"{i},1,2.5" for i in range(8)]
    path.write_text("\n".join(["x,y,z", *rows, row, *rows]) + "\n")
    notes = broken_lines(RawFile(path))
    assert bool(notes) is is_broken
    assert not notes or notes[0].text.startswith("line 10 has ")


def test_decimal_commas_are_no_separators(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(f"{i},5 1,25\n" for i in range(8)) + "9 1\n" + "".join(f"{i},5 1,25\n" for i in range(8)))
    assert broken_lines(RawFile(path)) == ()


def test_a_spectrum_that_is_cut(tmp_path) -> None:
    path = tmp_path / "a.txt"
    rows = [f"{200 + i}.50\t{1000 + i}.25\n" for i in range(100)]
    path.write_text("#Acq. time (s)=\t10\n" + "".join(rows) + "300.50\t10")
    made = read(path)
    assert made["intensity_count"][-1] == 1099.25
    assert [note.code for note in made.notes] == ["rows_dropped"]


ROWS = b"".join(b"%d,3.5,1\n" % place for place in range(20))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS, ""),
        (ROWS + b"20,3.5", ""),  # no line end: not looked at
        (ROWS + b"20,3\n" + ROWS, "line 22 has 2 fields where the other rows have 3; left out"),
        (ROWS + b"2,0,3,5,1\n" + ROWS, "line 22 has 5 fields where the other rows have 3; left out"),
        (ROWS + b"20,3,,,\n" + ROWS, ""),  # the surplus is empty
        (ROWS + b"20,3,\n" + b"21,3\n" + ROWS, ""),  # the last cell is empty elsewhere, too
        (ROWS + b"20,3\n21,4\n" * 20, ""),  # too many for a damage: a layout
    ],
)
def test_rows_that_lost_a_field(rows: bytes, said: str) -> None:
    kept, notes = without_broken_rows(rows, ",", 2)
    assert [note.text for note in notes] == ([said] if said else [])
    assert kept.count(b"\n") == rows.count(b"\n") - len(notes)


def test_columns_of_numbers_refuse_a_row_that_lost_a_field() -> None:
    with pytest.raises(InputError, match="2 fields where the other rows have 3") as caught:
        numbers(ROWS + b"20,3\n" + ROWS, ["a", "b", "c"], ",", 5)
    assert caught.value.where == "line 25"


def test_line_ends_of_all_kinds_become_one() -> None:
    assert lines_as_lf(b"1\r\r\n2\r\r\r\n3\r\n4\r5\n") == b"1\n2\n3\n4\n5\n"


def test_relative_pressures_have_a_bound() -> None:
    import numpy as np

    loading = np.linspace(10, 100, 6)
    assert len(isotherm(np.array([0.01, 0.1, 0.3, 0.6, 0.9, 1.01]), loading, {})) == 6
    with pytest.raises(InputError, match=r"relative pressure 1\.4 at point 6"):
        isotherm(np.array([0.01, 0.1, 0.3, 0.6, 0.9, 1.4]), loading, {})

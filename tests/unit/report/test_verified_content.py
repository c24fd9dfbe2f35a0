"""Two files of one kind say the same or not, whatever their bytes; damaged and hostile ones are told."""

from __future__ import annotations

import io
import math
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from halfcell.core.errors import InputError
from halfcell.report.verify.content import first_difference, is_compared
from halfcell.report.verify.numbers import compare_numbers
from halfcell.report.verify.records import read_records
from halfcell.study.items.numbers_file import COLUMNS


def docx(*texts: str) -> bytes:
    document, buffer = Document(), io.BytesIO()
    for text in texts:
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[1].text = texts[-1]
    document.save(buffer)
    return buffer.getvalue()


def xlsx(value: float, form: str = "0.0") -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    book.active["B2"] = value
    book.active["B2"].number_format = form
    book.save(buffer)
    return buffer.getvalue()


def test_a_document_is_compared_by_what_it_says() -> None:
    assert first_difference("out/si.docx", docx("a", "92.5"), docx("a", "92.5")) == ""
    found = first_difference("out/si.docx", docx("a", "92.5"), docx("a", "92.6"))
    assert found == "word/document.xml: row 2: '92.5' in the archive, '92.6' here"
    page = "<html><body><p>92.5</p><script>{}</script></body></html>"
    assert first_difference("out/review.html", page.format("1").encode(), page.format("2").encode()) == ""
    assert "'92.5'" in first_difference("out/review.html", page.encode(), page.replace("92.5", "93").encode())


def test_a_workbook_is_compared_by_values_and_their_formats() -> None:
    assert first_difference("out/si.xlsx", xlsx(92.5), xlsx(92.5 * (1 + 1e-9))) == ""
    assert "92.5 in the archive" in first_difference("out/si.xlsx", xlsx(92.5), xlsx(92.51))
    assert "'0.0' in the archive, '0.00' here" in first_difference("out/si.xlsx", xlsx(92.5), xlsx(92.5, "0.00"))


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("x,y\n1.00000001,2\n", "x,y\n1.00000002,2\n", True),
        ("x,y\n1.000001,2\n", "x,y\n1.00001,2\n", False),
        ("x,y\n92.5,2\n", "x,y\n92.6,2\n", False),
        ("x,y\n1e-9,100000.5\n", "x,y\n1e-9,100000.6\n", True),  # a millionth of the largest
        ("x,y\n1,2\n", "x,y\n1,2\n1,2\n", False),
        ("x,y\n1,2\n", "x\n1\n", False),
    ],
)
def test_tables_may_differ_in_digits_behind_the_sixth(one: str, two: str, alike: bool) -> None:
    assert (first_difference("out/figures/S1.csv", one.encode(), two.encode()) == "") is alike


@pytest.mark.parametrize("name", ["out/si.docx", "out/si.xlsx", "out/si.pdf", "out/review.html", "out/tables/S1.csv"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"%PDF-1.7 no", b"\xff\xfe\x00", b'"' + b"x" * 200_000])
def test_damaged_files_are_told(name: str, content: bytes) -> None:
    good = {"docx": docx("a"), "xlsx": xlsx(1.0), "html": b"<p>a</p>", "csv": b"x\n1\n"}
    computed = good.get(name.rpartition(".")[2])
    if computed is None:
        pytest.importorskip("typst")
        import typst

        computed = typst.compile(b"Hello")
    assert first_difference(name, content, computed)


def test_a_document_that_unpacks_to_too_much_is_not_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", bytes(300 * 2**20))
    assert first_difference("out/si.docx", buffer.getvalue(), docx("a")) == "cannot be read: damaged"


def test_pictures_have_bytes_only() -> None:
    assert not is_compared("out/figures/S1.pdf")
    assert not is_compared("out/figures/S1.png")
    assert is_compared("out/si.pdf")


def _numbers(value: str) -> bytes:
    row = dict.fromkeys(COLUMNS, "") | {"id": "S1:Si:ICE", "printed": "92.5", "value": value, "result": "a"}
    return (",".join(COLUMNS) + "\n" + ",".join(row[name] for name in COLUMNS) + "\n").encode()


@pytest.mark.parametrize(("value", "deviation"), [("92.5", 0.0), ("nan", math.inf), ("x", math.inf), ("inf", math.inf)])
def test_values_that_are_no_numbers_are_far_away(value: str, deviation: float) -> None:
    stated, computed = (read_records(_numbers(one), b"{}", {}) for one in (value, "92.5"))
    assert compare_numbers(stated, computed)[0].deviation == deviation


@pytest.mark.parametrize("content", [b"", b"id,printed\n", b"\xff\xfe", b'id\n"' + b"x" * 200_000, _numbers("1")[:-5]])
def test_what_is_no_table_of_numbers_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="edited"):
        read_records(content, b"{}", {})

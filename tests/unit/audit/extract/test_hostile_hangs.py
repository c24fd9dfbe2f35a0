"""Documents on which an extractor once took minutes, or gigabytes: each is read or refused at once."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from halfcell.audit.extract import extract
from halfcell.audit.extract.common import markup_tables
from halfcell.core.errors import HalfcellError, InputError
from halfcell.core.limits import MAX_ATTRIBUTES
from halfcell.core.time_limit import time_limit
from halfcell.readers import read_all

WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
END = "</w:body></w:document>"
ENOUGH = 10.0  # s of computing; each took 15 and more


def _docx(path: Path, content: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{WORD}{content}{END}")
    return path


def _text(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_text_boxes_inside_one_another_are_read_once(tmp_path: Path) -> None:
    """The time doubled with each level."""
    box, end = "<w:p><w:txbxContent>", "</w:txbxContent></w:p>"
    path = _docx(tmp_path / "a.docx", f"{box * 60}<w:p><w:r><w:t>inside</w:t></w:r></w:p>{end * 60}")
    with time_limit(ENOUGH, "reading", "a.docx", ""):
        assert extract(path).paragraphs == ("inside",)


def _pdf(folder: Path, content: bytes, *forms: bytes) -> Path:
    """A page with so much on it; drawings are objects 6 and following, and X is the first of them."""
    packed = zlib.compress(content)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page % b"/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *forms,
    ]
    body, places = b"%PDF-1.4\n", b""
    for number, one in enumerate(objects, start=1):
        places += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    count, start = len(objects) + 1, len(body)
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    path = folder / "a.pdf"
    path.write_bytes(body + tail % (count, places, count, start))
    return path


def _drawings(folder: Path) -> Path:
    """Seven drawings, each of which places the next one ten times."""
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    form = head + b"/Resources<</XObject<</X %d 0 R>>>>/Length %d>>stream\n%s\nendstream"
    inside = [*[b"/X Do " * 10] * 6, b"0 0 m 9 9 l S "]
    return _pdf(folder, b"/X Do", *(form % (7 + n, len(one), one) for n, one in enumerate(inside)))


def test_the_text_beside_a_huge_drawing_that_is_placed_is_read(tmp_path: Path) -> None:
    lines = b"0 0 m 9 9 l S\n" * 25_000
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length %d>>stream\n%s\nendstream" % (len(lines), lines)
    paper = extract(_pdf(tmp_path, b"BT /F1 10 Tf 50 700 Td (Text beside it.) Tj ET /X Do", form))
    assert paper.paragraphs == ("Text beside it.",)
    assert [note.code for note in paper.notes] == ["lines_not_read"]


def _xlsx(folder: Path, rows: str) -> Path:
    import openpyxl

    book, path = openpyxl.Workbook(), folder / "a.xlsx"
    book.active.append(["a", "b"])
    book.save(folder / "whole.xlsx")
    with zipfile.ZipFile(folder / "whole.xlsx") as whole, zipfile.ZipFile(path, "w") as archive:
        for name in whole.namelist():
            part = whole.read(name).decode()
            archive.writestr(name, part.replace("</sheetData>", f"{rows}</sheetData>"))
    return path


HANGS: dict[str, Callable[[Path], Path]] = {
    "a page that places a drawing which places a drawing": _drawings,
    "characters by the million": lambda folder: _pdf(folder, b"BT /F1 10 Tf " + b"(Some text) Tj " * 400_000 + b"ET"),
    "operators by the million": lambda folder: _pdf(folder, b"1 w " * 4_000_000),
    "empty paragraphs by the million": lambda folder: _docx(folder / "a.docx", "<w:p/>" * 1_000_000),
    "lines by the million": lambda folder: _text(folder / "a.txt", "a\n" * 10_000_000),
    "a row with the number of a billion": lambda folder: _xlsx(folder, '<row r="999999999"><c><v>1</v></c></row>'),
    "tabulars without end": lambda folder: _text(folder / "a.tex", "\\begin{tabular}{l}" * 100_000),
}


@pytest.mark.parametrize("name", HANGS)
def test_a_hang_is_none(tmp_path: Path, name: str) -> None:
    path = HANGS[name](tmp_path)
    said = ""
    with time_limit(ENOUGH, "reading it", path.name, ""):
        try:
            extract(path)
        except HalfcellError as error:
            said = str(error)
    assert "did not end" not in said
    assert " failed: " not in said


def test_a_reader_is_not_held_up_by_the_number_of_a_row(tmp_path: Path) -> None:
    path = _xlsx(tmp_path, '<row r="999999999"><c><v>1</v></c></row>')
    with time_limit(ENOUGH, "reading it", path.name, ""), pytest.raises(InputError, match="no reader recognises"):
        read_all(path)


def test_the_parts_of_a_workbook_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", bytes(65 * 2**20))
    for read in (read_all, extract):
        with pytest.raises(InputError, match=r"xl/sharedStrings\.xml unpacks to more than 64 MiB"):
            read(path)


@pytest.mark.parametrize("attributes", ["".join(f" a{i}" for i in range(20_000)), ' href="?q=1&a=2"'])
def test_a_flood_of_attributes(tmp_path: Path, attributes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup_tables, "MAX_ATTRIBUTES", 1000)
    assert MAX_ATTRIBUTES > 1000
    many = 1 if len(attributes) > 1000 else 600
    path = _text(tmp_path / "a.html", "<html><body>" + f"<p{attributes}>x</p>" * many)
    with pytest.raises(InputError, match="too many attributes"):
        extract(path)

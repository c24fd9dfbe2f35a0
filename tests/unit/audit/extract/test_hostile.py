"""Hostile input: a clear error within bounded memory and time, never an unexpected exception."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from halfcell.audit import audit_file, demo
from halfcell.audit.extract import extract
from halfcell.audit.extract.common.latex_text import plain
from halfcell.core.errors import HalfcellError, InputError

SOURCE = Path(__file__).resolve().parents[4] / "src"
WORD = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
END = "</w:body></w:document>"


def _docx(path: Path, content: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", content)
    return path


def _bounded(code: str, path: Path, megabytes: int = 700) -> str:
    """Run the audit in a process with limited memory; returns what it printed on standard error."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    done = subprocess.run(
        [sys.executable, "-m", "halfcell", "audit", str(path)],
        capture_output=True, text=True, timeout=120, preexec_fn=limit, check=False,
        env={"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr[-500:]
    assert code in done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_zip_bomb(tmp_path: Path) -> None:
    bomb = _docx(tmp_path / "bomb.docx", WORD.encode() + b" " * (150 << 20) + END.encode())
    assert bomb.stat().st_size < 1 << 20
    assert "zip bomb" in _bounded("unpacks to more than", bomb)


def test_zip_bomb_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (150 << 20))
    _bounded("unpacks to more than", path)


def test_xml_entities(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    body = WORD.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{laughs}')
    with pytest.raises(InputError, match="entities"):
        extract(_docx(tmp_path / "x.docx", f"{body}<w:p><w:r><w:t>&c;</w:t></w:r></w:p>{END}"))


def test_xml_of_a_file_on_disk(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not read", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'
    body = WORD.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{doctype}')
    with pytest.raises(InputError, match="entities"):
        extract(_docx(tmp_path / "x.docx", f"{body}<w:p><w:r><w:t>&a;</w:t></w:r></w:p>{END}"))


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".md", ".html", ".tex", ".docx"])
def test_a_million_rows(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"long{suffix}"
    row = {
        ".txt": "\t1\n\t2\n\n", ".csv": "1,2\n", ".md": "| 1 | 2 |\n", ".html": "<tr><td>1</td><td>2</td></tr>\n",
        ".tex": "1 & 2 \\\\\n", ".docx": "<w:tr><w:tc><w:p/></w:tc></w:tr>",
    }[suffix]  # fmt: skip
    head = {
        ".txt": "Table 1 Long\n", ".csv": "a,b\n", ".md": "Table 1 Long\n\n| a | b |\n|--|--|\n",
        ".html": "<html><table>",
        ".tex": "\\begin{tabular}{cc}\n", ".docx": WORD + "<w:tbl>",
    }[suffix]  # fmt: skip
    if suffix == ".docx":
        _docx(path, head + row * 10**6 + "</w:tbl>" + END)
    else:
        path.write_text(head + row * 10**6, encoding="utf-8")
    _bounded("cells", path)


def test_encrypted_office_file(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(InputError, match="encrypted"):
        extract(path)


def _pdf(objects: list[bytes], trailer: bytes) -> bytes:
    """A PDF of some objects."""
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    content += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\n" % (
        count,
        table,
        count,
        trailer,
    )
    return content + b"startxref\n%d\n%%%%EOF\n" % start


PAGES = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
]


def test_encrypted_pdf(tmp_path: Path) -> None:
    locked = b"<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>"
    path = tmp_path / "x.pdf"
    path.write_bytes(_pdf([*PAGES, locked], b"/Encrypt 4 0 R/ID[<00><00>]"))
    with pytest.raises(InputError, match="encrypted"):
        extract(path)


def test_pdf_bomb(tmp_path: Path) -> None:
    """A page whose content unpacks from 300 kB to 300 MB, and one that is compressed twice."""
    import zlib

    packed = zlib.compress(b" " * (300 << 20), 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    for filters, content in ((b"/FlateDecode", packed), (b"[/FlateDecode /FlateDecode]", zlib.compress(packed))):
        stream = b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(content), filters, content)
        path = tmp_path / "bomb.pdf"
        path.write_bytes(_pdf([*PAGES[:2], page, stream], b""))
        _bounded("bomb", path)


def test_pdf_without_text(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(_pdf(PAGES, b""))
    with pytest.raises(InputError, match="has no text"):
        extract(path)


def test_damaged_pdf(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 50)
    with pytest.raises(InputError, match="damaged"):
        extract(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.docx", b"%PDF-1.7\n", "named .docx but is a PDF"),
        ("x.pdf", b"PK\x03\x04rest", "named .pdf but is a zip archive"),
        ("x.txt", b"\x89PNG\r\n\x1a\n\0\0", "named .txt but is a picture"),
        ("x.html", b"no tags at all", "named .html but is plain text"),
        ("x.xlsx", b"a,b\n1,2\n", "named .xlsx but is plain text"),
        ("x.txt", b"<!DOCTYPE html><html>", "named .txt but is an HTML page"),
        ("x.odt", b"PK\x03\x04rest", "no extractor reads .odt"),
        ("x.docx", b"", "empty"),
    ],
)
def test_wrong_names(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        extract(path)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        extract(tmp_path / "x.docx")


@pytest.mark.parametrize(
    "text", ["1e999999999", "9" * 100_000, "1 × 10–99999", "(" * 5000, "a|" * 3000, "1,000" * 9000]
)
def test_monstrous_cells(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"Materials;Energy (Wh);{text}\nA;{text};1\n", encoding="utf-8")
    audit_file(path)


@pytest.mark.parametrize("source", ["grid.docx", "grid.html", "grid.pdf", "demo", "csv", "bpx"])
def test_truncated_and_corrupted(data: Path, tmp_path: Path, source: str) -> None:
    """Truncated anywhere or with wrong bytes anywhere: it is read, or refused with a clear error."""
    other = {
        "demo": demo.PATH,
        "csv": data / "audit/aurora/aurora_samples.csv",
        "bpx": data / "audit/bpx/nmc_pouch_cell_BPX.json",
    }
    origin = other.get(source, data / "audit" / "roundtrip" / source)
    content, rng = origin.read_bytes(), random.Random(source)
    path = tmp_path / f"x{origin.suffix}"
    for attempt in range(4 if source == "grid.html" else 8):
        broken = bytearray(content[: rng.randrange(1, len(content))] if attempt % 2 else content)
        for _ in range(0 if attempt % 2 else 20):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        path.write_bytes(broken)
        error = _error(path)
        assert error is None or (error.what and str(path) in error.where)


def _error(path: Path) -> HalfcellError | None:
    """The error of an audit, if it raises one of halfcell; any other fails the test."""
    try:
        audit_file(path)
    except HalfcellError as error:
        return error
    return None


@pytest.mark.parametrize("name", ["multicol.tex", "span.docx"])
def test_a_span_is_bounded_before_anything_is_made_of_it(cases: Path, name: str) -> None:
    assert "more than 30000 cells" in _bounded("cells", cases / "damaged" / name)


def test_a_span_of_more_digits_than_a_number_may_have(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(r"\begin{tabular}{ll}a & \multicolumn{%s}{c}{b} \\ 1 & 2\\ \end{tabular}" % ("9" * 5000))
    assert len(extract(path).tables) == 1


def _nested(depth: int) -> str:
    return "<table><tr><td>" * depth + "1" + "</td></tr></table>" * depth


def test_the_time_for_nested_tables_does_not_double_with_each_level(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>deep</p>" + _nested(60))
    assert [cell.text for table in extract(path).tables for cell in table.cells] == ["1"]


def test_a_table_inside_layout_tables_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    inner = "<table><tr><th>Sample<th>ICE</tr><tr><td>A<td>90.1</tr></table>"
    path.write_text(f"<table><tr><td><table><tr><td>{inner}</td></tr></table></td></tr></table>")
    (table,) = extract(path).tables
    assert [cell.text for cell in table.cells] == ["Sample", "ICE", "A", "90.1"]


def test_tables_nested_too_deep_are_refused_before_parsing(tmp_path: Path) -> None:
    path = tmp_path / "nested.html"
    path.write_text("<table><tr><td>" * 20_000 + "1" + "</td></tr></table>" * 20_000)
    with pytest.raises(InputError, match="nested more than 100 deep"):
        extract(path)


@pytest.mark.parametrize("suffix", [".html", ".txt", ".md", ".csv", ".tex"])
def test_a_line_of_fifty_megabytes(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"line{suffix}"
    path.write_text({".html": "<p>", ".tex": "\\begin{a}"}.get(suffix, "a,b|") + "1 " * 26_000_000)
    with pytest.raises(InputError, match="larger than 48 MiB"):
        extract(path)


def test_commands_inside_one_another_are_resolved_in_one_pass() -> None:
    """4,000 braces deep: the innermost first, each once; searching again after each took 13 s."""
    assert plain("\\textbf{" * 4_000 + "x" + "}" * 4_000) == "x"
    assert plain("\\textbf{" * 4_000 + "3.2") == "3.2"  # braces that are not closed


def _drawing(strokes: int, text: bytes = b"") -> bytes:
    """A page of a PDF with so many lines."""
    content = text + b"".join(b"%d 0 m %d 800 l S\n" % (n % 600, n % 600) for n in range(strokes))
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_a_flood_of_lines_in_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "flood.pdf"
    path.write_bytes(_drawing(400_000))
    with pytest.raises(InputError, match="every page has more than 20000 lines and curves"):
        extract(path)


def test_of_a_huge_drawing_the_text_is_read(tmp_path: Path) -> None:
    """A figure of many points beside a table cost the whole page; numbers in strings are no lines."""
    path = tmp_path / "drawing.pdf"
    path.write_bytes(_drawing(25_000, b"BT /F1 10 Tf 50 700 Td (Text of 1 2 l and 3 m, \\(in brackets.) Tj ET\n"))
    paper = extract(path)
    assert paper.paragraphs == ("Text of 1 2 l and 3 m, (in brackets.",)
    assert [note.code for note in paper.notes] == ["lines_not_read"]


def test_a_drawing_of_usual_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "drawing.pdf"
    path.write_bytes(_drawing(500, b"BT /F1 10 Tf 50 700 Td (Some text of a paper.) Tj ET\n"))
    assert extract(path).paragraphs == ("Some text of a paper.",)


@pytest.mark.parametrize("suffix", [".html", ".xml", ".md", ".txt"])
def test_a_paragraph_of_data(tmp_path: Path, suffix: str) -> None:
    start = {".html": "<html><body><p>", ".xml": "<article><p>", ".md": "", ".txt": ""}[suffix]
    path = tmp_path / f"a{suffix}"
    path.write_text(f"{start}{'a1 ' * 200_000}", encoding="utf-8")
    with pytest.raises(InputError, match="characters"):
        extract(path)


def test_long_scripts_and_pictures_in_a_page_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    script, picture = "x=1;" * 150_000, "A" * 600_000
    path.write_text(f'<html><script>{script}</script><img src="data:image/png;base64,{picture}"><p>Text</p></html>')
    assert extract(path).paragraphs == ("Text",)


def test_a_flood_of_elements(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + "<b>" * 400_001)
    with pytest.raises(InputError, match="elements"):
        extract(path)


def test_deep_nesting_is_no_defect(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + "<div>" * 20_000 + "x")
    with pytest.raises(HalfcellError, match="its elements are nested too deep"):
        extract(path)

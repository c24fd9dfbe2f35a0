"""Documents and data files that are made to take a program's time or memory, one function per kind, small on disk."""

from __future__ import annotations

import io
import os
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Content = bytes | str
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
MOST_MEGABYTES = 500.0
SENTENCE = "The anode S1 delivered 3916.2 mAh/g at first and 3215.4 mAh/g after it, an ICE of 82.1 %. "


def _repeated(start: str, piece: str, count: int, end: str = "") -> Callable[[], str]:
    return lambda: start + piece * count + end


def _nested(start: str, opening: str, depth: int, inside: str, closing: str, end: str = "") -> Callable[[], str]:
    return lambda: start + opening * depth + inside + closing * depth + end


def _attributes(count: int) -> str:
    return " ".join(f'a{n}="1"' for n in range(count))


HTML: dict[str, Callable[[], Content]] = {
    "cells in tfoot": _repeated("<html><table><tfoot>", "<td>1", 150_000),
    "rows in tfoot": _repeated("<html><table><tfoot>", "<tr><td>1", 90_000),
    "cells in thead": _repeated("<html><table><thead>", "<th>1", 150_000),
    "cells without a row": _repeated("<html><table>", "<td>1", 150_000),
    "cells without a table": _repeated("<html><body>", "<td>1", 150_000),
    "rows in rows": _repeated("<html><table>", "<tr>", 190_000),
    "bodies of a table": _repeated("<html><table>", "<tbody><tr><td>1", 60_000),
    "captions": _repeated("<html><table>", "<caption>Table 1", 60_000),
    "statements": _repeated("<html><body>", f"<p>{SENTENCE}</p>", 60_000),
    "statements in one paragraph": _repeated("<html><body><p>", SENTENCE, 1_000),
    "paragraphs": _repeated("<html><body>", "<p>1", 200_000),
    "tables": _repeated("<html><body>", "<table><tr><td>1<td>2<tr><td>3<td>4</table>", 40_000),
    "tables with captions": _repeated("<html><body>", "<p>Table 1. A</p><table><tr><td>1<td>2</table>", 40_000),
    "tables unclosed": _repeated("<html><body>", "<table>", 90_000),
    "tables in tables": _nested("<html>", "<table><tr><td>", 99, "1", "</td></tr></table>"),
    "wide nested tables": _nested("<html>", "<table><tr><td>1<td>", 99, "1", "<td>2</td></tr></table>"),
    "misnested formats": _repeated("<html><body>", "<a><b><i><p>1", 20_000),
    "formats unclosed": _repeated("<html><body>", "<b>", 90_000),
    "formats ended by paragraphs": _repeated("<html><body><b><i><u><s>", "<p>1", 40_000),
    "deep boxes": _repeated("<html><body>", "<div>", 200_000),
    "deep superscripts": _repeated("<html><body><table><tr><td>1", "<sup>", 20_000),
    "lists": _repeated("<html><body>", "<ul><li>1", 60_000),
    "spans": _repeated("<html><table><tr>", "<td rowspan=65000 colspan=1000>1", 40),
    "endless span": lambda: f"<html><table><tr><td colspan={'9' * 5000}>1<td>2</table>",
    "attributes": lambda: f"<html><body><p {_attributes(300_000)}>x</p>",
    "comments unclosed": _repeated("<html><body>", "<!--", 400_000),
    "tags unclosed": _repeated("<html><body>", "<td ", 900_000),
    "angles": _repeated("<html><body>", "<", 5_000_000),
    "character references": _repeated("<html><body><p>", "&#49;", 90_000),
    "entities": _repeated("<html><body><p>", "&", 500_000),
    "scripts": _repeated("<html><body>", "<script>x</script>", 60_000),
    "one row": _repeated("<html><table><tr>", "<td>1", 190_000),
    "one column": _repeated("<html><table>", "<tr><td>3916.2 mAh/g", 95_000),
    "numbers in a cell": _repeated("<html><table><tr><th>ICE (%)<tr><td>", "82.1 ", 90_000),
    "brackets in a head": _repeated("<html><table><tr><th>ICE ", "(", 90_000, "<tr><td>1</table>"),
    "digits": _repeated("<html><table><tr><th>ICE (%)<tr><td>", "9", 400_000),
    "formulas": _repeated("<html><table><tr><th>Material<th>ICE (%)", "<tr><td>Li2FeP2O7Si3Sn4C5H6<td>82.1", 40_000),
    "zero bytes": _repeated("<html><body><p>", "\0", 1_000_000),
    "mathematics": _repeated("<html><body>", "<math><mrow><mn>1", 60_000),
    "templates": _repeated("<html><body>", "<template>", 60_000),
    "frames": _repeated("<html><body>", "<select><option>1", 60_000),
}


def _docx(body: Content) -> bytes:
    head, end = f"{_XML}<w:document {_W} {_M}><w:body>", "</w:body></w:document>"
    made = body if isinstance(body, bytes) else body.encode()
    return _archive({"word/document.xml": head.encode() + made + end.encode()})


def _archive(parts: dict[str, Content]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


_CELL = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
_RUN = "<w:r><w:t>1</w:t></w:r>"
_LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip
DOCX: dict[str, Callable[[], Content]] = {
    "spaces": lambda: _docx(b" " * (90 << 20)),
    "more spaces": lambda: _docx(b" " * (400 << 20)),
    "paragraphs": lambda: _docx(f"<w:p>{_RUN}</w:p>" * 300_000),
    "statements": lambda: _docx(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>" * 60_000),
    "runs": lambda: _docx(f"<w:p>{_RUN * 400_000}</w:p>"),
    "empty runs": lambda: _docx(f"<w:p>{'<w:r/>' * 3_000_000}</w:p>"),
    "tables": lambda: _docx(f"<w:tbl><w:tr>{_CELL}</w:tr></w:tbl>" * 60_000),
    "tables in tables": lambda: _docx("<w:tbl><w:tr><w:tc>" * 2000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2000),
    "deep content": lambda: _docx("<w:sdt><w:sdtContent>" * 100_000 + "</w:sdtContent></w:sdt>" * 100_000),
    "deep mathematics": lambda: _docx(f"<w:p>{'<m:sSup><m:e>' * 200}{'</m:e></m:sSup>' * 200}</w:p>"),
    "deeper mathematics": lambda: _docx(f"<w:p>{'<m:f><m:num>' * 90_000}{'</m:num></m:f>' * 90_000}</w:p>"),
    "one row": lambda: _docx(f"<w:tbl><w:tr>{_CELL * 190_000}</w:tr></w:tbl>"),
    "rows": lambda: _docx(f"<w:tbl>{f'<w:tr>{_CELL}</w:tr>' * 190_000}</w:tbl>"),
    "spans": lambda: _docx(
        "<w:tbl>" + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="60000"/></w:tcPr><w:p/></w:tc></w:tr>' * 9000 + "</w:tbl>"
    ),
    "merged rows": lambda: _docx(
        f"<w:tbl>{'<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>' * 90_000}</w:tbl>"
    ),
    "attributes": lambda: _docx(f"<w:p {_attributes(400_000)}/>"),
    "entities": lambda: _archive({"word/document.xml": f"{_XML}{_LAUGHS}<w:document {_W}>&j;</w:document>"}),
    "a long text": lambda: _docx(f"<w:p><w:r><w:t>{'1 ' * 20_000_000}</w:t></w:r></w:p>"),
    "members": lambda: _archive({"word/document.xml": "<x/>"} | {f"a{n}": "" for n in range(60_000)}),
    "many members": lambda: _archive({"word/document.xml": "<x/>"} | {f"a{n}": "" for n in range(100_001)}),
    "a document in a document": lambda: _archive({"word/document.docx": DOCX["spaces"]()}),
    "comments": lambda: _docx("<!-- -->" * 3_000_000),
    "deleted text": lambda: _docx(f"<w:p>{f'<w:del>{_RUN}</w:del><w:ins>{_RUN}</w:ins>' * 200_000}</w:p>"),
    "sizes that lie": lambda: _lying(_docx(b" " * (300 << 20))),
    "overlapping members": lambda: _overlapping("word/document.xml", 60_000),
}


def _lying(archive: bytes) -> bytes:
    """The archive with the unpacked size of its first member stated as 1000 bytes."""
    made, local, central = bytearray(archive), archive.index(b"PK\x03\x04"), archive.index(b"PK\x01\x02")
    made[local + 22 : local + 26] = made[central + 24 : central + 28] = struct.pack("<I", 1000)
    return bytes(made)


def _overlapping(name: str, count: int) -> bytes:
    """An archive whose directory names one member of 10 MB many times (D. Fifield, WOOT 2019)."""
    one = _archive({name: b" " * 10_000_000})
    start, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entries = b"".join(one[start:end].replace(name.encode(), b"%017d" % n) for n in range(count))
    last = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    return one[:start] + entries + last


def _xlsx(sheet: Content, shared: str = "", workbook: str = "", sheets: int = 1) -> bytes:
    names = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        for n in range(1, sheets + 1)
    )
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _archive({
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"{_XML}<workbook {_S} {_R}><sheets>{names}</sheets>{workbook}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{targets}<Relationship Id="rIdS" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f"{_XML}<sst {_S}>{shared or '<si><t>a</t></si>'}</sst>",
        "xl/worksheets/sheet1.xml": sheet,
    })  # fmt: skip


def _sheet(rows: str, after: str = "") -> str:
    return f"{_XML}<worksheet {_S}><sheetData>{rows}</sheetData>{after}</worksheet>"


XLSX: dict[str, Callable[[], Content]] = {
    "rows": lambda: _xlsx(_sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 400_000)))),
    "a large sheet": lambda: _xlsx(_sheet('<row><c t="n"><v>3916.2</v></c><c><v>1</v></c></row>' * 1_800_000)),
    "one row": lambda: _xlsx(_sheet(f"<row>{'<c><v>1</v></c>' * 900_000}</row>")),
    "empty rows": lambda: _xlsx(_sheet("<row/>" * 9_000_000)),
    "empty cells": lambda: _xlsx(_sheet(f"<row>{'<c/>' * 9_000_000}</row>")),
    "far cells": lambda: _xlsx(
        _sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>')
    ),
    "far cells in many rows": lambda: _xlsx(
        _sheet("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 20_000)))
    ),
    "a far row": lambda: _xlsx(_sheet('<row r="999999999"><c r="A999999999"><v>1</v></c></row>')),
    "deep": lambda: _xlsx(_sheet("<row>" + "<c>" * 900_000)),
    "deep and closed": lambda: _xlsx(_sheet("<row>" * 200_000 + "</row>" * 200_000)),
    "merged cells": lambda: _xlsx(
        _sheet(
            "<row><c><v>1</v></c></row>", "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 9000 + "</mergeCells>"
        )
    ),
    "many merged cells": lambda: _xlsx(
        _sheet("<row><c><v>1</v></c></row>", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 900_000 + "</mergeCells>")
    ),
    "strings": lambda: _xlsx(_sheet('<row><c t="s"><v>0</v></c></row>'), "<si><t>a</t></si>" * 900_000),
    "a long string many times": lambda: _xlsx(
        _sheet('<row><c t="s"><v>0</v></c></row>' * 190_000), f"<si><t>{'1 ' * 400_000}</t></si>"
    ),
    "parts of a string": lambda: _xlsx(
        _sheet('<row><c t="s"><v>0</v></c></row>'), f"<si>{'<r><t>a</t></r>' * 900_000}</si>"
    ),
    "sheets": lambda: _xlsx(_sheet("<row><c><v>1</v></c></row>" * 90_000), sheets=2000),
    "names": lambda: _xlsx(
        _sheet("<row/>"),
        workbook="<definedNames>" + '<definedName name="a">A1</definedName>' * 900_000 + "</definedNames>",
    ),
    "entities": lambda: _xlsx(f"{_XML}{_LAUGHS}<worksheet {_S}><sheetData>&j;</sheetData></worksheet>"),
    "attributes": lambda: _xlsx(_sheet(f"<row {_attributes(300_000)}/>")),
    "conditional formats": lambda: _xlsx(
        _sheet("<row/>", '<conditionalFormatting sqref="A1"><cfRule/></conditionalFormatting>' * 400_000)
    ),
}


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects; the first is the catalogue."""
    content, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(content))
    return bytes(content) + head + end


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def _page(content: bytes, filters: bytes = b"", more: list[bytes] | None = None, resources: bytes = b"") -> bytes:
    """A PDF with one page; its font is object 5, further objects begin with 6."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
    stream = b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content)
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page % resources, stream, _FONT,
        *(more or []),
    ])  # fmt: skip


def _text(lines: int, words: str = "3916.2 mAh/g") -> bytes:
    shown = b"".join(b"BT /F1 6 Tf %d %d Td (%s) Tj ET\n" % (n % 500, n % 790, words.encode()) for n in range(lines))
    return b"/F1 6 Tf\n" + shown


def _forms(levels: int, times: int) -> bytes:
    """Drawings that draw others many times over, each level ten times the one below."""
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length %d/Resources<</XObject<</X %d 0 R>>/Font<</F1 5 0 R>>>>>>"
    )
    made = []
    for level in range(levels):
        inside = b"BT /F1 6 Tf (1) Tj ET " if level == levels - 1 else b"/X Do " * times
        made.append(form % (len(inside), min(7 + level, 5 + levels)) + b"stream\n%s\nendstream" % inside)
    return _page(b"/X Do " * times, more=made, resources=b"/XObject<</X 6 0 R>>")


def _packed(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def _hexadecimal(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = content.hex().encode() + b">"
    return content


PDF: dict[str, Callable[[], Content]] = {
    "false streams": lambda: b"%PDF-1.4\n" + b"stream\n" * 3_000_000,
    "false streams of a page": lambda: _page(b"BT /F1 9 Tf (a) Tj ET") + b"stream\n" * 3_000_000,
    "false objects": lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * 2_000_000,
    "run lengths": lambda: _page(b"\x81 " * 3_000_000 + b"\x80", b"/Filter/RunLengthDecode"),
    "packed run lengths": lambda: _page(_packed(b"\x81 " * 3_000_000, 1), b"/Filter[/FlateDecode/RunLengthDecode]"),
    "packed spaces": lambda: _page(_packed(b" " * (300 << 20), 1), b"/Filter/FlateDecode"),
    "packed many times": lambda: _page(_packed(b" " * (300 << 20), 3), b"/Filter[" + b"/FlateDecode" * 3 + b"]"),
    "filters": lambda: _page(b"1>", b"/Filter[" + b"/ASCIIHexDecode" * 100_000 + b"]"),
    "hexadecimal": lambda: _page(_hexadecimal(b" " * 900_000, 5), b"/Filter[" + b"/ASCIIHexDecode" * 5 + b"]"),
    "codes of LZW": lambda: _page(b"\x80\x0b\x60\x50" * 3_000_000, b"/Filter/LZWDecode"),
    "columns of a predictor": lambda: _page(
        zlib.compress(b" " * 9000), b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000/Colors 4>>"
    ),
    "rectangles": lambda: _page(b"".join(b"%d %d 5 5 re f\n" % (n % 500, n // 9) for n in range(19_900))),
    "rectangles in a grid": lambda: _page(
        b"".join(b"%d %d 4 4 re S\n" % (n % 140 * 4, n // 140 * 4) for n in range(19_900))
    ),
    "crossing lines": lambda: _page(
        b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S\n" % (n % 600, n % 600, n % 800, n % 800) for n in range(4900))
    ),
    "lines": lambda: _page(b"0 0 m 600 800 l S\n" * 400_000),
    "curves of one path": lambda: _page(b"0 0 m " + b"1 1 2 2 3 3 c " * 400_000 + b"S"),
    "clipped states": lambda: _page(b"q " * 900_000),
    "letters": lambda: _page(_text(20_000)),
    "more letters": lambda: _page(_text(200_000)),
    "letters on one place": lambda: _page(b"BT /F1 6 Tf 9 9 Td " + b"(1) Tj " * 100_000 + b"ET"),
    "one long string": lambda: _page(b"BT /F1 6 Tf 9 9 Td (" + b"1 " * 300_000 + b") Tj ET"),
    "drawings of drawings": lambda: _forms(9, 10),
    "a drawing of itself": lambda: _forms(1, 10).replace(b"/X 7 0 R", b"/X 6 0 R"),
    "deep arrays": lambda: _page(b"BT ET").replace(b"/Count 1", b"/Count 1/A " + b"[" * 200_000),
    "deep arrays of a page": lambda: _page(b"[" * 400_000),
    "deep dictionaries": lambda: _page(b"BT ET").replace(b"/Count 1", b"/Count 1/A " + b"<<" * 200_000),
    "strings unclosed": lambda: _page(b"(" * 900_000),
    "pages of themselves": lambda: pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]
    ),
    "pages": lambda: pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 100000>>" % (b"3 0 R " * 100_000),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    ),
    "different pages": lambda: pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 20000>>" % b"".join(b"%d 0 R " % n for n in range(3, 20_003)),
            *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * 20_000,
        ]
    ),
    "tables of places in a circle": lambda: pdf([b"<</Type/Catalog/Pages 2 0 R>>"], b"/Prev 9").replace(
        b"/Prev 9", b"/Prev 63"
    ),
    "parts of a page": lambda: _page(b"BT ET").replace(b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 200_000 + b"]"),
    "a map of letters": lambda: _mapped(b"<0000> <FFFF> <0000>\n" * 3000),
    "letters of a map": lambda: _mapped(b"".join(b"<%04x> <%04x> <0041>\n" % (n, n) for n in range(65_000)) * 5),
    "a huge page": lambda: _page(_text(5000)).replace(b"[0 0 600 800]", b"[0 0 1e300 1e300]"),
    "annotations": lambda: _page(b"BT ET").replace(
        b"/Contents", b"/Annots[" + b"<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>" * 200_000 + b"]/Contents"
    ),
    "an inline picture": lambda: _page(b"BI /W 9 /H 9 ID " + b"a" * 3_000_000),
    "unknown operators": lambda: _page(b"1 2 3 xyz " * 900_000),
    "numbers": lambda: _page(b"1 " * 3_000_000),
}


def _mapped(ranges: bytes) -> bytes:
    cmap = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 100 beginbfrange\n%sendbfrange endcmap"
    stream = cmap % ranges
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    more = [b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream)]
    return _page(b"BT /F1 6 Tf (1) Tj ET", more=more).replace(_FONT, font)


MARKDOWN: dict[str, Callable[[], Content]] = {
    "bars": _repeated("Table 1. A\n\n", "|", 20_000),
    "bars and a rule": lambda: "Table 1. A\n\n" + "|a" * 9000 + "|\n" + "|-" * 9000 + "|\n" + "|1" * 9000 + "|\n",
    "lines of bars": _repeated("Table 1. A\n\n", "|" * 400 + "\n", 490),
    "a million bars": _repeated("", "|", 1_000_000),
    "rows": _repeated("| a | b |\n|---|---|\n", "| 1 | 2 |\n", 90_000),
    "statements": _repeated("", SENTENCE + "\n\n", 60_000),
    "statements in lines": _repeated("", SENTENCE + "\n", 60_000),
    "stars": _repeated("", "*a ", 150_000),
    "pairs of stars": _repeated("", "**", 250_000),
    "underscores": _repeated("", "_a", 200_000),
    "backticks": _repeated("", "`a", 200_000),
    "brackets": _repeated("", "[", 400_000),
    "links": _repeated("", "[a](", 100_000),
    "quotations": _repeated("", "> ", 200_000),
    "blanks": _repeated("a", " ", 400_000, "b"),
    "heads": _repeated("", "# a\n", 100_000),
    "tables": _repeated("", "Table 1. A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n", 20_000),
    "rules": _repeated("", "---\n", 400_000),
    "colons": _repeated("| a |\n|", ":-", 200_000),
    "dollars": _repeated("", "$a", 200_000),
    "tags": _repeated("", "<b>", 150_000),
}
TEXT: dict[str, Callable[[], Content]] = {
    "tabs": _repeated("Table 1 A\n", "\t1", 190_000),
    "tabs without numbers": _repeated("Table 1 A\n", "\t", 400_000),
    "statements": _repeated("", SENTENCE, 5000),
    "statements in lines": _repeated("", SENTENCE + "\n", 60_000),
    "blanks between words": _repeated(
        "Table 1 A\n", "Sample   ICE   Discharge   Charge\nA   82.1   3916   3215\n", 20_000
    ),
    "columns by blanks": lambda: "Table 1 A\n" + "   a" * 9000 + "\n" + "   1" * 9000 + "\n",
    "blanks": _repeated("a", " ", 400_000, "b"),
    "many blanks": _repeated("Table 1 A\n", "a" + " " * 4000 + "1\n", 100),
    "captions": _repeated("", "Table 1 A\n", 90_000),
    "numbers": _repeated("", "1.5 ± 0.2 ", 40_000),
    "ranges": _repeated("", "1-", 200_000),
    "brackets": _repeated("", "(", 400_000),
    "powers": _repeated("", "10^", 150_000),
    "commas": _repeated("", "1,000", 90_000),
    "empty lines": _repeated("a", "\n", 900_000),
    "hyphens at ends": _repeated("", "a-\n", 200_000),
}
LATEX: dict[str, Callable[[], Content]] = {
    "macros": lambda: (
        "\\newcommand{\\a}{1 1 1 1 1 1 1 1 1 1}\n"
        + "".join(
            f"\\newcommand{{\\{b}}}" + "{" + f"\\{a} " * 10 + "}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "\\begin{tabular}{ll}\\i & 2\\\\\\end{tabular}"
    ),
    "a macro of itself": lambda: "\\newcommand{\\a}{\\a\\a}\\begin{tabular}{ll}\\a & 2\\\\\\end{tabular}",
    "macros defined": lambda: "".join(f"\\newcommand{{\\m{chr(97 + n % 26)}}}{{{n}}}\n" for n in range(60_000)),
    "many macros used": lambda: "\\newcommand{\\a}{b}" + "\\a " * 150_000,
    "braces": _repeated("\\begin{tabular}{ll}", "{", 200_000),
    "closed braces": lambda: "\\begin{tabular}{ll}" + "{" * 90_000 + "}" * 90_000 + "\\end{tabular}",
    "commands": _repeated("\\begin{tabular}{ll}", "\\textbf{", 60_000),
    "ampersands": _repeated("\\begin{tabular}{ll}", "&", 190_000, "\\end{tabular}"),
    "rows": _repeated("\\begin{tabular}{ll}", "1 & 2 \\\\\n", 90_000, "\\end{tabular}"),
    "tabulars": _repeated("", "\\begin{tabular}{ll}1 & 2\\\\\\end{tabular}\n", 40_000),
    "tabulars in tabulars": _nested("", "\\begin{tabular}{ll}", 2000, "1", "\\end{tabular}"),
    "tabulars unclosed": _repeated("", "\\begin{tabular}{ll}", 60_000),
    "tables unclosed": _repeated("", "\\begin{table}", 90_000),
    "captions": _repeated("\\begin{table}", "\\caption{A}", 90_000, "\\end{table}"),
    "captions unclosed": _repeated("\\begin{table}", "\\caption{", 90_000, "\\end{table}"),
    "comments": _repeated("", "% a\n", 400_000),
    "columns": lambda: "\\begin{tabular}{*{999999999}{l}}1 & 2\\\\\\end{tabular}",
    "columns of columns": lambda: "\\begin{tabular}{" + "*{99}{" * 9 + "l" + "}" * 9 + "}1\\\\\\end{tabular}",
    "rows merged": _repeated("\\begin{tabular}{ll}", "\\multirow{99999}{*}{1} & 2 \\\\", 9000, "\\end{tabular}"),
    "itself included": lambda: "\\input{a.tex}\\begin{tabular}{ll}1 & 2\\\\\\end{tabular}",
    "dollars": _repeated("\\begin{tabular}{ll}", "$a", 200_000),
    "statements": _repeated("", SENTENCE.replace("%", "\\%") + "\n\n", 60_000),
    "units": _repeated("\\begin{tabular}{ll}", "\\SI{1}{\\milli\\ampere}", 20_000, "\\end{tabular}"),
    "conditions": _repeated("", "\\iffalse ", 90_000),
    "verbatim": _repeated("", "\\begin{verbatim}", 90_000),
    "arguments": lambda: "\\newcommand{\\a}[9]{#1#2#3#4#5#6#7#8#9}" + "\\a" + "{\\a" * 30_000,
}
CSV: dict[str, Callable[[], Content]] = {
    "columns": lambda: ",".join(f"a{n}" for n in range(100_000)) + "\n" + ",".join(["1"] * 100_000) + "\n",
    "a million columns": lambda: "1," * 1_000_000 + "\n" + "1," * 1_000_000,
    "rows": _repeated("a,b\n", "1,2\n", 95_000),
    "a quotation unclosed": _repeated('a,b\n"', "1,2\n", 900_000),
    "quotations": _repeated("a,b\n", '"', 2_000_000),
    "delimiters": _repeated("a,b\n", ",;\t|", 400_000),
    "zero bytes": _repeated("a,b\n", "\0,", 400_000),
    "a long cell": _repeated("a,b\n1,", "9", 3_000_000),
    "statements": _repeated("a;b\n", f"{SENTENCE.strip()};1\n", 60_000),
    "heads in brackets": lambda: ",".join(["ICE (" + "(" * 2000] * 200) + "\n" + "1," * 199 + "1\n",
    "ragged rows": lambda: "\n".join("1," * n for n in range(600)),
}


def _jats(body: str) -> str:
    return f'{_XML}<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "a.dtd"><article><body>{body}</body></article>'


JATS: dict[str, Callable[[], Content]] = {
    "entities": lambda: (
        f"{_XML}{_LAUGHS.replace('DOCTYPE x', 'DOCTYPE article')}<article><body><p>&j;</p></body></article>"
    ),
    "a long entity many times": lambda: (
        f"{_XML}<!DOCTYPE article [<!ENTITY a '{'1' * 200_000}'>]>"
        f"<article><body><p>{'&a;' * 20_000}</p></body></article>"
    ),
    "cells in tfoot": lambda: _jats(f"<table-wrap><table><tfoot>{'<td>1</td>' * 150_000}</tfoot></table></table-wrap>"),
    "tables": lambda: _jats("<table-wrap><table><tr><td>1</td></tr></table></table-wrap>" * 40_000),
    "tables in tables": lambda: _jats("<table-wrap><table><tr><td>" * 90 + "</td></tr></table></table-wrap>" * 90),
    "sections": lambda: _jats("<sec>" * 100_000 + "</sec>" * 100_000),
    "few sections": lambda: _jats("<sec><p>1</p>" * 200 + "</sec>" * 200),
    "statements": lambda: _jats(f"<p>{SENTENCE}</p>" * 60_000),
    "references": lambda: _jats("<p>" + '<xref rid="a">1</xref>' * 100_000 + "</p>"),
    "mathematics": lambda: _jats("<p>" + "<mml:math><mml:mn>1</mml:mn></mml:math>" * 100_000 + "</p>"),
    "captions": lambda: _jats("<table-wrap>" + "<caption><p>A</p></caption>" * 90_000 + "</table-wrap>"),
    "attributes": lambda: _jats(f"<p {_attributes(300_000)}/>"),
    "spaces of names": lambda: _jats("".join(f'<p xmlns:a{n}="b{n}"/>' for n in range(100_000))),
    "nested spaces of names": lambda: _jats("".join(f'<p xmlns:a{n}="b{n}">' for n in range(250)) + "</p>" * 250),
    "spans": lambda: _jats("<table>" + '<tr><td rowspan="60000" colspan="60000">1</td></tr>' * 2000 + "</table>"),
}
JSON: dict[str, Callable[[], Content]] = {
    "deep": lambda: '{"Header": {"BPX": 1}, "Parameterisation": ' + "[" * 900_000,
    "deep and closed": lambda: '{"Header": {"BPX": 1}, "Parameterisation": ' + '{"a":' * 900 + "1" + "}" * 902,
    "keys": lambda: (
        '{"Header": {"BPX": 1}, "Parameterisation": {' + ",".join(f'"k{n}": {n}' for n in range(400_000)) + "}}"
    ),
    "a long number": lambda: '{"Header": {"BPX": 1}, "Parameterisation": {"Cell": {"a": ' + "9" * 900_000 + "}}}",
}
DOCUMENTS: dict[str, dict[str, Callable[[], Content]]] = {
    "html": HTML, "docx": DOCX, "xlsx": XLSX, "pdf": PDF, "md": MARKDOWN, "txt": TEXT, "tex": LATEX, "csv": CSV,
    "xml": JATS, "json": JSON, "odt": {"not read": lambda: _archive({"content.xml": b" " * (300 << 20)})},
}  # fmt: skip
_STATED = b"{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999,)}"
DATA: dict[str, dict[str, Callable[[], Content]]] = {
    "xlsx": XLSX,
    "csv": CSV | {
        "numbers": lambda: "Time (s),Voltage (V),Current (A)\n" + "1,3.5,0.1\n" * 1_500_000,
        "numbers in many columns": lambda: ",".join(f"c{n}" for n in range(2000)) + "\n" + ("1," * 1999 + "1\n") * 2000,
    },
    "txt": {
        "tabs": _repeated("", "\t1", 2_000_000), "blanks": _repeated("1", " ", 20_000_000, "2"),
        "empty lines": _repeated("a", "\n", 20_000_000), "lines": _repeated("", "1\t2\n", 2_000_000),
    },
    "mpt": {
        "a head of a billion lines": _repeated("EC-Lab ASCII FILE\nNb header lines : 999999999\n\n", "a\n", 900_000),
    },
    "ndax": {"zeros": lambda: _archive({"data.ndc": bytes(1 << 30), "data_runInfo.ndc": bytes(1 << 20)})},
    "xml": {
        "deep": lambda: f"{_XML}<LSX_Data>{'<LSX>' * 900_000}", "entities": JATS["entities"],
        "elements": lambda: f"{_XML}<xrdMeasurements>{'<a/>' * 3_000_000}</xrdMeasurements>",
    },
    "zip": {"members": DOCX["many members"], "overlapping members": DOCX["overlapping members"]},
    "json": {"deep": lambda: "[" * 3_000_000, "numbers": lambda: "[" + "1," * 8_000_000 + "1]"},
    "dat": {"lines of heads": _repeated("", "a;b;c\n", 2_000_000), "zero bytes": lambda: bytes(60 << 20)},
    "npy": {"a stated billion": lambda: b"\x93NUMPY\x01\x00v\x00" + _STATED + b" " * 50},
    "tif": {"a stated plane": lambda: _picture(60_000)},
    "cif": {
        "loops": _repeated("data_a\n", "loop_\n_a\n_b\n1 2\n", 300_000),
        "text": _repeated("data_a\n_a\n;", "1\n", 9_000_000),
    },
    "hspy": {"a dataset of nothing": lambda: _hdf5({"Experiments/a/data": (40_000, 50_000)})},
    "emd": {"a dataset of nothing": lambda: _hdf5({"Data/Image/a/Data": (40_000, 50_000, 1)}, velox=True)},
    "h5oina": {
        "a dataset of nothing": lambda: _hdf5({"1/EDS/Data/Spectrum": (40_000, 50_000), "1/EDS/Header/a": (1,)}),
    },
    "parquet": {"equal rows": lambda: _equal_rows(50_000_000)},
    "png": {"a plane of zeros": lambda: _black_picture(30_000)},
}  # fmt: skip


def _hdf5(shapes: dict[str, tuple[int, ...]], *, velox: bool = False) -> bytes:
    """Datasets of which no value is written: they take no room in the file."""
    import h5py

    made = io.BytesIO()
    with h5py.File(made, "w") as book:
        for name, shape in shapes.items():
            book.create_dataset(name, shape, "f8", chunks=tuple(min(side, 1000) for side in shape))
        book["Format Version" if not velox else "Version"] = b"5.0"
    return made.getvalue()


def _equal_rows(count: int) -> bytes:
    """A cycling test in which nothing happens."""
    import polars as pl

    zeros = pl.repeat(0, count, dtype=pl.Int8, eager=True)
    made = io.BytesIO()
    names = ("Test Time / s", "Voltage / V", "Current / A")
    pl.DataFrame(dict.fromkeys(names, zeros)).write_parquet(made)
    return made.getvalue()


def _black_picture(side: int) -> bytes:
    """A PNG of one value."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(side + 1)) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", packed) + part(b"IEND", b"")


def _picture(side: int) -> bytes:
    """A TIFF that states many pixels and holds none."""
    entries = [(256, 4, 1, side), (257, 4, 1, side), (258, 3, 1, 16), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
               (277, 3, 1, 1), (278, 4, 1, side), (279, 4, 1, side * side * 2 % 2**32)]  # fmt: skip
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + table + bytes(4)


def written(path: Path, make: Callable[[], Content]) -> Path:
    """The document in a file."""
    content = make()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


class Outcome(NamedTuple):
    """What a process did with a hostile file: its status, CPU seconds, the most memory (MB), what it printed."""

    status: int
    seconds: float
    megabytes: float
    errors: str

    @property
    def is_answer(self) -> bool:
        """Whether the file was read or refused, without a crash, an unexpected exception, or more than 500 MB."""
        crash = self.status < 0 or "Traceback" in self.errors or " failed: " in self.errors
        return not crash and self.megabytes < MOST_MEGABYTES


_MEASURED = """
import sys
from halfcell.cli import main
try:
    status = main(sys.argv[1:])
finally:
    with open("/proc/self/status") as facts:
        sys.stderr.write("".join(line for line in facts if line.startswith("VmHWM")))
sys.exit(status)
"""


def outcome(verb: str, path: Path, seconds: int = 20) -> Outcome:
    """Run a verb on a file in a process of its own, which is ended after so many seconds of computing.

    The memory is what the process says at its end: the system's count begins with that of the tests, from which it was
    started. It is that count for a process which was killed.
    """

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    command = [sys.executable, "-c", _MEASURED, verb, str(path)]
    source = str(Path(__file__).resolve().parents[1] / "src")
    environment = {
        "PYTHONPATH": source,
        "PATH": os.environ["PATH"],
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        preexec_fn=limited,  # noqa: PLW1509 the tests have one thread
    ) as process:
        errors = process.stderr.read().decode(errors="replace") if process.stderr else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    errors, _, peak = errors.partition("VmHWM:")
    kilobytes = int(peak.split()[0]) if peak else used.ru_maxrss
    return Outcome(process.returncode, used.ru_utime + used.ru_stime, kilobytes / 1024, errors)

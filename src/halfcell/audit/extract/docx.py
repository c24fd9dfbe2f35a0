"""Word documents (.docx), read at XML level: merges both ways, sub- and superscripts, footnotes, tracked changes."""

from __future__ import annotations

import dataclasses
import re
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.extract.common.document_counts import check_cell_count, check_count
from halfcell.audit.extract.common.marked_text import MarkedText
from halfcell.audit.extract.common.office_math import MATH, math_text
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_RUNS, MAX_TAGS, MAX_WORD_PARAGRAPHS
from halfcell.core.printed_document import PrintedCell
from halfcell.core.unpacked_size import has_part, read_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from halfcell.audit.extract import Progress
    from halfcell.core.printed_document import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".docx", ".docm")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIP = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"}
_INSIDE = {f"{_W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "r")}
_PARAGRAPH = re.compile(rb"<\w*:?p[\s/>]")
_RUN = re.compile(rb"<\w*:?r[\s/>]")
_PROPERTIES = f"{_W}rPr"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
_PLACES = {"superscript": "^", "subscript": "_"}


def recognises(raw: RawFile) -> bool:
    """A zip archive with a Word document in it."""
    return has_part(raw.path, raw.head, "word/document.xml")


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read paragraphs, captions and tables in their order; footnotes become paragraphs at the end."""
    content = read_part(raw.path, "word/document.xml")
    check_cell_count(content.count(b":tc>"), "word/document.xml")
    for mark, most, things in ((_PARAGRAPH, MAX_WORD_PARAGRAPHS, "paragraphs"), (_RUN, MAX_RUNS, "runs of text")):
        check_count(sum(1 for _ in mark.finditer(content)), most, things)
    body = _xml(content, "word/document.xml").find(f"{_W}body")
    if body is None:
        raise InputError("the document has no body", "word/document.xml", "save it again in Word")
    builder = PaperBuilder()
    cells = 0
    for element in _blocks(body):
        if element.tag == f"{_W}p":
            builder.paragraph(_text(element).plain)
        else:
            found = _table(element)
            cells += len(found)
            check_cell_count(cells, "")
            builder.table(found, _header_rows(element))
    for text in _footnotes(raw):
        builder.footnote(text)
    progress(1, 1, "document")
    return builder.paper(str(raw.path), "docx")


def _xml(content: bytes, name: str) -> Element:
    """Parse one part; a document type declaration (entities) is refused."""
    from lxml import etree

    if content.count(b"<") > MAX_TAGS:
        raise InputError(f"this part has more than {MAX_TAGS} elements", name, "an audit reads documents, not data")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"the XML is damaged: {error}", name, "save it again in Word") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError("the XML declares entities, which Word never writes", name, "do not trust this file")
    return root


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also inside content controls, text boxes, and text inserted with changes tracked."""
    for child in parent:
        if child.tag in {f"{_W}p", f"{_W}tbl"}:
            yield child
            for box in _boxes(child) if child.tag == f"{_W}p" else ():
                yield from _blocks(box)
        elif child.tag in _INSIDE:
            yield from _blocks(child)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes of a paragraph; not those inside them, nor what older programs show instead."""
    for box in paragraph.iter(_BOX):
        around = takewhile(lambda one: one is not paragraph, box.iterancestors())
        if not any(one.tag in {_BOX, _FALLBACK} for one in around):
            yield box


def _text(paragraph: Element) -> MarkedText:
    """The text of a paragraph, without what is hidden or deleted."""
    pieces = [_run_text(run) for run in _runs(paragraph)]
    marked = []
    for mark, group in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.mark):
        inner = "".join(piece.text if mark else piece.marked for piece in group)
        marked.append(f"{mark}{{{inner}}}" if mark and inner.strip() else inner)
    return MarkedText(plain="".join(piece.text for piece in pieces), marked="".join(marked))


class _Piece(NamedTuple):
    """The text of a run, the same with its own marks, and whether the run is raised or lowered."""

    text: str
    marked: str
    mark: str = ""


def _run_text(run: Element) -> _Piece:
    """The text of a run or a formula; empty if it is hidden."""
    if run.tag.startswith(MATH):
        found = math_text(run)
        return _Piece(found.plain, found.marked)
    properties = next((child for child in run if child.tag == _PROPERTIES), None)
    if properties is None:
        text = "".join(_piece(child) for child in run)
        return _Piece(text, text)
    text = "" if properties.find(f"{_W}vanish") is not None else "".join(_piece(child) for child in run)
    return _Piece(text, text, _place(properties))


def _place(properties: Element) -> str:
    """``^`` for a raised run, ``_`` for a lowered one.

    By its properties: its alignment, its position, or the name of its style.
    """
    align = properties.find(f"{_W}vertAlign")
    if align is not None:
        return _PLACES.get(align.get(f"{_W}val"), "")
    position, style = properties.find(f"{_W}position"), properties.find(f"{_W}rStyle")
    by = str(position.get(f"{_W}val", "0")) if position is not None else "0"
    if by.lstrip("-").isdecimal() and int(by):
        return "_" if by.startswith("-") else "^"
    return _PLACES.get(str(style.get(f"{_W}val", "")).lower(), "") if style is not None else ""


def _runs(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in {f"{_W}r", f"{MATH}oMath"}:
            yield child
        elif child.tag == f"{MATH}oMathPara":
            yield from child.findall(f"{MATH}oMath")
        elif child.tag in _INSIDE and child.tag not in _SKIP:
            yield from _runs(child)


def _piece(child: Element) -> str:
    """The text of one element of a run."""
    name = child.tag.removeprefix(_W)
    if name == "t":
        return child.text or ""
    if name == "sym":
        try:
            return chr(int(child.get(f"{_W}char", "20"), 16))
        except (ValueError, OverflowError):  # no sign has this number
            return ""
    return _SIGNS.get(name, "")


def _header_rows(table: Element) -> int | None:
    """The number of rows that are marked as header; None if none is."""
    return sum(row.find(f"{_W}trPr/{_W}tblHeader") is not None for row in _rows(table)) or None


def _table(table: Element) -> list[PrintedCell]:
    """The cells of a table."""
    open_cells: dict[int, int] = {}  # column -> index of the cell that is merged downwards there
    cells: list[PrintedCell] = []
    area = 0
    for row, element in enumerate(_rows(table)):
        column = _number(element, "trPr/gridBefore", 0)
        area += column
        for item in _cells(element):
            span = max(_number(item, "tcPr/gridSpan", 1), 1)
            area += span
            check_cell_count(area, "")
            merge = item.find(f"{_W}tcPr/{_W}vMerge")
            continues = merge is not None and merge.get(f"{_W}val") != "restart"
            if continues and column in open_cells:
                above = cells[open_cells[column]]
                cells[open_cells[column]] = dataclasses.replace(above, rows=above.rows + 1)
            else:
                cells.append(_cell(item, row, column, span))
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = len(cells) - 1
            column += span
    return cells


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{_W}tr" and child.find(f"{_W}trPr/{_W}del") is None:
            yield child
        elif child.tag in _INSIDE:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in _INSIDE:
            yield from _cells(child)


def _cell(item: Element, row: int, column: int, span: int) -> PrintedCell:
    """One cell; if it contains a table, it is doubtful."""
    texts = [_text(p) for p in _blocks(item) if p.tag == f"{_W}p"]
    nested = next(item.iter(f"{_W}tbl"), None) is not None
    text = MarkedText(
        plain="\n".join(text.plain for text in texts).strip("\n"),
        marked="\n".join(text.marked for text in texts).strip("\n"),
    )
    return PrintedCell(
        text=text.plain,
        markup=text.markup,
        row=row,
        column=column,
        columns=span,
        doubt="this cell contains a table, which was not read" if nested else "",
    )


def _number(element: Element, path: str, default: int) -> int:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    try:
        return max(int(found.get(f"{_W}val")), 0) if found is not None else default
    except (TypeError, ValueError):
        return default


def _footnotes(raw: RawFile) -> Iterator[str]:
    """The texts of footnotes and endnotes."""
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        content = read_part(raw.path, name)
        if content:
            check_count(sum(1 for _ in _RUN.finditer(content)), MAX_RUNS, "runs of text in notes")
            for note in _xml(content, name):
                text = " ".join(_text(p).plain for p in note.iter(f"{_W}p")).strip()
                if text:
                    yield text

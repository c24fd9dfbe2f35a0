"""Pieces of Word XML: runs with sub- and superscripts, fields, bookmarks, borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from halfcell.core import markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run
    from lxml.etree import _Element as Element

Edge = Literal["top", "bottom"]
_AFTER_BORDERS = ("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")


def element(tag: str, attributes: Mapping[str, str] | None = None) -> Element:
    """An element of WordprocessingML: ``element("w:fldChar", {"fldCharType": "begin"})``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for key, value in (attributes or {}).items():
        made.set(qn(f"w:{key}"), value)
    return made


def write_runs(paragraph: Paragraph, text: str, bold: bool = False, size_pt: float | None = None) -> None:
    """Add marked-up text to a paragraph, line breaks included."""
    from docx.shared import Pt

    for part, place in markup.runs(text):
        for index, line in enumerate(part.split("\n")):
            run = paragraph.add_run()
            if index:
                run.add_break()
            run.add_text(clean(line))
            _shape(run, place, bold=bold)
            if size_pt:
                run.font.size = Pt(size_pt)


def _shape(run: Run, place: markup.Place, *, bold: bool) -> None:
    """Set a run bold, italic, lowered or raised."""
    if bold or place == "bold":
        run.bold = True
    if place == "italic":
        run.italic = True
    if place == "sub":
        run.font.subscript = True
    elif place == "sup":
        run.font.superscript = True


def clean(text: str) -> str:
    """The text without characters that XML does not allow."""
    return "".join(letter if letter >= " " or letter in "\t\n" else " " for letter in text)


def write_field(
    paragraph: Paragraph, instruction: str, shown: str, bold: bool = False, size_pt: float | None = None
) -> None:
    """Add a field, with the result to show until Word updates it; without a result Word computes it at once."""
    from docx.shared import Pt

    for step in ("begin", instruction, "separate", shown, "end"):
        run = paragraph.add_run()
        run.bold = bold or None
        if size_pt:
            run.font.size = Pt(size_pt)
        if step in {"begin", "separate", "end"}:
            stale = {"dirty": "true"} if step == "begin" and not shown else {}
            run._r.append(element("w:fldChar", {"fldCharType": step, **stale}))
        elif step == instruction:
            from docx.oxml.ns import qn

            code = element("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)
        else:
            run.add_text(step)


def begin_bookmark(paragraph: Paragraph, name: str, number: int) -> Element:
    """Begin a bookmark; returns its end, which the caller appends to the paragraph."""
    paragraph._p.append(element("w:bookmarkStart", {"id": str(number), "name": name}))
    return element("w:bookmarkEnd", {"id": str(number)})


def rule(cell: WordCell, edge: Edge, eighths_pt: int, colour: str = "000000") -> None:
    """Draw one edge of a cell of a table."""
    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tcBorders")
    if borders is None:
        borders = element("w:tcBorders")
        properties.insert_element_before(borders, *_AFTER_BORDERS)
    borders.append(element(f"w:{edge}", {"val": "single", "sz": str(eighths_pt), "space": "0", "color": colour}))

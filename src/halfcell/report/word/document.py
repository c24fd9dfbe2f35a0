"""The report for Word: captions with SEQ fields, tables that can be edited, figures with 600 dpi in their true size."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from halfcell.core import markup
from halfcell.render.figure_size import size_mm
from halfcell.report import table_layout
from halfcell.report.column_widths import PAGE_MM
from halfcell.report.properties import properties_of
from halfcell.report.settled_zip import settled
from halfcell.report.text_font import text_font
from halfcell.report.word import table
from halfcell.report.word.front_pages import (
    bookmark_of,
    contents,
    first_page,
    header_and_footer,
    methods,
    references,
)
from halfcell.report.word.letters import scale_letters
from halfcell.report.word.paragraphs import keep_with_next, small
from halfcell.report.word.xml import begin_bookmark, write_field, write_runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from docx.document import Document as WordDocument

    from halfcell.report.document_view import ItemView, View

_MARGIN_MM: Final = 15
_LARGEST_MM: Final = (180.0, 225.0)  # fits between the margins of A4, with a caption below
_KEPT_LINES: Final = 12  # below an item at most, that stay on its page
_ABOVE_PT: Final = 16  # space above an item
_NUMBERED: Final = re.compile(r"^(.*?)(\d+)$")


def docx(shown: View, files: Mapping[str, Mapping[str, Path]]) -> bytes:
    """The bytes of the document."""
    document = _empty(shown)
    header_and_footer(document, shown)
    first_page(document, shown)
    contents(document, shown)
    methods(document, shown)
    labels = caption_labels([item.name for item in shown.items])
    for item, label in zip(shown.items, labels, strict=True):
        _item(document, item, files.get(item.anchor, {}), label)
    references(document, shown)
    scale_letters(document, text_font(shown))
    buffer = io.BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue(), shown.document.publication.date)


class CaptionLabel(NamedTuple):
    """The label of a caption: its words, the SEQ field for its number and that number, and the number of its bookmark.

    A name without a number has no field.
    """

    words: str
    field: str = ""
    number: str = ""
    bookmark: int = 0


def caption_labels(names: Sequence[str]) -> list[CaptionLabel]:
    """The label of each caption: ``Fig. S2`` -> ``("Fig. S", "SEQ Fig._S ...", "2", ...)``.

    If a number does not follow the one before it (items were left out), its field restarts the count there.
    """
    last: dict[str, int] = {}
    found = []
    for bookmark, name in enumerate(names, start=1):
        numbered = _NUMBERED.match(name)
        if not numbered:
            found.append(CaptionLabel(name, bookmark=bookmark))
            continue
        words, number = numbered.group(1), int(numbered.group(2))
        reset = "" if last.get(words, 0) + 1 == number else f" \\r {number}"
        field = f"SEQ {words.strip().replace(' ', '_')} \\* ARABIC{reset}"
        found.append(CaptionLabel(words, field, str(number), bookmark))
        last[words] = number
    return found


def _empty(shown: View) -> WordDocument:
    """A document on A4 with the styles of the report."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    document, family = Document(), text_font(shown).family
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    for name, size in (("Normal", 11), ("Title", 20), ("Heading 1", 14), ("Caption", 10.5)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = family, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), family)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Caption"].font.bold = False
    facts, properties = properties_of(shown.document), document.core_properties
    properties.title, properties.author, properties.language = facts.title, "; ".join(facts.authors), "en"
    properties.keywords, properties.comments = ", ".join(facts.keywords), facts.description
    return document


def _item(document: WordDocument, item: ItemView, files: Mapping[str, Path], label: CaptionLabel) -> None:
    if item.item.failure:
        write_runs(document.add_paragraph(), f"{item.name} could not be made. {item.item.failure}", bold=True)
        _caption(document, item, label)
    elif item.figure is not None:
        _picture(document, item, files)
        _caption(document, item, label)
    else:
        _table(document, item, label)
        return
    _remarks(document, item)


def _table(document: WordDocument, item: ItemView, label: CaptionLabel) -> None:
    """A table with its caption and notes; a wide one on a landscape page."""
    layout = table_layout.laid_out(item.grid) if item.grid else table_layout.Layout(parts=())
    if layout.landscape:
        _begin_section(document, landscape=True)
    _caption(document, item, label, above=True)
    page_mm = table_layout.LANDSCAPE_MM if layout.landscape else PAGE_MM
    for number, part in enumerate(layout.parts):
        if number:  # Word joins tables without a paragraph between them
            small(document, "")
        table.put(document, part, page_mm)
    _remarks(document, item)
    if layout.landscape:
        _begin_section(document, landscape=False)


def _begin_section(document: WordDocument, *, landscape: bool) -> None:
    """Begin a page of the other orientation; header and footer go on."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.different_first_page_header_footer = False


def _remarks(document: WordDocument, item: ItemView) -> None:
    """The lines and remarks below an item."""
    said = [f"*{{{one.level.capitalize()}:}} {', '.join(one.subjects)}: {one.text}" for one in item.on_paper]
    keep_with_next([small(document, line) for line in (*item.lines, *said)][:-1][:_KEPT_LINES])


def _picture(document: WordDocument, item: ItemView, files: Mapping[str, Path]) -> None:
    """The figure in the width that it was drawn for (or that fits), with an alternative text."""
    from docx.shared import Mm, Pt

    if item.figure is None:
        return
    width, height = size_mm(item.figure)
    part = min(1.0, _LARGEST_MM[0] / width, _LARGEST_MM[1] / height)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(_ABOVE_PT)
    shape = paragraph.add_run().add_picture(str(files["png"]), width=Mm(width * part))
    properties = shape._inline.docPr
    properties.set("descr", f"{item.name}: {markup.plain(item.caption)}")
    properties.set("name", item.name)


def _caption(document: WordDocument, item: ItemView, label: CaptionLabel, above: bool = False) -> None:
    """A caption whose number is a SEQ field, so that Word can list it and refer to it."""
    from docx.shared import Pt

    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = above or bool(item.lines or item.on_paper)
    if above:
        paragraph.paragraph_format.space_before = Pt(_ABOVE_PT)
    end = begin_bookmark(paragraph, bookmark_of(item.name), label.bookmark)
    write_runs(paragraph, label.words, bold=True)
    if label.field:
        write_field(paragraph, label.field, label.number, bold=True)
    paragraph._p.append(end)
    write_runs(paragraph, f" {item.caption}")
    if item.item.simulated:
        write_runs(paragraph, " (simulated data)", size_pt=9)

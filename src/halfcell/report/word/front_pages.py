"""The pages before the items for Word: title, authors, what is to be said first, contents, methods, references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from halfcell.core import markup
from halfcell.report import wording
from halfcell.report.word.paragraphs import small
from halfcell.report.word.xml import begin_bookmark, element, write_field, write_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from halfcell.report.document_view import View

_METHODS, _REFERENCES = "_Methods", "_References"
_FIRST_BOOKMARK: Final = 9000  # numbers of bookmarks that no caption has
_ENTRY_LETTERS: Final = 75  # in a line of the contents, at least
_ENTRY_LINES: Final = 32  # of contents that fit below the title
_NAME_MM, _PAGE_MM = 20, 180  # places of the tabulators of the contents


def bookmark_of(name: str) -> str:
    """The bookmark of an item: ``Fig. S2`` -> ``_RefFigS2``."""
    return "_Ref" + re.sub(r"\W", "", name)


def first_page(document: WordDocument, shown: View) -> None:
    """Title, authors and what is to be said first."""
    from docx.shared import RGBColor

    write_runs(document.add_paragraph(), wording.KIND, size_pt=10)
    write_runs(document.add_paragraph(style="Title"), shown.title)
    if shown.subtitle:
        write_runs(document.add_paragraph(), shown.subtitle, size_pt=13)
    if shown.authors:
        write_runs(document.add_paragraph(), shown.authors, size_pt=12)
    for line in shown.affiliations:
        small(document, line, 10)
    if shown.document.simulated:
        paragraph = document.add_paragraph()
        write_runs(paragraph, f"{wording.SIMULATED} ", bold=True)
        write_runs(paragraph, wording.SIMULATED_TEXT)
        for run in paragraph.runs:
            run.font.color.rgb = RGBColor(0x8A, 0x5A, 0x00)
    if shown.failed:
        names = ", ".join(item.name for item in shown.failed)
        write_runs(document.add_paragraph(), f"Items that could not be made: {names}.", bold=True)
    if shown.incomplete:
        write_runs(document.add_paragraph(), f"*{{{wording.MISSING}}} {shown.missing}")


def contents(document: WordDocument, shown: View) -> None:
    """The contents: each entry is a link with the number of its page, a field that Word computes."""
    heading = document.add_paragraph(style="Heading 1")
    write_runs(heading, wording.CONTENTS)
    entries = [("", wording.METHODS, _METHODS)] if shown.methods else []
    entries += [(item.name, item.entry, bookmark_of(item.name)) for item in shown.items]
    entries += [("", wording.REFERENCES, _REFERENCES)] if shown.references else []
    for name, text, bookmark in entries:
        _entry(document, name, text, bookmark)
    if _fits_on_first_page([text for _, text, _ in entries]):
        document.add_page_break()


def _fits_on_first_page(entries: Sequence[str]) -> bool:
    """Whether the contents surely end on the first page; longer ones are followed by the text without a new page."""
    return sum(1 + len(markup.plain(text)) // _ENTRY_LETTERS for text in entries) <= _ENTRY_LINES


def _entry(document: WordDocument, name: str, text: str, bookmark: str) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    style = paragraph.paragraph_format
    style.left_indent, style.first_line_indent, style.right_indent = Mm(_NAME_MM), Mm(-_NAME_MM), Mm(10)
    style.space_after = Pt(2)
    style.tab_stops.add_tab_stop(Mm(_NAME_MM))
    style.tab_stops.add_tab_stop(Mm(_PAGE_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    write_runs(paragraph, f"{name}\t", bold=True, size_pt=9.5)
    write_runs(paragraph, f"{text}\t", size_pt=9.5)
    write_field(paragraph, f"PAGEREF {bookmark} \\h", "", size_pt=9.5)
    _linked(paragraph, bookmark)


def _linked(paragraph: Paragraph, bookmark: str) -> None:
    """Put all runs of a paragraph into a link to a bookmark."""
    link = element("w:hyperlink", {"anchor": bookmark, "history": "1"})
    for run in list(paragraph._p.r_lst):
        link.append(run)
    paragraph._p.append(link)


def methods(document: WordDocument, shown: View) -> None:
    """The methods, one paragraph per technique."""
    if not shown.methods:
        return
    _heading(document, wording.METHODS, _METHODS, _FIRST_BOOKMARK)
    for section in shown.methods:
        paragraph = document.add_paragraph()
        write_runs(paragraph, f"{section.title}. ", bold=True)
        write_runs(paragraph, section.text)


def references(document: WordDocument, shown: View) -> None:
    """The reference list."""
    from docx.shared import Mm, Pt

    if not shown.references:
        return
    _heading(document, wording.REFERENCES, _REFERENCES, _FIRST_BOOKMARK + 1)
    for text in shown.references:
        paragraph = document.add_paragraph()
        style = paragraph.paragraph_format
        style.left_indent, style.first_line_indent, style.space_after = Mm(7), Mm(-7), Pt(3)
        write_runs(paragraph, text, size_pt=10)


def _heading(document: WordDocument, text: str, bookmark: str, number: int) -> None:
    paragraph = document.add_paragraph(style="Heading 1")
    end = begin_bookmark(paragraph, bookmark, number)
    write_runs(paragraph, text)
    paragraph._p.append(end)


def header_and_footer(document: WordDocument, shown: View) -> None:
    """The title above each page but the first, and the number of the page below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section = document.sections[0]
    section.different_first_page_header_footer = True
    mark = " – simulated data" if shown.document.simulated else ""
    write_runs(section.header.paragraphs[0], f"{shown.title}{mark}", size_pt=8)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write_field(paragraph, "PAGE", "1", size_pt=9)

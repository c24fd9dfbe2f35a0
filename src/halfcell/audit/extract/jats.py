"""JATS articles (.xml of PubMed Central and publishers): abstract, paragraphs, captions and tables in their order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.document_counts import check_cell_count
from halfcell.audit.extract.common.markup_tables import check_nesting, take_table
from halfcell.audit.extract.common.markup_text import one_line
from halfcell.audit.extract.common.markup_tree import parsed_xml
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.signatures import is_text
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_TEXT_FILE

if TYPE_CHECKING:
    from halfcell.audit.extract import Progress
    from halfcell.audit.extract.common.markup_tree import Element
    from halfcell.core.printed_document import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".xml", ".nxml")
_ARTICLE = re.compile(r"<article[\s>]|JATS|NLM//DTD", re.IGNORECASE)
_CELL = re.compile(r"<t[dh][\s>]")
_ENTITY = re.compile(r"<!ENTITY")
_LEFT_OUT = ("ref-list", "tex-math", "journal-meta", "contrib-group", "ack", "fn-group")
_BLOCKS = ("p", "title", "article-title", "abstract", "table-wrap", "fig")
_HELD = ("table-wrap", "fig", "abstract")  # what holds paragraphs of its own


def recognises(raw: RawFile) -> bool:
    """XML with an article, or the name of a JATS grammar, near its beginning."""
    return is_text(raw.head) and bool(_ARTICLE.search(raw.head.decode("utf-8", errors="replace")))


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read title, abstract, paragraphs, captions and tables; of a table with a picture only its caption is known.

    Raises
    ------
    InputError
        If the file declares entities of its own, or has too many elements or cells.
    """
    text = raw.text(largest=MAX_TEXT_FILE)
    check_cell_count(sum(1 for _ in _CELL.finditer(text)), "")
    check_nesting(text)
    if _ENTITY.search(text[:65536]):
        raise InputError("the XML declares entities of its own", hint="save the article again from its publisher")
    article = parsed_xml(text, _LEFT_OUT)
    builder = PaperBuilder()
    cells = 0
    for element in article.all_of(_BLOCKS):
        if element.within(_HELD):
            continue
        cells += _take(element, builder)
        check_cell_count(cells, "")
    progress(1, 1, "article")
    return builder.paper(str(raw.path), "jats")


def _take(element: Element, builder: PaperBuilder) -> int:
    """Give a paragraph, or a figure or table with its caption and its footnotes, to the builder; its count of cells."""
    if element.name == "abstract":
        builder.paragraph("Abstract")
        builder.paragraph(one_line(element))
        return 0
    if element.name not in _HELD:
        for inner in element.all_of(_HELD):  # a table inside a paragraph
            inner.taken_out()
            _take(inner, builder)
        builder.paragraph(one_line(element))
        return 0
    label, caption = element.first_of({"label"}), element.first_of({"caption"})
    title = " ".join(one_line(one) for one in (label, caption) if one is not None)
    if title:
        builder.paragraph(title)
    count = sum(take_table(table, builder) for table in element.all_of({"table"}))
    for foot in element.all_of({"table-wrap-foot"}):
        for note in foot.own({"fn", "p"}) or [foot]:
            builder.paragraph(one_line(note), is_note=count > 0)
    return count

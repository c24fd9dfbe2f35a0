"""HTML pages (.html): rowspan, colspan, sup and sub, captions inside or above a table; numbers keep their digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.document_counts import check_cell_count
from halfcell.audit.extract.common.markup_tables import check_nesting, take_table
from halfcell.audit.extract.common.markup_tree import parsed_html
from halfcell.audit.extract.common.page_blocks import NO_TEXT, blocks, without_references
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.signatures import is_text
from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_TEXT_FILE

if TYPE_CHECKING:
    from halfcell.audit.extract import Progress
    from halfcell.audit.extract.common.markup_tree import Element
    from halfcell.core.printed_document import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".html", ".htm", ".xhtml")
_HTML = re.compile(r"<!doctype html|<html|<table|<body|<div|<p[ >]", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_CELL = re.compile(r"<t[dh][ >]", re.IGNORECASE)


def recognises(raw: RawFile) -> bool:
    """Text with HTML tags near its beginning."""
    return is_text(raw.head) and bool(_HTML.search(raw.head.decode("utf-8", errors="replace")))


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read paragraphs, captions and tables in their order."""
    text = raw.text(largest=MAX_TEXT_FILE)
    check_cell_count(sum(1 for _ in _CELL.finditer(text)), "")
    check_nesting(text)
    page = parsed_html(_ENTITY.sub("<!-- ", text) if _ENTITY.search(text[:65536]) else text, NO_TEXT)
    builder = PaperBuilder()
    try:
        without_references(page)
        _take(page.first_of({"body"}) or page, builder)
    except RecursionError as error:
        raise InputError("its elements are nested too deep", hint="save the page again in a browser") from error
    progress(1, 1, "page")
    return builder.paper(str(raw.path), "html")


def _take(body: Element, builder: PaperBuilder) -> None:
    """Give the blocks of a page to the builder."""
    cells = 0
    for block in blocks(body):
        if isinstance(block, str):
            builder.paragraph(block)
        else:
            cells += take_table(block, builder)
            check_cell_count(cells, "")

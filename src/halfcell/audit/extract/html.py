"""HTML pages (.html): rowspan, colspan, sup and sub, captions inside or above a table; numbers keep their digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.limits import MAX_TEXT_FILE, check_cell_count
from halfcell.audit.extract.common.markup_tables import check_nesting, element_text, take_table
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.signatures import is_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

    from halfcell.audit.extract import Progress
    from halfcell.core.printed_document import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".html", ".htm", ".xhtml")
_HTML = re.compile(r"<!doctype html|<html|<table|<body|<div|<p[ >]", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_CELL = re.compile(r"<t[dh][ >]", re.IGNORECASE)
_BLOCK = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "dd", "dt", "blockquote", "pre"}


def recognises(raw: RawFile) -> bool:
    """Text with HTML tags near its beginning."""
    return is_text(raw.head) and bool(_HTML.search(raw.head.decode("utf-8", errors="replace")))


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read paragraphs, captions and tables in their order."""
    from bs4 import BeautifulSoup

    text = raw.text(largest=MAX_TEXT_FILE)
    check_cell_count(sum(1 for _ in _CELL.finditer(text)), "")
    check_nesting(text)
    soup = BeautifulSoup(_ENTITY.sub("<!-- ", text) if _ENTITY.search(text[:65536]) else text, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    builder = PaperBuilder()
    cells = 0
    for element in _blocks(soup.body or soup):
        if element.name == "table":
            cells += take_table(element, builder)
            check_cell_count(cells, "")
        else:
            builder.paragraph(element_text(element).plain.replace("\n", " "))
    progress(1, 1, "page")
    return builder.paper(str(raw.path), "html")


def _blocks(parent: Tag) -> Iterator[Tag]:
    """Tables and paragraphs in order; a table inside a table stays in its cell."""
    for child in parent.find_all(True, recursive=False):
        if child.name == "table" and _is_layout(child):
            for cell in _own_cells(child):
                yield from _blocks(cell)
        elif child.name in _BLOCK or child.name == "table":
            yield child
        elif child.find(["table", *_BLOCK]):
            yield from _blocks(child)
        elif child.get_text(strip=True):
            yield child


def _is_layout(table: Tag) -> bool:
    """Whether a table only arranges other tables on the page."""
    inner = table.find_all("table")
    return bool(inner) and len(_own_cells(table)) <= 2 * len(inner)


def _own_cells(table: Tag) -> list[Tag]:
    """The cells of a table without those of the tables inside it."""
    return [cell for cell in table.find_all(["td", "th"]) if cell.find_parent("table") is table]

"""HTML pages (.html), by BeautifulSoup: rowspan, colspan, sup and sub, captions inside or above; nothing retyped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.blocks import Blocks
from halfcell.audit.extract.common.limits import MAX_CELLS, MAX_PART, count, is_text
from halfcell.core.paper import PrintedCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bs4 import Tag

    from halfcell.audit.extract import Progress
    from halfcell.core.paper import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".html", ".htm", ".xhtml")
_HTML = re.compile(r"<!doctype html|<html|<table|<body|<div|<p[ >]", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_CELL = re.compile(r"<t[dh][ >]", re.IGNORECASE)
_BLOCK = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "dd", "dt", "blockquote", "pre"}
_BREAKS = {"br", "p", "div", "li"}


def recognises(raw: RawFile) -> bool:
    """Text with HTML tags near its beginning."""
    return is_text(raw.head) and bool(_HTML.search(raw.head.decode("utf-8", errors="replace")))


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read paragraphs, captions and tables in their order."""
    from bs4 import BeautifulSoup

    text = raw.text(largest=MAX_PART)
    found = sum(1 for _ in _CELL.finditer(text))
    count(found, "")
    soup = BeautifulSoup(_ENTITY.sub("<!-- ", text) if _ENTITY.search(text[:65536]) else text, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.decompose()
    blocks = Blocks()
    cells = 0
    for element in _blocks(soup.body or soup):
        if element.name == "table":
            cells += _take_table(element, blocks)
            count(cells, "")
        else:
            blocks.paragraph(_text(element)[0].replace("\n", " "))
    progress(1, 1, "page")
    return blocks.paper(str(raw.path), "html")


def _blocks(parent: Tag) -> Iterator[Tag]:
    """Tables and paragraphs in order; a table inside a table stays in its cell."""
    for child in parent.find_all(True, recursive=False):
        if child.name == "table" and _is_layout(child):
            for cell in child.find_all(["td", "th"]):
                yield from _blocks(cell)
        elif child.name in _BLOCK or child.name == "table":
            yield child
        elif child.find(["table", *_BLOCK]):
            yield from _blocks(child)
        elif child.get_text(strip=True):
            yield child


def _is_layout(table: Tag) -> bool:
    """A table that only places other tables on the page."""
    inner = table.find_all("table")
    own = [cell for cell in table.find_all(["td", "th"]) if cell.find_parent("table") is table]
    return bool(inner) and len(own) <= 2 * len(inner)


def _take_table(table: Tag, blocks: Blocks) -> int:
    """Give one table to the blocks; its caption element first."""
    title = table.find("caption")
    if title:
        blocks.paragraph(_text(title)[0].replace("\n", " "))
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    head = sum(1 for row in rows if row.find_parent("thead") or _all_heads(row))
    cells = list(_cells(rows))
    blocks.table(cells, head if 0 < head < len(rows) else None)
    return len(cells)


def _all_heads(row: Tag) -> bool:
    found = row.find_all(["td", "th"], recursive=False)
    return len(found) > 1 and all(cell.name == "th" for cell in found)


def _cells(rows: list[Tag]) -> Iterator[PrintedCell]:
    """Cells with their place; a rowspan of an earlier row pushes later cells aside."""
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        column = 0
        for item in element.find_all(["td", "th"], recursive=False):
            while (row, column) in taken:
                column += 1
            down, across = (_span(item, name) for name in ("rowspan", "colspan"))
            down = min(down or len(rows), len(rows) - row)
            across = max(across, 1)
            count(len(taken) + down * across, "")
            taken |= {(row + i, column + j) for i in range(down) for j in range(across)}
            plain, marked = _text(item)
            inner = item.find("table") is not None
            yield PrintedCell(
                text=plain,
                markup="" if marked == plain else marked,
                row=row,
                column=column,
                rows=down,
                columns=across,
                doubt="a table stands inside this cell" if inner else "",
            )
            column += across


def _span(item: Tag, name: str) -> int:
    """A span; rowspan=0 means to the end."""
    try:
        return min(max(int(str(item.get(name, "1")).strip()), 0), MAX_CELLS)
    except ValueError:
        return 1


def _text(element: Tag) -> tuple[str, str]:
    """Plain text and markup; source line breaks are spaces, <br> and paragraphs are line breaks."""
    return _tidy(_pieces(element, False)), _tidy(_pieces(element, True))


def _tidy(pieces: Iterable[str]) -> str:
    text = re.sub(r"[ \t\r\f]+", " ", "".join(pieces))
    return re.sub(r" ?\n[ \n]*", "\n", text).strip()


def _pieces(element: Tag, mark: bool) -> Iterator[str]:
    for child in element.children:
        name = getattr(child, "name", None)
        if name is None:
            if type(child).__name__ == "NavigableString":
                yield re.sub(r"\s+", " ", str(child))
        elif name in {"sup", "sub"} and mark:
            inner = "".join(_pieces(child, mark=False)).strip()
            yield f"{'^' if name == 'sup' else '_'}{{{inner}}}" if inner else ""
        else:
            if name in _BREAKS:
                yield "\n"
            yield from _pieces(child, mark)
            if name in _BREAKS and name != "br":
                yield "\n"

"""From the pages of a PDF to a document: captions, paragraphs, and tables, which may continue on the next page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.captions import read_caption
from halfcell.audit.extract.common.document_counts import check_cell_count
from halfcell.audit.extract.common.paper_builder import PaperBuilder
from halfcell.audit.extract.common.pdf import page_breaks, unruled_tables
from halfcell.audit.extract.common.pdf.cells import OPEN_END, Piece
from halfcell.audit.extract.common.pdf.page_content import Heads, PageContent, page_content
from halfcell.audit.extract.common.pdf.paragraphs import Paragraphs
from halfcell.audit.extract.common.pdf.table_columns import Region, columns, phrases
from halfcell.audit.extract.common.pdf.text_lines import Bar, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page

    from halfcell.core.printed_document import Paper

_LISTED = re.compile(r"[.\s]\d{1,3}$")  # the page number at the end of an entry of a list
PROSE = 6  # words of a line that crosses the columns: running text
MOST_CAPTION = 3  # lines of a caption that stand apart from it
NEAR = 15.0  # points: ruling lines this far above and below the lines of a table are its own
_SPACING = 0.75  # of the font size: the lines of a caption are at most this far apart
_SIZE = 0.4  # points by which the font sizes of the lines of a caption may differ

Item = Line | Piece


class DocumentReader:
    """Takes pages one by one; keeps the table that may continue on the next page."""

    def __init__(self) -> None:
        self._builder = PaperBuilder()
        self._ruled: list[Piece] = []  # the open ruled table
        self._regions: list[Region] = []  # the open table without a grid
        self._text = Paragraphs()
        self._cells = 0
        self._waiting: PageContent | None = None  # the page before the one just taken
        self._margins: Heads = frozenset()  # of the pages before it
        self._listing = False  # whether the line before was an entry of a list of figures and tables

    def page(self, page: Page, number: int) -> None:
        """Take one page; it is read once the next one shows which of its lines are running heads."""
        content = page_content(page, number, self._waiting.gap if self._waiting else None)
        self._read_waiting(content.margin)
        self._waiting = content

    def _read_waiting(self, margin_after: Heads) -> None:
        """Read the page that waits, without the lines that the margins of the pages around it repeat."""
        content, self._waiting = self._waiting, None
        if content is None:
            return
        repeated = self._margins | margin_after
        for place, flow in enumerate(content.flows):
            items: list[Item] = [*content.text(flow, repeated), *flow.grids]
            items.sort(key=lambda item: item.top)
            index = self._first(items, flow.bars, content.number) if place == 0 else 0
            while index < len(items):
                index = self._item(items, index, flow.bars, content.number)
        self._margins = content.margin | (self._margins & margin_after)

    def _first(self, items: Sequence[Item], bars: Sequence[Bar], number: int) -> int:
        """At the top of a page: a table whose caption ended the page before, or the rest of one without a grid."""
        text = _text_from(items, 0)
        if not text or self._ruled:
            return 0
        if self._builder.expects_table and not self._regions:
            return self._unruled(items, 0, bars, number)
        region = _region(text, bars) if self._regions else []
        if region and unruled_tables.continues(self._regions[-1].lines, region):
            self._regions.append(Region(lines=tuple(region), bars=_beside(region, bars), page=number))
            return len(region)
        return 0

    def _item(self, items: Sequence[Item], index: int, bars: Sequence[Bar], number: int) -> int:
        """Take a ruled table, a caption with what follows it, or a line of text; returns the next index."""
        item = items[index]
        if isinstance(item, Piece):
            self._say(self._text.flush())
            self._take_ruled(item)
            return index + 1
        self._close_table()
        found = None if self._text.runs_into(item) else read_caption(item.text)
        if found is None:
            self._listing = False
            self._say(self._text.take(item))
            return index + 1
        self._say(self._text.flush())
        caption = _caption_lines(items, index, bars)
        end = index + len(caption)
        self._listing = _is_listed(items, index, end) or (self._listing and any(map(_has_page_number, caption)))
        if self._listing:
            self._builder.entry(_one_line(caption), number)
            return end
        self._builder.paragraph(_one_line(caption), number)
        return self._unruled(items, end, bars, number) if found.is_table else end

    def _say(self, text: str) -> None:
        if text:
            self._builder.paragraph(text)

    def _unruled(self, items: Sequence[Item], start: int, bars: Sequence[Bar], number: int) -> int:
        """A table without a grid below its caption; returns the index after it, or `start` if there is none."""
        top = items[start - 1].bottom - 2 if start else 0.0
        below = [bar for bar in bars if bar.top > top]
        text = _text_from(items, start)
        text = text[_above_rule(text, below) :]
        skipped = len(_text_from(items, start)) - len(text)
        region = _region(text, below) if text else []
        if not region or len(columns(region).left) < 2:
            return start
        self._regions.append(Region(lines=tuple(region), bars=_beside(region, below), page=number))
        return start + skipped + len(region)

    def _take_ruled(self, piece: Piece) -> None:
        """A ruled table: the rest of the open one, or a new one."""
        if not (self._ruled and page_breaks.continues(self._ruled[-1], piece)):
            self._close_table()
        self._ruled.append(piece)

    def _close_table(self) -> None:
        """Hand the open table to the builder."""
        pieces = unruled_tables.pieces(self._regions) if self._regions else self._ruled
        if pieces:
            cells = page_breaks.cells(pieces)
            self._cells += len(cells)
            check_cell_count(self._cells, "")
            self._builder.table(cells, pieces[0].header_rows or None, pieces[0].page)
        self._regions, self._ruled = [], []

    def paper(self, path: str) -> Paper:
        """The document.

        Raises
        ------
        InputError
            If it has no text (a scan).
        """
        self._read_waiting(frozenset())
        self._say(self._text.flush())
        self._close_table()
        return self._builder.paper(path, "pdf")


def _text_from(items: Sequence[Item], start: int) -> list[Line]:
    """The lines of text from here to the next ruled table or caption."""
    found = []
    for item in items[start:]:
        if isinstance(item, Piece) or read_caption(item.text):
            break
        found.append(item)
    return found


def _is_listed(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether a caption is an entry of a list: it has a page number, as has the entry before or after it."""
    last, before = items[end - 1], items[start - 1] if start else None
    numbered = any(isinstance(item, Line) and _has_page_number(item) for item in items[start:end])
    if isinstance(last, Piece) or not (numbered or _LISTED.search(last.text)):
        return False
    after = items[end] if end < len(items) else None
    follows = after is not None and not isinstance(after, Piece) and read_caption(after.text) is not None
    return follows or (before is not None and not isinstance(before, Piece) and bool(_LISTED.search(before.text)))


def _has_page_number(line: Line) -> bool:
    """Whether a line ends in a number that is set apart from its text, as the page numbers of a list are."""
    *others, last = line.words
    return bool(others and last.text.isdigit() and last.x0 - others[-1].x1 > line.size)


def _above_rule(text: Sequence[Line], bars: Sequence[Bar]) -> int:
    """The number of first lines that are a single phrase above the first ruling line: the end of a caption."""
    first = min((bar.top for bar in bars), default=0.0)
    count = 0
    for line in text[:MOST_CAPTION]:
        if line.bottom > first + 3 or len(phrases(line)) > 1:
            break
        count += 1
    return count


def _region(below: list[Line], bars: Sequence[Bar]) -> list[Line]:
    """The lines of a table: up to its third or a later ruling line, else up to the first line across its columns.

    Only two ruling lines may be those around the header of a table that continues on the next page.
    """
    inside = [bar.top for bar in bars if below and below[0].top - 6 <= bar.top <= below[-1].bottom + NEAR]
    if len(inside) >= 3:
        found = [line for line in below if line.bottom <= inside[-1] + 3]
        open_end = unruled_tables.rows_below(found, below[len(found) :])
        return [*found, *open_end] if open_end else _without_notes(found, inside)
    found = unruled_tables.until_prose(below, far=9.0 if inside else 3.0)
    while len(found) > 2 and _is_remark(found[-1]):
        found = found[:-1]
    return found


def _is_remark(line: Line) -> bool:
    """Whether the last line of a table without a rule below it is running text below the table."""
    return len(line.words) >= PROSE and len(phrases(line)) == 1


def _beside(region: Sequence[Line], bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """The ruling lines of a table: not those of other tables and of figures on its page."""
    top, bottom = region[0].top - NEAR, region[-1].bottom + NEAR
    return tuple(bar for bar in bars if top <= bar.top <= bottom)


def _without_notes(lines: list[Line], bars: Sequence[float]) -> list[Line]:
    """The lines of a table without the running text below it."""
    while len(lines) > 2 and len(lines[-1].words) >= PROSE and unruled_tables.crosses(lines[-1], lines[:-1]):
        lines = lines[:-1]
    for bar in sorted(bars, reverse=True):
        table = [line for line in lines if line.bottom <= bar + 3]
        below = lines[len(table) :]
        if len(table) < 2:
            break
        if below:
            prose = all(len(phrases(line)) == 1 or unruled_tables.crosses(line, table) for line in below)
            return table if prose else lines
    return lines


def _caption_lines(items: Sequence[Item], index: int, bars: Sequence[Bar]) -> list[Line]:
    """The lines of a caption: those that follow closely, in the same size, with no ruling line between them."""
    found: list[Line] = []
    for item in items[index:]:
        if isinstance(item, Piece) or (found and not _continues_caption(found[-1], item, bars)):
            break
        found.append(item)
    return found


def _continues_caption(before: Line, line: Line, bars: Sequence[Bar]) -> bool:
    separated = any(before.top + 2 < bar.top < line.bottom - 2 for bar in bars)
    far = line.top - before.bottom > _SPACING * before.size
    other = abs(line.size - before.size) > _SIZE or read_caption(line.text) or unruled_tables.has_columns(line)
    return not (separated or far or other)


def _one_line(caption: Sequence[Line]) -> str:
    whole = caption[0].text
    for line in caption[1:]:
        whole += line.text if whole.endswith(OPEN_END) else f" {line.text}"
    return whole

"""PDF documents (.pdf): ruled tables by their lines, others by white gutters below a caption; scans are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from halfcell.audit.extract.common import pdf_columns as unruled
from halfcell.audit.extract.common.blocks import Blocks
from halfcell.audit.extract.common.captions import caption
from halfcell.audit.extract.common.limits import MAX_BYTES, MAX_PAGES, count
from halfcell.audit.extract.common.pdf_cells import OPEN_END
from halfcell.audit.extract.common.pdf_lines import Line, lines, rules
from halfcell.audit.extract.common.pdf_pages import cells, goes_on
from halfcell.audit.extract.common.pdf_ruled import ruled
from halfcell.audit.extract.common.pdf_safety import check
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfplumber.page import Page

    from halfcell.audit.extract import Progress
    from halfcell.audit.extract.common.pdf_cells import Piece
    from halfcell.core.paper import Paper
    from halfcell.core.raw import RawFile

SUFFIXES = (".pdf",)
Bar = tuple[float, float, float]  # a rule: its height, its left and its right end
_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–]?\s*S?[-–]?\d{1,4}(?:\s*(?:/|of)\s*\d+)?\s*[-–]?$", re.IGNORECASE)
MAX_CHARS = 200_000  # of one page


def recognises(raw: RawFile) -> bool:
    """The mark of a PDF within its first kilobyte."""
    return b"%PDF" in raw.head[:1024]


def extract(raw: RawFile, progress: Progress) -> Paper:
    """Read page by page: captions, ruled tables, tables below a caption, paragraphs.

    Raises
    ------
    InputError
        If the file is damaged, needs a password, or holds no text (a scan).
    """
    check(raw.read(largest=MAX_BYTES))
    walk = _Walk()
    for number, total, page in _pages(raw):
        walk.page(page, number)
        progress(number, total, "page")
    walk.close()
    return walk.blocks.paper(str(raw.path), "pdf")


def _pages(raw: RawFile) -> Iterator[tuple[int, int, Page]]:
    """The pages, one at a time; what a page holds in memory is dropped after it."""
    import logging

    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    broken = (
        *(PDFException, PdfminerException, MalformedPDFException, ValueError, KeyError, TypeError, IndexError, OSError),
        *(AttributeError, RecursionError, AssertionError, OverflowError, NotImplementedError),
    )
    try:
        with raw.path.open("rb") as file, pdfplumber.open(file) as document:
            total = len(document.pages)
            if total > MAX_PAGES:
                raise InputError(f"the document has {total} pages", hint=f"the audit reads up to {MAX_PAGES}")
            for number, page in enumerate(document.pages, start=1):
                if len(page.chars) > MAX_CHARS:
                    raise InputError(
                        f"page {number} holds {len(page.chars)} characters", hint="leave figures of text out"
                    )
                yield number, total, page
                page.close()
    except broken as error:
        if isinstance(error, PDFPasswordIncorrect) or "PDFPasswordIncorrect" in repr(error):
            raise InputError("the PDF is encrypted", hint="save it without a password") from error
        raise InputError("the PDF is damaged or cut off", hint="copy it again, or print it to a new PDF") from error


@dataclass(frozen=True)
class _Walk:
    """The walk over the pages: finished blocks, and the table that may go on."""

    blocks: Blocks = field(default_factory=Blocks)
    open: list[Piece] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    regions: list[unruled.Region] = field(default_factory=list)

    def page(self, page: Page, number: int) -> None:
        """Take one page."""
        grids = ruled(page, number)
        free = [line for line in lines(page.chars) if not any(g.top <= line.bottom - 1 <= g.bottom for g in grids)]
        text = [line for line in free if not _is_running(line, page.height)]
        bars = [rule for rule in rules(page) if not any(g.top - 2 <= rule[0] <= g.bottom + 2 for g in grids)]
        index = 0
        items: list[Any] = [*text, *grids]
        items.sort(key=lambda item: float(item.top))
        index = self._rest(items, bars, number)
        while index < len(items):
            index = self._item(items, index, bars, number)

    def _rest(self, items: list[Any], bars: list[Bar], number: int) -> int:
        """At the top of a page: a table whose caption ended the page before, or the rest of one without a grid."""
        end = next((i for i, item in enumerate(items) if not isinstance(item, Line) or caption(item.text)), len(items))
        if not end or self.open:
            return 0
        if self.blocks.waiting and not self.regions:
            return self._below(items, 0, bars, number)
        region = _region(items[:end], bars) if self.regions else []
        if region and unruled.continues(self.regions[-1].lines, region):
            self.regions.append(unruled.Region(lines=tuple(region), bars=tuple(bars), page=number))
            return len(region)
        return 0

    def _item(self, items: list[Any], index: int, bars: list[Bar], number: int) -> int:
        """Take a ruled table, a caption with what follows it, or a line of text; returns the next place."""
        item = items[index]
        if not isinstance(item, Line):
            self._piece(item)
            return index + 1
        found = caption(item.text)
        if found is None:
            self.close()
            self.blocks.paragraph(item.text, number)
            return index + 1
        self.close()
        end = _caption_end(items, index, bars)
        whole = items[index].text
        for line in items[index + 1 : end]:
            whole += line.text if whole.endswith(OPEN_END) else f" {line.text}"
        self.blocks.paragraph(whole, number)
        if not found.is_table or end >= len(items) or not isinstance(items[end], Line):
            return end
        return self._below(items, end, bars, number)

    def _below(self, items: list[Any], start: int, bars: list[Bar], number: int) -> int:
        """A table without a grid below its caption."""
        stop = next(
            (i for i in range(start, len(items)) if not isinstance(items[i], Line) or caption(items[i].text)),
            len(items),
        )
        top = items[start - 1].bottom - 2 if start else 0.0
        own = [bar for bar in bars if bar[0] > top]
        region = _region(items[start:stop], own)
        if len(unruled.columns(region).left) < 2:
            return start
        self.regions.append(unruled.Region(lines=tuple(region), bars=tuple(own), page=number))
        return start + len(region)

    def _piece(self, piece: Piece) -> None:
        """A ruled table: the rest of the open one, or a new one."""
        if self.open and goes_on(self.open[-1], piece):
            self.open.append(piece)
            return
        self.close()
        self.open.append(piece)

    def close(self) -> None:
        """Finish the open table."""
        if self.regions:
            self.open[:] = unruled.pieces(self.regions)
            self.regions.clear()
        if self.open:
            made = cells(self.open)
            self.counted.append(len(made))
            count(sum(self.counted), "")
            head = self.open[0].head
            self.blocks.table(made, head or None, self.open[0].page)
            self.open.clear()


def _region(below: list[Line], bars: list[Bar]) -> list[Line]:
    """The lines of a table: to its third rule or a later one, else to the first line that crosses gutters.

    Two rules alone may be those around the head of a table that the page cuts.
    """
    inside = [bar[0] for bar in bars if below and below[0].top - 6 <= bar[0] <= below[-1].bottom + 40]
    if len(inside) >= 3:
        return [line for line in below if line.bottom <= inside[-1] + 3]
    return unruled.until_prose(below, far=9.0 if inside else 3.0)


def _is_running(line: Line, height: float) -> bool:
    """Whether a line is a page number in the margin."""
    margin = line.bottom < 0.07 * height or line.top > 0.93 * height
    return margin and bool(_PAGE_NUMBER.match(line.text))


def _caption_end(items: list[Any], index: int, bars: list[Bar]) -> int:
    """The item after a caption: it goes on while lines follow closely, in one size, with no rule between."""
    end = index + 1
    while end < len(items) and isinstance(items[end], Line):
        before, line = items[end - 1], items[end]
        ruled_off = any(before.top + 2 < bar[0] < line.bottom - 2 for bar in bars)
        far = line.top - before.bottom > 0.75 * before.size
        if ruled_off or far or abs(line.size - before.size) > 0.4 or caption(line.text) or unruled.is_parted(line):
            break
        end += 1
    return end

"""What one page of a PDF holds, without the lines in its margins that return on other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.cells import Piece
from halfcell.audit.extract.common.pdf.ruled_tables import ruled_tables
from halfcell.audit.extract.common.pdf.text_lines import Bar, Line, lines, ruling_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page

_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–]?\s*S?[-–]?\d{1,4}(?:\s*(?:/|of)\s*\d+)?\s*[-–]?$", re.IGNORECASE)
_MARGIN = 0.09  # of the height of a page: page numbers and running heads are printed there
_DIGITS = re.compile(r"\d+")

Heads = frozenset[tuple[int, str]]


@dataclass(frozen=True, kw_only=True)
class PageContent:
    """A page: its lines of text outside of grids, its tables with a grid, and the other ruling lines."""

    number: int
    height: float
    lines: tuple[Line, ...]
    grids: tuple[Piece, ...]
    bars: tuple[Bar, ...]

    @property
    def margin(self) -> Heads:
        """Height and text of the lines in the margins, numbers left out: what another page may repeat."""
        return frozenset(_head(line) for line in self.lines if self._in_margin(line))

    def text(self, repeated: Heads) -> list[Line]:
        """The lines without page numbers and running heads."""
        return [
            line
            for line in self.lines
            if not (self._in_margin(line) and (_PAGE_NUMBER.match(line.text) or _head(line) in repeated))
        ]

    def _in_margin(self, line: Line) -> bool:
        return line.bottom < _MARGIN * self.height or line.top > (1 - _MARGIN) * self.height


def page_content(page: Page, number: int) -> PageContent:
    """Read lines, grids and ruling lines of a page."""
    grids = ruled_tables(page, number)
    free = [line for line in lines(page.chars) if not any(g.top <= line.bottom - 1 <= g.bottom for g in grids)]
    bars = [bar for bar in ruling_lines(page) if not any(g.top - 2 <= bar.top <= g.bottom + 2 for g in grids)]
    return PageContent(
        number=number, height=float(page.height), lines=tuple(free), grids=tuple(grids), bars=tuple(bars)
    )


def _head(line: Line) -> tuple[int, str]:
    return round(line.top), _DIGITS.sub("#", line.text)

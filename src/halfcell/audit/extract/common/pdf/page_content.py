"""What one page of a PDF holds, without the lines in its margins that return on other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.cells import Piece
from halfcell.audit.extract.common.pdf.page_columns import Gap, Zone, find_gap, zones
from halfcell.audit.extract.common.pdf.ruled_tables import ruled_tables
from halfcell.audit.extract.common.pdf.text_lines import Bar, Char, Line, lines, ruling_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page

_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–]?\s*S?[-–]?\d{1,4}(?:\s*(?:/|of)\s*\d+)?\s*[-–]?$", re.IGNORECASE)
_MARGIN = 0.09  # of the height of a page: page numbers and running heads are printed there
_DIGITS = re.compile(r"\d+")

Heads = frozenset[tuple[int, str]]


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A part of a page that is read from top to bottom: lines outside of grids, grids, and other ruling lines."""

    lines: tuple[Line, ...]
    grids: tuple[Piece, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class PageContent:
    """A page: its parts in reading order, and the gap between its columns, if it has two."""

    number: int
    height: float
    flows: tuple[Flow, ...]
    gap: Gap | None = None

    @property
    def margin(self) -> Heads:
        """Height and text of the lines in the margins, numbers left out: what another page may repeat."""
        return frozenset(_head(line) for flow in self.flows for line in flow.lines if self._in_margin(line))

    def text(self, flow: Flow, repeated: Heads) -> list[Line]:
        """The lines of a part without page numbers and running heads."""
        return [
            line
            for line in flow.lines
            if not (self._in_margin(line) and (_PAGE_NUMBER.match(line.text) or _head(line) in repeated))
        ]

    def _in_margin(self, line: Line) -> bool:
        return line.bottom < _MARGIN * self.height or line.top > (1 - _MARGIN) * self.height


def page_content(page: Page, number: int, known: Gap | None = None) -> PageContent:
    """Read lines, grids and ruling lines of a page; `known` is the gap between the columns of the page before it."""
    grids = ruled_tables(page, number)
    outside = [char for char in page.chars if not any(_is_in(char, grid) for grid in grids)]
    gap = find_gap(outside, float(page.width), known)
    parts = zones(page.chars, grids, ruling_lines(page), gap)
    return PageContent(number=number, height=float(page.height), flows=tuple(_flow(part) for part in parts), gap=gap)


def _is_in(char: Char, grid: Piece) -> bool:
    return grid.top <= char["top"] <= grid.bottom and grid.columns[0] <= char["x0"] <= grid.columns[-1]


def _flow(part: Zone) -> Flow:
    grids = part.grids
    free = [line for line in lines(list(part.chars)) if not any(g.top <= line.bottom - 1 <= g.bottom for g in grids)]
    bars = [bar for bar in part.bars if not any(g.top - 2 <= bar.top <= g.bottom + 2 for g in grids)]
    return Flow(lines=tuple(free), grids=grids, bars=tuple(bars))


def _head(line: Line) -> tuple[int, str]:
    return round(line.top), _DIGITS.sub("#", line.text)

"""Widths of a table's columns by what stands in them, for formats that want them said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from halfcell.core import markup

if TYPE_CHECKING:
    from halfcell.report.table_grid import Grid

PAGE_MM: Final = 178.0
_LETTER: Final = 0.175  # mm of width for a letter of 1 pt, on the broad side
_MARGINS_MM: Final = 5.0
_SMALLEST: Final = 5.0  # pt
_BOLD: Final = 1.15  # heads are bold, and wider still in the font that stands in for one that is missing
_BREAK: Final = re.compile(r"[/|-]")  # where a long word may be broken
_WHOLE: Final = 8  # letters of a word that is not broken at its signs: a unit


def fitted(grid: Grid, size_pt: float, least_mm: float, broader: float = 1.0) -> tuple[float, list[float]]:
    """Size of the letters and widths of the columns: no word is wider than its column, and the page holds them all.

    Where the longest words do not fit beside one another, there is first less room beside the words (`least_mm` is what
    the format keeps), then the letters are smaller, down to 5 pt; what does not fit then is as narrow as its words.
    `broader` (a factor) is how much broader letters may turn out, where the font is not sure to be installed: words get
    that room as far as the page has it, before lines do.
    """
    size, margins = size_pt, least_mm if broader > 1.0 else _MARGINS_MM
    while sum(_narrow(grid, size, margins)) > PAGE_MM and size > _SMALLEST:
        size, margins = (size - 0.5, least_mm) if margins == least_mm else (size, least_mm)
    return size, widths_mm(grid, size, margins, broader)


def widths_mm(grid: Grid, size_pt: float, margins_mm: float = _MARGINS_MM, broader: float = 1.0) -> list[float]:
    """Widths of the columns: their longest line where the page allows, never less than their longest word."""
    letters = [width - margins_mm for width in _narrow(grid, size_pt, margins_mm)]
    room = (PAGE_MM - margins_mm * len(letters)) / (sum(letters) or 1.0)
    narrow = [min(broader, max(1.0, room)) * width + margins_mm for width in letters]
    lines = [_mm(max(map(len, lines)), size_pt, margins_mm) for lines in _lines(grid)]
    wide = [max(pair) for pair in zip(narrow, lines, strict=True)]
    spare, asked = PAGE_MM - sum(narrow), sum(wide) - sum(narrow)
    part = min(1.0, max(0.0, spare / asked)) if asked else 1.0
    return [low + part * (high - low) for low, high in zip(narrow, wide, strict=True)]


def _narrow(grid: Grid, size_pt: float, margins_mm: float) -> list[float]:
    """The width of each column's longest word."""
    longest = [max(len(word) for line in lines for word in _words(line)) for lines in _lines(grid)]
    heads = [_BOLD * max(len(word) for line in _halved(head) for word in _words(line)) for head in grid.head]
    return [_mm(max(pair), size_pt, margins_mm) for pair in zip(longest, heads, strict=True)]


def _lines(grid: Grid) -> list[list[str]]:
    """All lines of each column."""
    texts: list[list[str]] = [_halved(head) for head in grid.head]
    for row in grid.rows:
        for cell in row:
            if cell.columns == 1:
                texts[cell.column].append(markup.plain(cell.text) + cell.mark)
    return texts


def _words(line: str) -> list[str]:
    """The parts of a line that must not be broken; a unit is one."""
    if line.startswith("("):
        return [line]
    return [part for word in line.split() or [""] for part in ([word] if len(word) <= _WHOLE else _BREAK.split(word))]


def _mm(letters: float, size_pt: float, margins_mm: float) -> float:
    return _LETTER * size_pt * letters + margins_mm


def _halved(text: str) -> list[str]:
    """The lines of a head if its label is broken in two."""
    lines = markup.plain(text).split("\n")
    words = lines[0].split()
    half = -(-len(words) // 2)
    return [" ".join(words[:half]), " ".join(words[half:]), *lines[1:]] if len(words) > 1 else lines

"""Widths of the columns of a table, calculated from its texts, for Word and PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from halfcell.core import markup

if TYPE_CHECKING:
    from halfcell.report.table_grid import Grid

PAGE_MM: Final = 178.0
_LETTER: Final = 0.175  # mm of width of a letter of 1 pt, rather too much than too little
_MARGINS_MM: Final = 5.0
_SMALLEST: Final = 5.0  # pt
_BOLD: Final = 1.15  # headers are bold, and wider still in a font that replaces a missing one
_BREAK: Final = re.compile(r"[/|-]")  # where a long word may be broken
_READABLE: Final = 7.5  # pt; letters are not made smaller than this only to have space for a broader font
_NUMBER: Final = re.compile(r"^[\d(].*\d\)? [±×] \d")  # a value with its uncertainty or its power of ten
_WHOLE: Final = 8  # letters; a shorter word, such as a unit, is not broken


def fitted(
    grid: Grid, size_pt: float, least_mm: float, broader: float = 1.0, *, page_mm: float = PAGE_MM
) -> tuple[float, list[float]]:
    """Font size and column widths with which no word is wider than its column and the table fits on the page.

    If the longest words do not fit side by side, first the margins of the cells are reduced, then the font, down to
    5 pt. If they do not fit even then, the columns are as narrow as their words. Where letters may turn out broader,
    the font is reduced to 7.5 pt, so that no word is broken then.

    Parameters
    ----------
    grid
        The table.
    size_pt
        The font size to start with, in points.
    least_mm
        The smallest margins of a cell that the format allows, in mm.
    broader
        A factor by which letters may turn out broader, if the font may not be installed. Words get that much more
        space, as far as the page allows, before long lines do.
    page_mm
        The width of the page between its margins.

    Returns
    -------
    tuple
        The font size in points, and the width of each column in mm.
    """
    size, margins = size_pt, least_mm if broader > 1.0 else _MARGINS_MM
    while sum(_narrow(grid, size, margins)) > page_mm and size > _SMALLEST:
        size, margins = (size - 0.5, least_mm) if margins == least_mm else (size, least_mm)
    while broader > 1.0 and size > _READABLE and _broad(grid, size, margins, broader) > page_mm:
        size -= 0.5
    return size, widths_mm(grid, size, margins, broader, page_mm=page_mm)


def widths_mm(
    grid: Grid, size_pt: float, margins_mm: float = _MARGINS_MM, broader: float = 1.0, *, page_mm: float = PAGE_MM
) -> list[float]:
    """Widths of the columns: their longest line if the page allows it, never less than their longest word."""
    letters = [width - margins_mm for width in _narrow(grid, size_pt, margins_mm)]
    space = (page_mm - margins_mm * len(letters)) / (sum(letters) or 1.0)
    narrow = [min(broader, max(1.0, space)) * width + margins_mm for width in letters]
    numbers = [max(pair) for pair in zip(narrow, _numbers(grid, size_pt, margins_mm, broader), strict=True)]
    narrow = numbers if sum(numbers) <= page_mm else narrow
    lines = [_mm(max(map(len, lines)), size_pt, margins_mm) for lines in _lines(grid)]
    wide = [max(pair) for pair in zip(narrow, lines, strict=True)]
    spare, asked = page_mm - sum(narrow), sum(wide) - sum(narrow)
    part = min(1.0, max(0.0, spare / asked)) if asked else 1.0
    return [low + part * (high - low) for low, high in zip(narrow, wide, strict=True)]


def _broad(grid: Grid, size_pt: float, margins_mm: float, broader: float) -> float:
    """The width of the table if letters are broader."""
    return sum(broader * (width - margins_mm) + margins_mm for width in _narrow(grid, size_pt, margins_mm))


def _narrow(grid: Grid, size_pt: float, margins_mm: float) -> list[float]:
    """The width of each column's longest word."""
    longest = [max(len(word) for line in lines for word in _words(line)) for lines in _lines(grid)]
    headers = [_BOLD * max(len(word) for line in _halved(text) for word in _words(line)) for text in grid.headers]
    return [_mm(max(pair), size_pt, margins_mm) for pair in zip(longest, headers, strict=True)]


def _numbers(grid: Grid, size_pt: float, margins_mm: float, broader: float) -> list[float]:
    """The width of each column's longest number with its uncertainty or power of ten."""
    longest = [max(len(line) if _NUMBER.search(line) else 0 for line in lines) for lines in _lines(grid)]
    return [_mm(broader * letters, size_pt, margins_mm) for letters in longest]


def _lines(grid: Grid) -> list[list[str]]:
    """All lines of each column."""
    texts: list[list[str]] = [_halved(text) for text in grid.headers]
    for row in grid.rows:
        for cell in row:
            if cell.columns == 1:
                texts[cell.column].append(markup.plain(cell.text) + cell.mark)
    return texts


def _words(line: str) -> list[str]:
    """The parts of a line that must not be broken; a unit is one part."""
    if line.startswith("("):
        return [line]
    return [part for word in line.split() or [""] for part in ([word] if len(word) <= _WHOLE else _BREAK.split(word))]


def _mm(letters: float, size_pt: float, margins_mm: float) -> float:
    return _LETTER * size_pt * letters + margins_mm


def _halved(text: str) -> list[str]:
    """The lines of a header if its label is broken in two."""
    lines = markup.plain(text).split("\n")
    words = lines[0].split()
    half = -(-len(words) // 2)
    return [" ".join(words[:half]), " ".join(words[half:]), *lines[1:]] if len(words) > 1 else lines

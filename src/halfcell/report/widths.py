"""Widths of a table's columns by what stands in them, for formats that want them said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from halfcell.core import markup

if TYPE_CHECKING:
    from halfcell.report.cells import Grid

PAGE_MM: Final = 178.0
_LETTER: Final = 0.175  # mm of width for a letter of 1 pt, on the broad side
_MARGINS_MM: Final = 5.0
_BREAK: Final = re.compile(r"[\s/|-]")  # where a line may be broken


def widths_mm(grid: Grid, size_pt: float) -> list[float]:
    """Widths of the columns: their longest line where the page allows, never less than their longest word."""
    texts: list[list[str]] = [_halved(head) for head in grid.head]
    for row in grid.rows:
        for cell in row:
            if cell.columns == 1:
                texts[cell.column].append(markup.plain(cell.text) + cell.mark)
    wide = [_mm(max(map(len, lines)), size_pt) for lines in texts]
    narrow = [_mm(max(len(word) for line in lines for word in _words(line)), size_pt) for lines in texts]
    spare, asked = PAGE_MM - sum(narrow), sum(wide) - sum(narrow)
    part = min(1.0, max(0.0, spare / asked)) if asked else 1.0
    return [low + part * (high - low) for low, high in zip(narrow, wide, strict=True)]


def _words(line: str) -> list[str]:
    """The parts of a line that must not be broken; a unit is one."""
    return [line] if line.startswith("(") else _BREAK.split(line)


def _mm(letters: int, size_pt: float) -> float:
    return _LETTER * size_pt * letters + _MARGINS_MM


def _halved(text: str) -> list[str]:
    """The lines of a head if its label is broken in two."""
    lines = markup.plain(text).split("\n")
    words = lines[0].split()
    half = -(-len(words) // 2)
    return [" ".join(words[:half]), " ".join(words[half:]), *lines[1:]] if len(words) > 1 else lines

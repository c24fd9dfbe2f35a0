"""What looks like a table but is not one: layout, lists of contents and of references, equations, ticks of a chart."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from halfcell.audit.tables.grid import is_number, text_of
from halfcell.core.printed_cells import read_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.printed_document import PrintedTable

LONG = 160  # characters of a cell: running text, no entry of a table
SHORT = 60  # characters: no line of a list of references is as short
_REFERENCE = re.compile(r"^\[?\(?\d{1,3}\)?\]?\.?$")
_SOURCE = re.compile(r"\b(?:19|20)\d\d\b|\bdoi\b|et al", re.IGNORECASE)
_EQUATION_NUMBER = re.compile(r"^\((?:[A-Z]\.?|[A-Z]-)?\d+(?:[.-]\d+)?[a-z]?\)$")
_CONTENTS = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s|(?:chapter|appendix|table|fig(?:ure)?|section|references|abstract)\b)", re.IGNORECASE
)
_STEP = 0.02  # of a step: how exactly the ticks of an axis are the same distance apart


def why_no_table(table: PrintedTable) -> str:
    """Why a grid of cells is not a table of results, in a few words; empty if it is one.

    A grid with a caption is only left out if it holds no numbers.
    """
    if table.width < 2 or table.height < 2:
        return "one row or one column"
    numbers = any(is_number(cell) for cell in table.cells if text_of(cell))
    if table.caption:
        return "" if numbers else "no numbers"
    rows = [[text.strip() for text in row] for row in table.texts()]
    for reason, holds in (
        ("an equation", _is_equation),
        ("a list of references", _is_references),
        ("a list of contents", _is_contents),
        ("the ticks of a chart", _is_chart),
        ("running text", _is_layout),
    ):
        if holds(rows):
            return reason
    return "" if numbers else "no numbers"


def _is_equation(rows: Sequence[Sequence[str]]) -> bool:
    """Whether each row ends in the number of an equation: ``(1)``."""
    last = [next((text for text in reversed(row) if text), "") for row in rows]
    return all(_EQUATION_NUMBER.match(text) for text in last if text) and any(last)


def _is_references(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a number in brackets and a long text with a year."""
    found = [[text for text in row if text] for row in rows]
    fits = (
        len(row) == 2 and bool(_REFERENCE.match(row[0])) and len(row[1]) > SHORT and bool(_SOURCE.search(row[1]))
        for row in found
    )
    return sum(fits) > len(found) / 2


def _is_contents(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are titles with page numbers that never fall."""
    found = [[text for text in row if text] for row in rows]
    ends = [row[-1] for row in found if len(row) >= 2 and row[-1].isdigit()]
    if len(found) < 3 or len(ends) < 0.8 * len(found) or any(sum(map(_is_digits, row)) > 2 for row in found):
        return False
    titled = sum(bool(_CONTENTS.match(" ".join(row))) for row in found)
    return all(int(a) <= int(b) for a, b in pairwise(ends)) and 2 * titled >= len(found)


def _is_digits(text: str) -> bool:
    return text.replace(".", "").isdigit()


def _is_chart(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most cells are empty, and what is filled are numbers at equal steps: the axes of a chart."""
    cells = [text for row in rows for text in row]
    filled = [text for text in cells if text]
    numbers = [read_cell(text).number for text in filled]
    values = [float(number.value) for number in numbers if number is not None]
    if 2 * len(filled) > len(cells) or 2 * len(values) < len(filled) or len(values) < 4:
        return False
    steps = [b - a for a, b in pairwise(values)]
    usual = median(abs(step) for step in steps)
    return usual > 0 and 2 * sum(abs(abs(step) - usual) < _STEP * usual for step in steps) >= len(steps)


def _is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most of the text stands in cells as long as paragraphs."""
    texts = [text for row in rows for text in row]
    long = sum(len(text) for text in texts if len(text) > LONG)
    return 2 * long > sum(len(text) for text in texts)

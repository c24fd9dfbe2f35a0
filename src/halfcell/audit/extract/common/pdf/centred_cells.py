"""Cells of a PDF table that are merged over several rows and set in the middle of them."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.audit.extract.common.pdf.cells import Draft

NEAR = 0.3  # of the distance between two rows: how exactly a cell stands in the middle of its rows
ABOVE = 2.0  # points between the bottom of a line of text and a ruling line that is above it, at least
FEWEST = 3  # rows of a table in which merged cells are looked for


def centred(drafts: Sequence[Draft], rules: Sequence[float] = ()) -> list[Draft]:
    """The cells, with those of columns whose few cells stand in the middle of groups of rows spread over these rows.

    The groups follow from the first row: a cell whose middle is at height m, and whose first row is at height a, ends
    at height 2 m − a. A column is only spread if its cells divide all rows so. Where ruling lines (`rules`, their
    heights) divide the rows, these are the groups.
    """
    columns: dict[int, list[Draft]] = {}
    for draft in drafts:
        columns.setdefault(draft.column, []).append(draft)
    heights = _row_heights(columns)
    if len(heights) < FEWEST:
        return list(drafts)
    return [
        draft
        for found in columns.values()
        for draft in _between_rules(found, heights, rules) or _spread(found, heights)
    ]


def _between_rules(
    cells: Sequence[Draft], heights: Sequence[tuple[int, float]], rules: Sequence[float]
) -> list[Draft] | None:
    """The cells of one column, each spread over the rows between two rules; None where one is not in their middle."""
    if not rules:
        return None
    step = (heights[-1][1] - heights[0][1]) / (len(heights) - 1)
    found: list[Draft] = []
    for group in range(len(rules) + 1):
        rows = [(row, height) for row, height in heights if _group(height, rules) == group]
        inside = [cell for cell in cells if cell.bits and _group(cell.bits[0].height, rules) == group]
        if len(inside) == 1 < len(rows):
            middle = fmean(bit.height for bit in inside[0].bits)
            if abs(middle - (rows[0][1] + rows[-1][1]) / 2) > NEAR * step:
                return None
            found.append(replace(inside[0], row=rows[0][0], rows=rows[-1][0] - rows[0][0] + 1))
        elif len(inside) in {0, len(rows)}:
            found += inside
        else:
            return None
    return found if len(found) == len(cells) else None


def _group(height: float, rules: Sequence[float]) -> int:
    """The number of ruling lines above a line of text with its bottom at this height."""
    return sum(rule < height - ABOVE for rule in rules)


def _row_heights(columns: Mapping[int, Sequence[Draft]]) -> list[tuple[int, float]]:
    """The rows with their heights on the page, from the columns that have a cell in the most rows."""
    most = max((len(found) for found in columns.values()), default=0)
    heights: dict[int, list[float]] = {}
    for draft in (draft for found in columns.values() if len(found) == most for draft in found if draft.bits):
        heights.setdefault(draft.row, []).append(draft.bits[0].height)
    return sorted((row, min(found)) for row, found in heights.items())


def _spread(cells: Sequence[Draft], heights: Sequence[tuple[int, float]]) -> list[Draft]:
    """The cells of one column, spread over the rows that they stand in the middle of; as they are if that fails."""
    if not 0 < len(cells) < len(heights) or any(len(draft.bits) == 0 for draft in cells):
        return list(cells)
    step = (heights[-1][1] - heights[0][1]) / (len(heights) - 1)
    if abs(min(draft.bits[0].height for draft in cells) - heights[0][1]) < NEAR * step:
        return list(cells)  # the first cell stands in the first row: they are set at the top
    found, start = [], 0
    for draft in sorted(cells, key=lambda cell: cell.bits[0].height):
        if start >= len(heights):
            return list(cells)
        end = 2 * fmean(bit.height for bit in draft.bits) - heights[start][1]
        near = [i for i in range(start, len(heights)) if abs(heights[i][1] - end) < 2 * NEAR * step]
        if not near:
            return list(cells)
        found.append(replace(draft, row=heights[start][0], rows=heights[near[0]][0] - heights[start][0] + 1))
        start = near[0] + 1
    return found if start == len(heights) else list(cells)

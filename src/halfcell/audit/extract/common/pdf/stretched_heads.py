"""Heads of several lines whose words are stretched over the width of their column: no columns of their own."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.extract.common.pdf.table_columns import Columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.extract.common.pdf.text_lines import Line

MOST = 64  # ways to share out the words of heads that are tried
_BRACKETS = {"(": 1, ")": -1, "[": 1, "]": -1}


class _Gap(NamedTuple):
    """Columns of head words alone, between two columns that also have words below: their numbers."""

    first: int
    end: int


def merged(whole: Columns, heads: Sequence[Line], below: Sequence[Line]) -> Columns:
    """The columns without those that only words of heads make: these belong to the column before, or to the next one.

    Of the ways to share the words out, the one is taken that closes the brackets of each head and in which the heads
    stand over the words below them: with one left end, one middle or one right end.

    Parameters
    ----------
    whole
        The columns of all lines.
    heads, below
        The lines above and below the rule under the heads.
    """
    filled = [_has_words(below, low, high) for low, high in zip(whole.left, whole.right, strict=True)]
    gaps = list(_gaps(filled))
    if not gaps or sum(filled) < 2 or not filled[0]:
        return whole
    ways = product(*(range(gap.end - gap.first, -1, -1) for gap in gaps))
    tried = [_shared(whole, filled, gaps, way) for _, way in zip(range(MOST), ways, strict=False)]
    return min(tried, key=lambda found: (not _is_closed(found, heads), _out_of_line(found, heads, below)))


def _out_of_line(found: Columns, heads: Sequence[Line], below: Sequence[Line]) -> float:
    """How far the heads stand aside from the words below them, in points, summed up over the columns."""
    total = 0.0
    for column in range(len(found.left)):
        above, under = (_extent(lines, found, column) for lines in (heads, below))
        if above and under:
            ends = [one - other for one, other in zip(above, under, strict=True)]
            total += min(abs(ends[0]), abs(ends[1]), abs(sum(ends) / 2))
    return total


def _extent(lines: Sequence[Line], found: Columns, column: int) -> tuple[float, float] | None:
    """From where to where the words of a column reach."""
    words = [word for line in lines for word in line.words if found.of(word) == column]
    return (min(word.x0 for word in words), max(word.x1 for word in words)) if words else None


def _has_words(lines: Sequence[Line], low: float, high: float) -> bool:
    return any(word.x0 < high and word.x1 > low for line in lines for word in line.words)


def _gaps(filled: Sequence[bool]) -> list[_Gap]:
    found: list[_Gap] = []
    for place, has in enumerate(filled):
        if has:
            continue
        if found and found[-1].end == place:
            found[-1] = _Gap(found[-1].first, place + 1)
        else:
            found.append(_Gap(place, place + 1))
    return found


def _shared(whole: Columns, filled: Sequence[bool], gaps: Sequence[_Gap], way: Sequence[int]) -> Columns:
    """The columns where of each gap the first ones belong to the column before it, and the rest to the next one."""
    left: list[float] = []
    right: list[float] = []
    limit: list[float] = []
    before = {place for gap, count in zip(gaps, way, strict=True) for place in range(gap.first, gap.first + count)}
    begun = False
    for place, has in enumerate(filled):
        last = place + 1 == len(filled)
        joins = not has and (place in before or last)
        if joins:
            right[-1], limit[-1] = whole.right[place], whole.limit[place]
        elif begun:
            right[-1], limit[-1] = whole.right[place], whole.limit[place]
            begun = not has
        else:
            left.append(whole.left[place])
            right.append(whole.right[place])
            limit.append(whole.limit[place])
            begun = not has
    return Columns(left=tuple(left), right=tuple(right), limit=tuple(limit))


def _is_closed(found: Columns, heads: Sequence[Line]) -> bool:
    """Whether each head opens and closes its brackets."""
    texts = [""] * len(found.left)
    for line in heads:
        for word in line.words:
            texts[found.of(word)] += word.text
    return all(_closes(text) for text in texts)


def _closes(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += _BRACKETS.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0

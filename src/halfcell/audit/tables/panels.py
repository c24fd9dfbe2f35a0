"""Tables in parts: panels side by side, and spanning heads that name subjects or conditions of their columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.heads.head_units import read_unit
from halfcell.audit.heads.vocabulary import LEXICON_ALONE, Vocabulary
from halfcell.audit.tables.grid import Grid, is_number, is_title, text_of
from halfcell.audit.tables.head_cells import head_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.audit.heads import Head
    from halfcell.core.printed_document import PrintedCell

MOST_NAMES = 4  # columns before the blocks
NARROWEST = 2  # columns of a panel


def panels(grid: Grid) -> list[Grid]:
    """The parts of a grid whose first head is repeated further right; the grid itself if it is one table."""
    first = grid[0] if grid else []
    name = text_of(first[0]).lower() if first else ""
    if not name or is_number(first[0]):
        return [grid]
    starts = [
        column
        for column, cell in enumerate(first)
        if text_of(cell).lower() == name and (column == 0 or (cell is not first[0] and cell is not first[column - 1]))
    ]
    ends = [*starts[1:], len(first)]
    if len(starts) < 2 or any(end - start < NARROWEST for start, end in zip(starts, ends, strict=True)):
        return [grid]
    return [[row[start:end] for row in grid] for start, end in zip(starts, ends, strict=True)]


def below_spans(upper: Sequence[PrintedCell | None], lower: Sequence[PrintedCell | None]) -> bool:
    """Whether a row completes the spanning heads above it, in a format without spans.

    It has words or numbers exactly where the row above is blank, or just below the cell left of a blank one; elsewhere
    it is blank.
    """
    if len(upper) < 2 or text_of(lower[0]) or any(cell is not None and cell.columns > 1 for cell in (*upper, *lower)):
        return False
    blank = [not text_of(cell) for cell in upper]
    spanned = [b or (place + 1 < len(blank) and blank[place + 1]) for place, b in enumerate(blank)]
    held = [bool(text_of(cell)) for cell in lower]
    inner = any(blank[1:]) and not blank[1]
    return inner and held[1:] == spanned[1:] and any(held[1:])


def respanned(row: Sequence[PrintedCell | None]) -> Grid:
    """Heads whose spanning lines a format set into one of the columns below them, as two rows; else the one row.

    ``A | Si B | C | A | Sn B | C`` are two blocks of the columns A, B, C below Si and Sn.
    """
    texts = [" ".join(text_of(cell).split()) for cell in row]
    for first in range(min(len(row), MOST_NAMES)):
        for last in range(len(row), max(len(row) - MOST_NAMES, first), -1):
            width = last - first
            for size in range(NARROWEST, width // 2 + 1):
                found = _prefixes(texts[first:last], size) if width % size == 0 else None
                if found:
                    return _two_rows(row, first, size, found)
    return [list(row)]


def _prefixes(texts: Sequence[str], size: int) -> tuple[int, list[str]] | None:
    """The place within blocks of columns whose heads differ by their first words only, and these words."""
    blocks = [texts[start : start + size] for start in range(0, len(texts), size)]
    odd = [place for place in range(size) if len({block[place] for block in blocks}) > 1]
    if len(odd) != 1 or not all(blocks[0]):
        return None
    words = [block[odd[0]].split(" ") for block in blocks]
    shared = 0
    while shared + 1 < min(map(len, words)) and len({w[-shared - 1] for w in words}) == 1:
        shared += 1
    before = [" ".join(w[: len(w) - shared]) for w in words]
    return (odd[0], before) if shared and len(set(before)) == len(before) else None


def _two_rows(row: Sequence[PrintedCell | None], first: int, size: int, found: tuple[int, list[str]]) -> Grid:
    """The row of spanning heads and the row below it."""
    upper: list[PrintedCell | None] = [*row[:first]]
    lower: list[PrintedCell | None] = [*row]
    for block, text in enumerate(found[1]):
        place = first + block * size
        cell = row[place + found[0]]
        if cell is not None:
            upper += [replace(cell, text=text, markup="", column=place, columns=size)] * size
            rest = " ".join(cell.text.split())[len(text) :].strip()
            lower[place + found[0]] = replace(cell, text=rest, markup="")
    return [[*upper, *row[len(upper) :]], lower]


def subjects(rows: Grid, heads: Sequence[Head], known: Vocabulary = LEXICON_ALONE) -> Mapping[str, tuple[int, ...]]:
    """Spanning heads that name a subject (a sample, a cell) or a condition: their columns; none if they qualify heads.

    They name one if the same quantities stand below each of them, and mean the same with and without it.
    """
    used = [row for row in rows if not is_title(row)]
    groups: dict[str, list[int]] = {}
    for column, head in enumerate(heads):
        if head.group:
            groups.setdefault(head.group, []).append(column)
    below = {group: [_own(used, column, heads, known) for column in own] for group, own in groups.items()}
    kinds = {tuple(head.quantity for head in own) for own in below.values()}
    if len(groups) < 2 or len(kinds) != 1 or not any(next(iter(kinds))):
        return {}
    for group, own in groups.items():
        for column, alone in zip(own, below[group], strict=True):
            if heads[column].quantity != alone.quantity or not _is_same(heads[column], alone):
                return {}
    return {group: tuple(own) for group, own in groups.items()}


def _is_same(head: Head, alone: Head) -> bool:
    part = "" if head.of == "cell" else head.of
    return part == alone.of and head.cycle == alone.cycle and head.process == alone.process


def _own(rows: Grid, column: int, heads: Sequence[Head], known: Vocabulary) -> Head:
    """The head of a column without the one that spans it."""
    cell = next((row[column] for row in reversed(rows) if text_of(row[column])), None)
    unit = read_unit(text_of(cell).strip("()[] "))[0]
    return heads[column] if unit else head_of(text_of(cell), cell.markup if cell else "", known)

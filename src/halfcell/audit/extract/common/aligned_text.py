"""Tables in plain text whose columns are set by blanks, by bars, or between rules of dashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.printed_document import PrintedCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDEST = 2_000  # characters of a line that belongs to such a table
TALLEST = 5_000  # lines, chosen: no table is taller; bounds the time for text made to take long
_RULE = re.compile(r"^\s*[-=+–—─━_|: ]{3,}$")
_DASHES = re.compile(r"[-=–—─━_]{3,}")
_PAIR = re.compile(
    r"^\s*([A-Za-zΑ-ω].{1,80}?)(?:\s{2,}|\s*[:=]\s+)([~<>≈]?\s?[-−–]?\d[\d.,]*(?:\s?[^\s\d]{1,12})?)\s*$"
)
_DIGIT = re.compile(r"\d")
_SIGNS = re.compile(r"[^ ]+")
CLOSED = 3  # rules of a table that ends with its last one; what follows are notes
GAP = 2  # blanks between columns
FEWEST_ROWS = 3  # lines of a table without rules


class Block(NamedTuple):
    """A table found in lines of text: the first line, the line after the last one, its cells, its rows of heads."""

    start: int
    end: int
    cells: tuple[PrintedCell, ...]
    head_rows: int


class _Line(NamedTuple):
    """A line of a table: its text, and whether a row ends behind it."""

    text: str
    ends: bool


def aligned_blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The tables among some lines, in their order."""
    start = 0
    while start < len(lines):
        end = _block_end(lines, start)
        found = _block(lines, start, end) if end - start >= FEWEST_ROWS else None
        if found:
            yield found
        start = max(end, start + 1)


def _is_rule(line: str) -> bool:
    return bool(_RULE.match(line) and _DASHES.search(line))


def _block_end(lines: Sequence[str], start: int) -> int:
    """The line after a run of lines without tabs; between two rules, blank lines part rows and do not end it."""
    end = start
    while end < len(lines) and end - start < TALLEST and len(lines[end]) <= WIDEST and "\t" not in lines[end]:
        if not lines[end].strip() and not (_is_rule(lines[start]) and _closes(lines, end)):
            break
        end += 1
    rules = [place for place in range(start, end) if _is_rule(lines[place])]
    return rules[-1] + 1 if len(rules) >= CLOSED and rules[0] == start else end


def _closes(lines: Sequence[str], blank: int) -> bool:
    """Whether a row and, at last, a rule follow a blank line, without a second blank one between them."""
    place = blank + 1
    while place < len(lines) and place - blank < TALLEST:
        if _is_rule(lines[place]):
            return place > blank + 1
        if not lines[place].strip() and not lines[place - 1].strip():
            return False
        place += 1
    return False


def _block(lines: Sequence[str], start: int, end: int) -> Block | None:
    """The table in a run of lines; None if its lines are not set in columns, or hold no numbers."""
    run = [line.replace("\u00a0", " ").rstrip() for line in lines[start:end]]
    printed = [line for line in run if not _is_rule(line)]
    if printed and all(line.lstrip().startswith("|") for line in printed if line.strip()):
        return _barred(run, start, end)
    if len(printed) == len(run) and (pairs := _pairs(run)):
        return Block(start, end, pairs, 0)
    head, body = _parted(run)
    edges = _columns(head, body)
    fewest = FEWEST_ROWS if len(printed) == len(run) else FEWEST_ROWS - 1
    rows = _rows(body)
    if len(edges) < 2 or sum(bool(line.strip()) for line in body) < fewest:
        return None
    cells = [*_head_cells(head, edges), *_body_cells(rows, edges, len(head))]
    with_numbers = {cell.row for cell in cells if cell.row >= len(head) and cell.column and _DIGIT.search(cell.text)}
    found = 2 * len(with_numbers) >= len(rows) and len(with_numbers) > 1
    return Block(start, end, tuple(cells), len(head)) if found else None


def _pairs(run: Sequence[str]) -> tuple[PrintedCell, ...]:
    """Lines of a name with its unit in brackets and one number, however many blanks are between them."""
    found = [_PAIR.match(line) for line in run]
    if not all(found):
        return ()
    both = [(match[1].strip(), match[2].strip()) for match in found if match]
    return tuple(
        PrintedCell(row=row, column=column, text=text)
        for row, pair in enumerate(both)
        for column, text in enumerate(pair)
    )


def _parted(run: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of the heads and those of the rows: parted by a rule, else the first line."""
    rules = [place for place, line in enumerate(run) if _is_rule(line)]
    first = rules[0] + 1 if rules and rules[0] == 0 else 0
    inner = next((place for place in rules if place > first), None)
    below = [line for line in run[inner + 1 :] if line.strip() and not _is_rule(line)] if inner is not None else []
    if inner is None or not below:
        rest = [line for line in run[first:] if not _is_rule(line)]
        return rest[:1], rest[1:]
    return list(run[first:inner]), [line for line in run[inner + 1 :] if not _is_rule(line)]


def _columns(head: Sequence[str], body: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where each column reaches, by the blanks that all lines share; heads over several aside."""
    own = [line for line in body if line.strip()]
    printed, above = _printed(own), _printed(head[-1:])
    width = max(len(printed), len(above))
    padded = (places + [False] * (width - len(places)) for places in (printed, above))
    found = _edges([one or other for one, other in zip(*padded, strict=True)])
    alone = _edges(printed)
    return (
        found if len(found) >= len(alone) or len(head) < 1 else (found if len(found) > 1 and len(head) == 1 else alone)
    )


def _printed(lines: Sequence[str]) -> list[bool]:
    """Whether any line has a sign that is no blank, place by place."""
    printed = [False] * max((len(line) for line in lines), default=0)
    for line in lines:
        for match in _SIGNS.finditer(line):
            printed[match.start() : match.end()] = [True] * (match.end() - match.start())
    return printed


def _edges(printed: Sequence[bool]) -> list[tuple[int, int]]:
    """From where to where each piece reaches that narrow gaps do not part."""
    width, used = len(printed), [*printed, *[False] * GAP]
    edges: list[tuple[int, int]] = []
    place = 0
    while place < width:
        if not used[place]:
            place += 1
            continue
        end = place
        while end < width and (used[end] or any(used[end : end + GAP])):
            end += 1
        edges.append((place, end))
        place = end
    return edges


def _rows(body: Sequence[str]) -> list[list[str]]:
    """The lines of each row: one, or several where blank lines part the rows."""
    inner = [index for index, line in enumerate(body) if not line.strip()]
    if not inner or all(not line.strip() for line in body[inner[0] :]):
        return [[line] for line in body if line.strip()]
    rows: list[list[str]] = [[]]
    for line in body:
        if line.strip():
            rows[-1].append(line)
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def _body_cells(rows: Sequence[Sequence[str]], edges: Sequence[tuple[int, int]], above: int) -> Iterator[PrintedCell]:
    starts = [0, *(begin for begin, _ in edges[1:]), None]
    for index, row in enumerate(rows):
        for column in range(len(edges)):
            text = " ".join(part for line in row if (part := line[starts[column] : starts[column + 1]].strip()))
            yield PrintedCell(text=text, row=above + index, column=column)


def _head_cells(head: Sequence[str], edges: Sequence[tuple[int, int]]) -> Iterator[PrintedCell]:
    """The cells of heads: each piece between wide blanks, over all columns that it reaches."""
    for index, line in enumerate(head):
        filled: set[int] = set()
        for match in re.finditer(r"\S+(?: \S+)*", line):
            over = [c for c, (begin, end) in enumerate(edges) if match.start() < end and match.end() > begin]
            over = [c for c in over if c not in filled] or [_nearest(match.start(), edges, filled)]
            if over[0] < 0:
                continue
            filled |= set(range(over[0], over[-1] + 1))
            yield PrintedCell(text=match.group(0), row=index, column=over[0], columns=over[-1] - over[0] + 1)
        for column in range(len(edges)):
            if column not in filled:
                yield PrintedCell(text="", row=index, column=column)


def _nearest(place: int, edges: Sequence[tuple[int, int]], filled: set[int]) -> int:
    free = [c for c in range(len(edges)) if c not in filled]
    return min(free, key=lambda c: abs(edges[c][0] - place), default=-1)


def _barred(run: Sequence[str], start: int, end: int) -> Block | None:
    """A table with bars between its columns; lines between two rules of ``+---+`` are one row."""
    grid = any(line.lstrip().startswith("+") for line in run)
    rows: list[list[str]] = []
    joins, heads = False, 1
    for line in run:
        if _is_rule(line):
            heads = len(rows) if "=" in line and rows else heads
            joins = False
            continue
        pieces = [piece.strip() for piece in line.strip().strip("|").split("|")]
        if grid and joins and len(rows[-1]) == len(pieces):
            rows[-1] = [" ".join(part for part in pair if part) for pair in zip(rows[-1], pieces, strict=True)]
        else:
            rows.append(pieces)
        joins = True
    if len(rows) < FEWEST_ROWS or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return None
    cells = (PrintedCell(text=text, row=r, column=c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Block(start, end, tuple(cells), heads)

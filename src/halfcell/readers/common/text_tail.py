"""Where a text of numbers ends or breaks: a last number that may be cut, a line that lost a value. For every reader.

A number that was cut looks like another number (0.010157 like 0.01, 1.57e-02 like 1.57). A text whose last line has no
line end is held against the lines before it: what is seen to be cut is not given to the reader at all, what may be cut
is doubted. Binary formats, XML and JSON have their own ends and are not looked at.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.raw import RawFile

CODES: Final = frozenset({"rows_dropped", "last_row_unended"})  # of notes about the last row

_TAIL: Final = 8192  # bytes at the end, whose lines show how the last one should look
_FEWEST: Final = 3  # lines before, to tell what is usual
_NARROW: Final = 4  # columns; a longer line between blanks may be the last of a wrapped list
_AROUND: Final = 3  # lines before and after that tell how many values a line has
_LARGEST: Final = 2**25  # bytes of a text that is searched for broken lines
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?")
_LINE_ENDS: Final = re.compile(r"\r*\n|\r")
_SHAPE: Final = re.compile(r"[.,](\d*)|[eEdD][+-]?(\d*)")
_MARKED: Final = re.compile(rb"[\xef\xbb\xbf\s]*(?:<|\{|\[\s*(?:[\[{\"\d\-\]]|true|false|null))")  # XML, JSON
_WIDE: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

_End = Literal["whole", "cut", "unknown"]


@dataclass(frozen=True)
class LastLine:
    """What to make of the last line: how many bytes to leave out, and the doubt about it."""

    bytes_left_out: int = 0
    note: Note | None = None


def last_line(raw: RawFile) -> LastLine:
    """Judge the last line of a text; of other formats, and of a text that ends with a line end, nothing is said."""
    if _is_no_table(raw.head):
        return LastLine()
    tail = _tail(raw)
    code = _WIDE.get(raw.head[:2], "latin-1")
    text = tail.decode(code, errors="replace").rstrip("\0\x1a")
    lines = _LINE_ENDS.split(text)
    if not lines[-1].strip():
        return LastLine()
    end = _judged(lines[1:] if len(tail) == _TAIL else lines)
    if end == "cut":
        words = "the file ends within a number: its last line was left out; copy or export it again"
        return LastLine(len(lines[-1].encode(code, errors="replace")), Note("doubt", "rows_dropped", words))
    if end == "unknown":
        words = "no line end after the last row; its last number may be cut: compare it with the original file"
        return LastLine(note=Note("doubt", "last_row_unended", words))
    return LastLine()


def broken_lines(raw: RawFile) -> tuple[Note, ...]:
    """A doubt about lines of a table that have another number of values than the lines before and after them."""
    if _is_no_table(raw.head):
        return ()
    content = raw.read()
    if len(content) > _LARGEST:
        return ()
    lines = _LINE_ENDS.split(content.decode(_WIDE.get(raw.head[:2], "latin-1"), errors="replace"))
    mark = _mark(lines[: -_AROUND or None])
    if mark is None:
        return ()
    counts = [_count(line, mark) for line in lines]
    found = [place for place in range(1, len(lines) - 1) if _is_odd(lines, counts, place, mark)]
    if not found:
        return ()
    first, usual = found[0], counts[_rows_around(lines, found[0], mark)[0]]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    words = f"line {first + 1}{more} has {counts[first]} values where the lines around it have {usual}"
    hint = "a value may stand in the wrong column: compare the line with the original file"
    return (Note("doubt", "broken_rows", f"{words}; {hint}"),)


def _is_no_table(head: bytes) -> bool:
    """Whether a file is binary, XML or JSON."""
    wide = head[:2] in _WIDE
    return (not wide and b"\0" in head) or _MARKED.match(head) is not None or not head


def _tail(raw: RawFile) -> bytes:
    if raw.packer:
        return raw.read()[-_TAIL:]
    with raw.path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - _TAIL) // 2 * 2)
        return file.read()[-_TAIL:]


def _judged(lines: Sequence[str]) -> _End:
    """Whether the last line is whole, as far as the lines before it tell."""
    before = lines[-50:-1]
    mark = _mark(before[-_FEWEST:]) or _mark(lines[-1:])
    if mark is None:
        return "whole"  # it does not end in a table
    rows = [cells for line in before if (cells := _cells(line, mark)) and _NUMBER.fullmatch(cells[0])]
    last = _cells(lines[-1], mark)
    if not last or not re.match(r"[+-]?[\d.]|$", last[0]):
        return "whole"
    if len(rows) < _FEWEST:
        return "unknown"
    if len(last) < min(map(len, rows)):
        return "unknown" if mark == " " and len(rows[-1]) > _NARROW else "cut"
    return _judged_number(last[-1], [row[-1] for row in rows if len(row) == len(last)])


def _judged_number(last: str, others: Sequence[str]) -> _End:
    """Whether the last entry of a column is whole: as many decimals and digits of the exponent as the others."""
    if len(others) < _FEWEST:
        return "unknown"
    shapes = {_shape(other) for other in others}
    shape = _shape(last)
    if all(other[-1:].isdigit() for other in others) and not last[-1:].isdigit():
        return "cut"
    fewest = [min(one[place] for one in shapes) for place in (0, 1)]
    if shape[0] < fewest[0] or shape[1] < fewest[1]:
        return "cut"
    is_fixed = len(shapes) == 1 and max(shape) > 0
    return "whole" if is_fixed and shape in shapes else "unknown"


def _shape(word: str) -> tuple[int, int]:
    """Digits after the decimal point, and digits of the exponent."""
    found = [0, 0]
    for match in _SHAPE.finditer(word):
        found[0 if match[1] is not None else 1] = len(match[1] if match[1] is not None else match[2])
    return found[0], found[1]


def _mark(lines: Sequence[str]) -> str | None:
    """What separates the cells of rows that start with a number; None where most lines are no such rows."""
    filled = [line for line in lines if line.strip()]
    for mark in ("\t", ";", " ", ","):
        rows = [cells for line in filled if len(cells := _cells(line, mark)) > 1 and _is_number(cells[0], mark)]
        if len(rows) > 0.5 * len(filled):
            return mark
    is_list = sum(_is_number(line.strip(), " ") for line in filled) > 0.5 * len(filled)
    return " " if is_list else None


def _cells(line: str, mark: str) -> list[str]:
    """The cells of a line without empty ones at its end; with decimal points where commas do not separate."""
    text = line.strip(" \n") if mark != " " else line.strip()
    if mark != ",":
        text = text.replace(",", ".")
    return [cell.strip() for cell in (text.split(mark) if mark != " " else text.split())]


def _count(line: str, mark: str) -> int:
    return len(line.split()) if mark == " " else line.count(mark) + 1


def _is_number(word: str, mark: str) -> bool:
    return _NUMBER.fullmatch(word if mark == "," else word.rstrip(".")) is not None


def _is_odd(lines: Sequence[str], counts: Sequence[int], place: int, mark: str) -> bool:
    """Whether a row of numbers has another number of values than the six rows nearest to it, which agree."""
    count = counts[place]
    if count == counts[place - 1] or not lines[place].strip():
        return False
    around = _rows_around(lines, place, mark)
    if len({counts[other] for other in around}) != 1 or counts[around[0]] in {1, count}:
        return False
    usual, own = counts[around[0]], _cells(lines[place], mark)
    if own[0] and not _is_number(own[0], mark):
        return False
    rows = [_cells(lines[other], mark) for other in around]
    lacks_empty = count < usual and bool(own[-1]) and not any(any(row[count:]) for row in rows)
    has_empty = count > usual and not any(own[usual:])
    return not (lacks_empty or has_empty)


def _rows_around(lines: Sequence[str], place: int, mark: str) -> list[int]:
    """The six rows of numbers nearest to a line, some before it and some after; empty where there are fewer.

    The first and the last row of a block may be shorter than the others: a head of numbers, the end of a wrapped list.
    """
    sides = [_rows_beside(lines, place, step, mark) for step in (-1, 1)]
    if not all(sides) or sum(map(len, sides)) < 2 * _AROUND:
        return []
    before = min(len(sides[0]), max(_AROUND, 2 * _AROUND - len(sides[1])))
    return [*sides[0][:before], *sides[1][: 2 * _AROUND - before]]


def _rows_beside(lines: Sequence[str], place: int, step: int, mark: str) -> list[int]:
    """The rows of numbers that follow a line in one direction, at most six, up to the first other line."""
    found: list[int] = []
    other = place + step
    while len(found) < 2 * _AROUND and 0 <= other < len(lines) and lines[other].strip():
        if not _is_number(_cells(lines[other], mark)[0], mark):
            break
        found.append(other)
        other += step
    return found

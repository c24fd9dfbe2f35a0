"""Ruled tables of a PDF page: cells from the grid of drawn lines; where a line is missing, cells are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.extract.common.pdf.cells import Bit, Draft, Piece
from halfcell.audit.extract.common.pdf.text_lines import Char, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page

Box = tuple[float, float, float, float]
SNAP = 2.5  # points within which two edges count as one


def ruled_tables(page: Page, number: int) -> list[Piece]:
    """The ruled tables of a page, from top to bottom; a grid without text or with a single cell is not a table."""
    found = []
    for table in page.find_tables():
        boxes = [box for box in table.cells if box]
        if len(boxes) >= 2:
            piece = _piece(page, boxes, number)
            if piece:
                found.append(piece)
    return sorted(found, key=lambda piece: piece.top)


def _piece(page: Page, boxes: Sequence[Box], number: int) -> Piece | None:
    """One table: each box is a cell, whose place follows from the edges of all boxes."""
    xs, ys = (
        _edges([b[0] for b in boxes] + [b[2] for b in boxes]),
        _edges([b[1] for b in boxes] + [b[3] for b in boxes]),
    )
    if len(xs) < 3 or len(ys) < 2:
        return None
    held = _characters(page.chars, boxes)
    drafts = []
    for box, chars in zip(boxes, held, strict=True):
        left, right = _index(xs, box[0]), _index(xs, box[2])
        top, bottom = _index(ys, box[1]), _index(ys, box[3])
        bits = tuple(Bit(line.words) for line in lines(chars))
        drafts.append(
            Draft(
                row=top,
                column=left,
                rows=max(bottom - top, 1),
                columns=max(right - left, 1),
                bits=bits,
                limit=box[2] - min((bit.x0 - box[0] for bit in bits), default=0.0),
                page=number,
            )
        )
    if not any(draft.bits for draft in drafts):
        return None
    return Piece(drafts=tuple(drafts), columns=tuple(xs), page=number, header_rows=None, top=ys[0], bottom=ys[-1])


def _edges(values: Sequence[float]) -> list[float]:
    """The distinct edges."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SNAP:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _characters(chars: Sequence[Char], boxes: Sequence[Box]) -> list[list[Char]]:
    """The characters in each box, by their centres."""
    held: list[list[Char]] = [[] for _ in boxes]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    order = sorted(range(len(boxes)), key=lambda index: boxes[index][1])
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if not top <= y <= bottom:
            continue
        for index in order:
            box = boxes[index]
            if box[1] > y:
                break
            if box[0] <= x <= box[2] and y <= box[3]:
                held[index].append(char)
                break
    return held

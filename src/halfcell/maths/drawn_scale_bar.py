"""A scale bar that is drawn into a picture: a straight line with ticks, arrows or a label in its middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_SHORTEST, _LONGEST = 0.025, 0.6  # of the width of a picture
_THICKEST = 0.02  # of the height of a picture
_SLENDER = 4.0  # length over thickness
_FLAT = 0.6  # of the pixels of a row have one grey value: a data bar, or a frame drawn over a picture
_EVEN = 12  # of 255: what compression changes of one grey value
_SLANT = 3  # pixels: of arrows, and of the width of a tick
_LABEL = (0.1, 0.6)  # of a bar in two halves is its label
_FEWEST_TICKS = 6  # a ruler has ten intervals or more; letters that stand in a row are fewer
_CONTRAST = 0.4  # of the range of a picture between a bar and what is around it
_AROUND = 0.25  # of the row above and below a bar may be as bright as the bar: its ticks
_END_ROWS = 2  # how many more rows the ends of a bar take than its middle: ticks or arrows
_UNEVEN = 2.0  # pixels by which the distances of ticks differ: each is rounded to a pixel


@dataclass(frozen=True)
class DrawnBar:
    """Row of its middle, columns of both ends (pixels; of ticks the middle of each), and whether it has marks.

    A bar without ticks or a label between its halves may be any line.
    """

    row: float
    left: float
    right: float
    is_marked: bool = True

    @property
    def length(self) -> float:
        """Pixels from end to end."""
        return self.right - self.left


@dataclass(frozen=True)
class _Piece:
    """A horizontal rectangle: rows top to bottom and columns left to right (the ends are not part of it)."""

    top: int
    bottom: int
    left: int
    right: int


def drawn_bar(picture: Array) -> DrawnBar | None:
    """The scale bar of a picture.

    A bar is a slender bright or dark rectangle on an even ground with ticks at both ends, a row of equally spaced
    ticks (Hitachi), two halves with the label between (FEI), or a bare line, looked for in this order.

    Parameters
    ----------
    picture
        Grey values, shape (rows, columns).

    Returns
    -------
    DrawnBar or None
        Its row and both its ends (pixels); None where there is none, or several.

    Source: procedure of this package.
    """
    values = np.asarray(picture, dtype=float)
    span = float(np.ptp(values))
    if span <= 0:
        return None
    kinds: tuple[list[DrawnBar], ...] = ([], [], [], [])
    for mask in _inks(values, span):
        long = list(_pieces(mask))
        kinds[0].extend(_bar(mask, piece) for piece in long if _has_ends(mask, piece))
        kinds[1].extend(_ticks(mask))
        kinds[2].extend(_halves(mask, long))
        kinds[3].extend(_bar(mask, piece) for piece in long)
    found = next((kind for kind in kinds if kind), [])
    return found[0] if len(found) == 1 else None


def _inks(values: Array, span: float) -> Iterator[Mask]:
    """What is drawn on an even ground: in rows where most pixels have one value, those that differ strongly from it."""
    quantised = np.round((values - values.min()) / span * 255.0).astype(np.int64)
    modes = np.array([np.bincount(row, minlength=256).argmax() for row in quantised])
    apart = quantised - modes[:, None]
    even = np.mean(np.abs(apart) <= _EVEN, axis=1) > _FLAT
    for sign in (1, -1):
        yield np.asarray((sign * apart > _CONTRAST * 255.0) & even[:, None])


def _pieces(mask: Mask) -> Iterator[_Piece]:
    """Rectangles of ink that are long and slender, with nothing along them above and below."""
    rows, columns = mask.shape
    steps = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    runs: dict[tuple[int, int], list[int]] = {}
    for row in np.flatnonzero(mask.any(axis=1)):
        starts, ends = np.flatnonzero(steps[row] == 1), np.flatnonzero(steps[row] == -1)
        for left, right in zip(starts, ends, strict=True):
            if _SHORTEST * columns <= right - left < _LONGEST * columns:
                runs.setdefault((int(left), int(right)), []).append(int(row))
    for first, last, at in _alike(runs):
        for group in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1):
            piece = _Piece(int(group[0]), int(group[-1]) + 1, first, last)
            thick = piece.bottom - piece.top
            if thick <= max(_THICKEST * rows, 3) and last - first > _SLENDER * thick and _is_alone(mask, piece):
                yield piece


def _alike(runs: dict[tuple[int, int], list[int]]) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
    """Runs whose ends differ by a few pixels are one piece: the longest, with the rows of all (slanted arrows)."""
    left_over = dict(sorted(runs.items(), key=lambda item: item[0][0] - item[0][1]))
    while left_over:
        left, right = next(iter(left_over))
        same = [key for key in left_over if abs(key[0] - left) <= _SLANT and abs(key[1] - right) <= _SLANT]
        rows = sorted({row for key in same for row in left_over.pop(key)})
        yield left, right, np.array(rows, dtype=np.int64)


def _is_alone(mask: Mask, piece: _Piece) -> bool:
    """Whether the rows above and below hold little ink along the middle of the piece."""
    quarter = (piece.right - piece.left) // 4
    beside = [row for row in (piece.top - 1, piece.bottom) if 0 <= row < mask.shape[0]]
    return all(mask[row, piece.left + quarter : piece.right - quarter].mean() <= _AROUND for row in beside)


def _reach(mask: Mask, piece: _Piece, columns: slice) -> int:
    """How many rows the ink that touches the piece takes in some of its columns, above and below, the fewer of both."""
    strip = np.asarray(mask[:, columns].any(axis=1), dtype=bool)
    up = down = 0
    while piece.top - up - 1 >= 0 and strip[piece.top - up - 1]:
        up += 1
    while piece.bottom + down < len(strip) and strip[piece.bottom + down]:
        down += 1
    return min(up, down)


def _ends(piece: _Piece) -> tuple[slice, slice]:
    wide = max((piece.right - piece.left) // 8, 2)
    return slice(piece.left, piece.left + wide), slice(piece.right - wide, piece.right)


def _has_ends(mask: Mask, piece: _Piece) -> bool:
    """Whether ticks or arrows stand at both ends."""
    return all(_reach(mask, piece, end) >= _END_ROWS for end in _ends(piece))


def _halves(mask: Mask, pieces: Sequence[_Piece]) -> Iterator[DrawnBar]:
    """Bars in two halves of equal rows and length, with their label between."""
    for one in pieces:
        for other in pieces:
            alike = one.top == other.top and one.bottom == other.bottom and one.right < other.left
            whole, gap = other.right - one.left, other.left - one.right
            lengths = (one.right - one.left, other.right - other.left)
            fits = whole <= _LONGEST * mask.shape[1] and _LABEL[0] * whole <= gap <= _LABEL[1] * whole
            if alike and fits and abs(lengths[0] - lengths[1]) <= _SLANT:
                yield DrawnBar(0.5 * (one.top + one.bottom), float(one.left), float(other.right))


def _ticks(mask: Mask) -> Iterator[DrawnBar]:
    """Rows of equally spaced ticks without a line, as Hitachi draws them."""
    steps = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    seen: dict[tuple[int, int], list[int]] = {}
    for row in np.flatnonzero(mask.any(axis=1)):
        starts, ends = np.flatnonzero(steps[row] == 1), np.flatnonzero(steps[row] == -1)
        middles = 0.5 * (starts + ends)[ends - starts <= _SLANT]
        apart = np.diff(middles)
        if len(middles) >= _FEWEST_TICKS and apart.max() - apart.min() <= _UNEVEN and apart.min() > _SLANT:
            seen.setdefault((round(float(middles[0])), round(float(middles[-1]))), []).append(int(row))
    for (left, right), rows in seen.items():
        if len(rows) >= _SLANT:
            yield DrawnBar(float(np.mean(rows)) + 0.5, float(left), float(right))


def _bar(mask: Mask, piece: _Piece) -> DrawnBar:
    """A bar from the middle of the tick at one end to that at the other; from end to end without ticks."""
    left, right = float(piece.left), float(piece.right)
    marked = _has_ends(mask, piece)
    if marked:
        row = piece.top - 1
        first, last = (np.flatnonzero(mask[row, end]) + end.start for end in _ends(piece))
        if len(first) and len(last):
            left, right = 0.5 * float(first[0] + first[-1] + 1), 0.5 * float(last[0] + last[-1] + 1)
    return DrawnBar(0.5 * (piece.top + piece.bottom), left, right, marked)

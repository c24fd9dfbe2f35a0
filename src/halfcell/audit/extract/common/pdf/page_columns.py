"""The columns of text on a page of a PDF: a page in two columns is read down the left one, then down the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.extract.common.pdf.text_lines import Bar, Char

if TYPE_CHECKING:
    from halfcell.audit.extract.common.pdf.cells import Piece

ROW = 12.0  # points: the height of the strips in which characters are counted, about one line
MIDDLE = (0.35, 0.65)  # of the page's width: where the gap between two columns lies
NARROWEST = 7.0  # points: the narrowest gap between two columns
DENSE = 0.5  # of the width of the text: how much of it the characters of a strip of running text fill
CROSSED = 0.3  # of all strips: how many may cross the gap of the page before it
FEW = 1.5  # strips by which the count of free ones may differ within the gap
ALMOST = 0.98  # of the strips that are free at the emptiest place are free everywhere in the gap
FULL = 0.7  # of a column's width: how much of it a line of running text fills
FEWEST = 8  # lines of running text by which columns are told
NEAR = 16.0  # points: how far a ruling line may stand above or below its table
APART = 30.0  # points by which a ruling line reaches over the gap to be one of both columns

MOST_STRIPS = 50  # over both columns: a page with more has no columns of text


class Gap(NamedTuple):
    """The gap between two columns: its left and right end."""

    left: float
    right: float


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A part of a page that is read from top to bottom: its characters, grids and ruling lines."""

    chars: tuple[Char, ...]
    grids: tuple[Piece, ...]
    bars: tuple[Bar, ...]


class _Span(NamedTuple):
    """A strip of the page over both columns: its top and its bottom."""

    top: float
    bottom: float


def find_gap(chars: Sequence[Char], width: float, known: Gap | None) -> Gap | None:
    """The gap between two columns of running text; None if the page has one column.

    It lies where most strips of the page have text on both sides and nothing between. A page with little text has the
    gap that the page before it had, if little stands in it.
    """
    inked = [char for char in chars if char.get("upright", True) and char["text"].strip()]
    low, high = int(MIDDLE[0] * width), int(MIDDLE[1] * width)
    covered = _covered(inked, low, high)
    both = _strips_on_both_sides(inked, low, high)
    free = {x: len(both - covered.get(x, set())) for x in range(low, high + 1)}
    most = max(free.values())
    gap = _widest([x for x, count in free.items() if count >= min(ALMOST * most, most - FEW)]) if most else None
    if gap is not None and _are_columns(inked, gap):
        return gap
    strips = {int(char["top"] / ROW) for char in inked}
    crossing = (
        set().union(*(covered.get(x, set()) for x in range(int(known.left), int(known.right)))) if known else set()
    )
    return known if strips and len(crossing) <= CROSSED * len(strips) else None


def _covered(inked: Sequence[Char], low: int, high: int) -> dict[int, set[int]]:
    """For each place across the middle of the page, the strips that have a character there."""
    covered: dict[int, set[int]] = {}
    for char in inked:
        for x in range(max(int(char["x0"]), low), min(int(char["x1"]), high) + 1):
            covered.setdefault(x, set()).add(int(char["top"] / ROW))
    return covered


def _strips_on_both_sides(inked: Sequence[Char], low: int, high: int) -> set[int]:
    """The strips with running text left and right of the middle of the page: tables fill them less."""
    left = {int(char["top"] / ROW) for char in inked if char["x1"] < low}
    right = {int(char["top"] / ROW) for char in inked if char["x0"] > high}
    filled: dict[int, float] = {}
    for char in inked:
        strip = int(char["top"] / ROW)
        filled[strip] = filled.get(strip, 0.0) + char["x1"] - char["x0"]
    width = max((c["x1"] for c in inked), default=0.0) - min((c["x0"] for c in inked), default=0.0)
    return {strip for strip in left & right if filled[strip] > DENSE * width}


def _widest(free: Sequence[int]) -> Gap | None:
    """The widest run of free places."""
    best: tuple[int, int] = (0, -1)
    start = None
    for index, x in enumerate(free):
        start = x if start is None or free[index - 1] != x - 1 else start
        best = max(best, (start, x), key=lambda run: run[1] - run[0])
    return Gap(best[0], best[1] + 1) if best[1] - best[0] + 1 >= NARROWEST else None


def _are_columns(inked: Sequence[Char], gap: Gap) -> bool:
    """Whether both sides of a gap hold enough lines of running text."""
    left = min((char["x0"] for char in inked), default=0.0)
    right = max((char["x1"] for char in inked), default=0.0)
    widths: dict[tuple[int, bool], float] = {}
    for char in inked:
        if char["x1"] <= gap.left + 1 or char["x0"] >= gap.right - 1:
            key = (int((char["top"] + char["bottom"]) / 2 / ROW), char["x0"] >= gap.right - 1)
            widths[key] = widths.get(key, 0.0) + char["x1"] - char["x0"]
    enough = FULL * min(gap.left - left, right - gap.right)
    full = [at for (_, at), width in widths.items() if width > enough]
    return min(full.count(False), full.count(True)) >= FEWEST


def zones(chars: Sequence[Char], grids: Sequence[Piece], bars: Sequence[Bar], gap: Gap | None) -> list[Zone]:
    """The parts of a page in reading order."""
    if gap is None:
        return [Zone(chars=tuple(chars), grids=tuple(grids), bars=tuple(bars))]
    wide = _wide(chars, grids, bars, gap)
    if len(wide) > MOST_STRIPS:
        return [Zone(chars=tuple(chars), grids=tuple(grids), bars=tuple(bars))]
    found: list[Zone] = []
    top = -1e9
    for span in [*wide, _Span(1e9, 1e9)]:
        between = _Span(top, span.top)
        found += [_side(chars, grids, bars, between, gap, right=side) for side in (False, True)]
        found.append(_whole(chars, grids, bars, span))
        top = span.bottom
    return [zone for zone in found if zone.chars or zone.grids]


def _wide(chars: Sequence[Char], grids: Sequence[Piece], bars: Sequence[Bar], gap: Gap) -> list[_Span]:
    """The strips over both columns: titles, wide tables; those with nothing between them are one."""
    third = (gap.right - gap.left) / 3
    inner = Gap(gap.left + third, gap.right - third)  # a line of ragged text may reach into the gap
    spans = [
        _Span(char["top"], char["bottom"])
        for char in chars
        if char["text"].strip() and char["x0"] < inner.right and char["x1"] > inner.left
    ]
    spans += [_Span(g.top, g.bottom) for g in grids if g.columns[0] < gap.left - 1 and g.columns[-1] > gap.right + 1]
    spans += _between_bars(chars, bars, gap)
    found: list[_Span] = []
    for span in sorted(spans):
        if found and (span.top <= found[-1].bottom or not _any_between(chars, grids, found[-1].bottom, span.top)):
            found[-1] = _Span(found[-1].top, max(found[-1].bottom, span.bottom))
        else:
            found.append(span)
    return found


def _any_between(chars: Sequence[Char], grids: Sequence[Piece], top: float, bottom: float) -> bool:
    inside = (top <= (char["top"] + char["bottom"]) / 2 < bottom for char in chars if char["text"].strip())
    return any(inside) or any(top <= grid.top < bottom for grid in grids)


def _between_bars(chars: Sequence[Char], bars: Sequence[Bar], gap: Gap) -> list[_Span]:
    """The strips between two ruling lines over both columns, unless both columns hold running text there."""
    over = [bar for bar in bars if bar.x0 < gap.left - APART and bar.x1 > gap.right + APART]
    found = []
    for above, below in pairwise(over):
        same = abs(above.x0 - below.x0) < NEAR and abs(above.x1 - below.x1) < NEAR
        inside = [c for c in chars if c["text"].strip() and above.top <= (c["top"] + c["bottom"]) / 2 < below.top]
        if same and inside and not _is_prose(inside, above, gap):
            found.append(_Span(above.top, below.top))
    return found


def _is_prose(inside: Sequence[Char], bar: Bar, gap: Gap) -> bool:
    """Whether the characters fill both columns as running text does."""
    widths: dict[int, float] = {}
    for char in inside:
        strip = int((char["top"] + char["bottom"]) / 2 / ROW)
        widths[strip] = widths.get(strip, 0.0) + char["x1"] - char["x0"]
    enough = FULL * (bar.x1 - bar.x0 - (gap.right - gap.left))
    return sum(width > enough for width in widths.values()) > len(widths) / 2


def _side(
    chars: Sequence[Char], grids: Sequence[Piece], bars: Sequence[Bar], span: _Span, gap: Gap, *, right: bool
) -> Zone:
    """One column between two strips."""
    middle = (gap.left + gap.right) / 2

    def inside(x: float, y: float) -> bool:
        return (x > middle) is right and span.top <= y < span.bottom

    return Zone(
        chars=tuple(c for c in chars if inside((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2)),
        grids=tuple(grid for grid in grids if inside((grid.columns[0] + grid.columns[-1]) / 2, grid.top)),
        bars=tuple(bar for bar in bars if (bar.x0 + bar.x1 > 2 * middle) is right and _is_one(bar, gap)),
    )


def _is_one(bar: Bar, gap: Gap) -> bool:
    """Whether a ruling line belongs to one column."""
    return bar.x1 < gap.right or bar.x0 > gap.left


def _whole(chars: Sequence[Char], grids: Sequence[Piece], bars: Sequence[Bar], span: _Span) -> Zone:
    """A strip over both columns."""
    return Zone(
        chars=tuple(c for c in chars if span.top <= (c["top"] + c["bottom"]) / 2 < span.bottom),
        grids=tuple(grid for grid in grids if span.top <= grid.top < span.bottom),
        bars=tuple(bar for bar in bars if span.top - NEAR <= bar.top <= span.bottom + NEAR),
    )

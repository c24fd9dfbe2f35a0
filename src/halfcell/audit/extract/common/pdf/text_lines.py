"""Characters of a PDF page -> lines of words with their positions; raised and lowered characters stay in their line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from pdfplumber.page import Page


SPACE = 0.18  # of the font size: a wider gap separates two words
SMALL = 0.85  # of the line's font size: smaller characters may be raised or lowered
SHORTEST_BAR = 15  # points
SAME_HEIGHT = 1.5  # points within which two pieces of a ruling line have the same height
GAP = 3  # points between two pieces of a ruling line
RAISED = 0.85  # of the font size: how far the middle of a raised character may lie from that of its line
SAME_LINE = 0.36  # of the font size: how far apart the middles of characters in one line may be


class Char(TypedDict, total=False):
    """A character as pdfplumber gives it: its text, its box in points, its size, and whether it is upright."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its text, its markup, its box in points from the page's top left corner, and the size of its font."""

    text: str
    markup: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words from left to right."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        """The words, separated by spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A horizontal ruling line: its height on the page, its left and its right end, in points."""

    top: float
    x0: float
    x1: float


def lines(chars: list[Char]) -> list[Line]:
    """The lines of a page (or of a cell) from top to bottom, without rotated characters."""
    upright = [char for char in chars if char.get("upright", True) and char["text"]]
    upright.sort(key=lambda char: ((char["top"] + char["bottom"]) / 2, char["x0"]))
    groups: list[list[Char]] = []
    middle = size = 0.0
    for char in upright:
        here = (char["top"] + char["bottom"]) / 2
        if groups and here - middle <= SAME_LINE * max(size, char["size"]):
            groups[-1].append(char)
            if char["size"] >= size:
                middle, size = here, char["size"]
        else:
            groups.append([char])
            middle, size = here, char["size"]
    return [line for group in _with_raised(groups) if (line := _line(group))]


def _with_raised(groups: list[list[Char]]) -> list[list[Char]]:
    """The lines, with lines of small characters joined to the larger ones whose characters they follow closely.

    A superscript that is raised by half the size of its line stands above it like a line of its own.
    """
    found = [part for group in groups for part in _parted(group)]
    for index, small in enumerate(found):
        size = max((char["size"] for char in small if char["text"].strip()), default=0.0)
        for other in (index + 1, index - 1):
            if 0 <= other < len(found) and found[other] and size and _follows(small, found[other], size):
                found[other] = found[other] + small
                found[index] = []
                break
    return [group for group in found if group]


def _left(char: Char) -> float:
    return char["x0"]


def _parted(group: list[Char]) -> list[list[Char]]:
    """A line, and apart from it the small characters that follow none of its own: they are raised from the next line.

    Beside a cell of two lines, the lines of its neighbours lie half a line higher or lower.
    """
    height = max((char["size"] for char in group if char["text"].strip()), default=0.0)
    large = [char for char in group if char["text"].strip() and char["size"] >= SMALL * height]
    inked = sorted((char for char in group if char["text"].strip() and char["size"] < SMALL * height), key=_left)
    strays: list[Char] = []
    for before, char in zip([None, *inked], inked, strict=False):
        goes_on = before is not None and abs(char["x0"] - before["x1"]) < char["size"] / 2
        is_stray = strays[-1:] == [before] if goes_on else not any(_is_behind(char, one, height) for one in large)
        if is_stray:
            strays.append(char)
    apart = {id(char) for char in strays}
    own = [char for char in group if id(char) not in apart]
    return [own, strays] if strays and large else [list(group)]


def _follows(small: list[Char], line: list[Char], size: float) -> bool:
    """Whether each word of small characters begins right behind a larger character of a line, at most raised by one."""
    large = [char for char in line if char["text"].strip() and size < SMALL * char["size"]]
    inked = sorted((char for char in small if char["text"].strip()), key=lambda char: char["x0"])
    if not large or len(large) < len(inked) / 4:
        return False
    height = max(char["size"] for char in large)
    starts = [
        c
        for before, c in zip([None, *inked], inked, strict=False)
        if before is None or c["x0"] - before["x1"] > size / 2
    ]
    return all(any(_is_behind(char, other, height) for other in large) for char in starts)


def _is_behind(char: Char, before: Char, height: float) -> bool:
    apart = abs((char["top"] + char["bottom"]) / 2 - (before["top"] + before["bottom"]) / 2)
    return apart < RAISED * height and -0.1 * height < char["x0"] - before["x1"] < 0.25 * height


def _line(chars: list[Char]) -> Line | None:
    """One line, its characters grouped into words."""
    inked = [char for char in chars if char["text"].strip()]
    if not inked:
        return None
    size = Counter(round(char["size"], 1) for char in inked).most_common(1)[0][0]
    base = [char for char in inked if char["size"] >= SMALL * size] or inked
    bottom = sorted(char["bottom"] for char in base)[len(base) // 2]
    words: list[Word] = []
    word: list[Char] = []
    previous = None
    for char in sorted(chars, key=lambda item: item["x0"]):
        gap = previous is not None and char["x0"] - previous["x1"] > SPACE * size
        if word and (gap or not char["text"].strip()):
            words.append(_word(word, size, bottom))
            word = []
        if char["text"].strip():
            word.append(char)
            previous = char
    if word:
        words.append(_word(word, size, bottom))
    top = min(char["top"] for char in base)
    return Line(tuple(words), top, bottom, size)


def _word(chars: list[Char], size: float, bottom: float) -> Word:
    marked, run, place = [], "", ""
    for char in [*chars, None]:
        where = _raised(char, size, bottom) if char else "end"
        if where != place and run:
            marked.append(f"{place}{{{run}}}" if place in {"^", "_"} else run)
            run = ""
        place = where
        run += char["text"] if char else ""
    return Word(
        text="".join(char["text"] for char in chars),
        markup="".join(marked),
        x0=chars[0]["x0"],
        x1=max(char["x1"] for char in chars),
        top=min(char["top"] for char in chars),
        bottom=max((char["bottom"] for char in chars if not _raised(char, size, bottom)), default=bottom),
        size=size,
    )


def _raised(char: Char, size: float, bottom: float) -> str:
    """``^`` for a raised character, ``_`` for a lowered one, else empty."""
    if char["size"] >= SMALL * size:
        return ""
    return "^" if char["bottom"] < bottom - 0.12 * size else "_"


def ruling_lines(page: Page) -> list[Bar]:
    """The horizontal ruling lines of a page, from top to bottom; adjacent pieces at one height are joined."""
    flat = [e for e in page.edges if e["orientation"] == "h" and e["x1"] - e["x0"] > SHORTEST_BAR]
    found: list[Bar] = []
    for edge in sorted(flat, key=lambda e: (round(e["top"], 1), e["x0"])):
        last = found[-1] if found else None
        if last and abs(last.top - edge["top"]) < SAME_HEIGHT and edge["x0"] <= last.x1 + GAP:
            found[-1] = Bar(top=last.top, x0=min(last.x0, edge["x0"]), x1=max(last.x1, edge["x1"]))
        else:
            found.append(Bar(top=edge["top"], x0=edge["x0"], x1=edge["x1"]))
    return found

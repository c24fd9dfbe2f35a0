"""Paragraphs of a PDF from its lines: lines that follow closely, words that a line broke made whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.audit.extract.common.pdf.text_lines import Line

SPACING = 0.75  # of the font size: lines of one paragraph are at most this far apart
SIZE = 0.4  # points by which the font sizes of its lines may differ
LONGEST = 20_000  # characters of one paragraph
FEWEST = 6  # words of a line of running text
_ENDS = (".", ":", ";", "!", "?", ".”", '."')
_BROKEN = re.compile(r"[a-z]{2}[-‐]$")
_KEPT = re.compile(r"^(?:ions?|metal|free|rich|based|state|cells?|like|type|type,|doped|coated|rate|ion,)\b")


class Paragraphs:
    """Takes lines of running text in reading order and gives whole paragraphs.

    A paragraph that ends without a full stop at the end of a column goes on in the next one.
    """

    def __init__(self) -> None:
        self._text = ""
        self._last: Line | None = None

    def take(self, line: Line) -> str:
        """Take a line; returns the paragraph that ended before it, if one did."""
        if self._last is not None and not self._goes_on(self._last, line):
            ended = self.flush()
            self._text, self._last = line.text, line
            return ended
        self._text = joined(self._text, line.text) if self._text else line.text
        self._last = line
        return ""

    def flush(self) -> str:
        """The open paragraph; empty if there is none."""
        text, self._text, self._last = self._text, "", None
        return text

    def runs_into(self, line: Line) -> bool:
        """Whether a line only looks like a caption: it is the middle of a sentence of running text."""
        before = self._last
        if before is None or len(before.words) < FEWEST or before.text.endswith(_ENDS):
            return False
        return _is_near(before, line) and 0 <= line.top - before.bottom <= SPACING * before.size

    def _goes_on(self, before: Line, line: Line) -> bool:
        if len(self._text) > LONGEST or not _is_near(before, line):
            return False
        if line.top < before.top:  # the next column
            return not self._text.endswith(_ENDS)
        return line.top - before.bottom <= SPACING * before.size


def _is_near(before: Line, line: Line) -> bool:
    return abs(line.size - before.size) <= SIZE


def joined(text: str, line: str) -> str:
    """A text with the next line; a word that was broken at a hyphen becomes whole."""
    if _BROKEN.search(text) and line[:1].islower():
        return f"{text}{line}" if _KEPT.match(line) else f"{text[:-1]}{line}"
    return f"{text}{line}" if text.endswith(("/", "|", "-", "–")) else f"{text} {line}"

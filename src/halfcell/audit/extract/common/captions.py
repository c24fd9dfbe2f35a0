"""Captions: which lines are one, and what they are called."""

from __future__ import annotations

import re
from typing import NamedTuple

_LEFTOVER = re.compile(r"\[(?:bookmark|image)[^\[\]]*\]\s*", re.IGNORECASE)
_CAPTION = re.compile(
    r"^\s*(?:Supplementary\s+|Supporting\s+|Extended\s+Data\s+)?(Fig(?:ure)?s?\.?|Table|Scheme|Tab\.)\s*"
    r"(?:(?<=[a-z.\s])([A-Z]{0,2}[-.]?\d+(?:[.-]\d+)*[a-z]?|[IVX]+))(?![\d.]*\d)\b\s*[.:|]?\s*(.*)$",
    re.DOTALL,
)
_SENTENCE = {"shows", "show", "lists", "gives", "presents", "summarizes", "summarises", "and", "compares", "in"}


class FoundCaption(NamedTuple):
    """A caption: its name (``Table S5``), the text after it, and whether it belongs to a table."""

    name: str
    text: str
    is_table: bool


def clean(line: str) -> str:
    """The line without what a conversion from Word leaves behind."""
    return _LEFTOVER.sub("", line).strip()


def read_caption(line: str) -> FoundCaption | None:
    """Read a line as a caption; None if it is not one."""
    match = _CAPTION.match(clean(line))
    if match is None:
        return None
    word, number, text = match.groups()
    is_table = word.lower().startswith("tab")
    kind = "Table" if is_table else ("Scheme" if word.startswith("Scheme") else "Fig.")
    if not _is_title(text):
        return None
    return FoundCaption(f"{kind} {number}", text.strip(), is_table)


def _is_title(text: str) -> bool:
    """Whether a title follows; in running text it is a verb or a conjunction: "Table S5 shows"."""
    first = text.strip().split(" ")[0].lower() if text.strip() else ""
    return first not in _SENTENCE

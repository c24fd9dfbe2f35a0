"""Captions: which lines are one, and what they are called."""

from __future__ import annotations

import re
from typing import NamedTuple

_LEFTOVER = re.compile(r"\[(?:bookmark|image)[^\[\]]*\]\s*", re.IGNORECASE)
_CAPTION = re.compile(
    r"^\s*(?:Supplementary\s+|Supporting\s+|Extended\s+Data\s+)?(Fig(?:ure)?s?\.?|Table|Scheme|Tab\.)\s*"
    r"(?:(?<=[a-z.\s])([A-Z]{0,2}[-.]?\d+[a-z]?|[IVX]+))\b\s*[.:|]?\s*(.*)$",
    re.DOTALL,
)


class Found(NamedTuple):
    """A caption: ``Table S5``, the sentence after it, and whether it is a table's."""

    name: str
    text: str
    is_table: bool


def clean(line: str) -> str:
    """The line without what a conversion from Word leaves behind."""
    return _LEFTOVER.sub("", line).strip()


def caption(line: str) -> Found | None:
    """Read a line as a caption; None where it is not one."""
    match = _CAPTION.match(clean(line))
    if match is None:
        return None
    word, number, text = match.groups()
    is_table = word.lower().startswith("tab")
    kind = "Table" if is_table else ("Scheme" if word.startswith("Scheme") else "Fig.")
    if not _is_title(text):
        return None
    return Found(f"{kind} {number}", text.strip(), is_table)


def _is_title(text: str) -> bool:
    """Whether it goes on with a title; running text goes on with a verb: "Table S5 shows"."""
    first = text.strip().split(" ")[0].lower() if text.strip() else ""
    return first not in {
        "shows",
        "show",
        "lists",
        "gives",
        "presents",
        "summarizes",
        "summarises",
        "and",
        "compares",
        "in",
    }

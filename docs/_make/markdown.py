"""Markdown from docstrings and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

MADE: Final = "% Made by `python docs/make_reference.py`. Do not edit this page."
_MATH = re.compile(r"^\.\. math:: *(.*(?:\n[ ]+\S.*)*)$", re.MULTILINE)
_HEAD = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)


def page(parts: Iterable[str]) -> str:
    """The parts of a page, a blank line between them, no blanks at the ends of lines."""
    text = "\n\n".join(part.strip("\n") for part in parts if part.strip())
    return re.sub(r"[ \t]+\n", "\n", text) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the empty text where there are no rows."""
    lines = [_line(row) for row in rows]
    return "\n".join([_line(heads), "|" + "---|" * len(heads), *lines]) if lines else ""


def _line(entries: Sequence[str]) -> str:
    return "| " + " | ".join(re.sub(r"\s+", " ", one).replace("|", "\\|") for one in entries) + " |"


def prose(text: str) -> str:
    """The text of a docstring: formulas, names and sections as Markdown writes them."""
    text = _MATH.sub(lambda found: f"$$\n{' '.join(found[1].split())}\n$$", text)
    text = re.sub(r":math:`([^`]+)`", lambda found: f"${found[1]}$", text)
    text = re.sub(r":\w+:`([^`]+)`", r"`\1`", text).replace("``", "`")
    return _HEAD.sub(r"**\1**\n", text)


def first(text: str | None) -> str:
    """The first sentence of a docstring, in one line."""
    return prose(" ".join((text or "").split("\n\n")[0].split()))


def anchor(text: str) -> str:
    """The end of an address that leads to a heading."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def capital(text: str) -> str:
    """A sentence begins with a capital letter, unless it begins with a name that has none."""
    return text if re.match(r"[a-z]+[A-Z_/]|`", text) else text[:1].upper() + text[1:]

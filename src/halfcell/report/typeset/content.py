"""Texts in the language of typst: string literals, so that no text is taken for a command."""

from __future__ import annotations

from halfcell.core import markup


def string(text: str) -> str:
    """A typst string literal."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'


def words(text: str) -> str:
    """A text as content, without markup."""
    return f"#{string(text)}" if text else ""


def rich(text: str) -> str:
    """Marked-up text as content: ``[#"CoSi"#sub[#"2"]]``."""
    wraps = {"base": "{}", "sub": "#sub[{}]", "sup": "#super[{}]", "bold": "#strong[{}]", "italic": "#emph[{}]"}
    parts = []
    for part, place in markup.runs(text):
        lines = "#linebreak()".join(words(line) for line in part.split("\n"))
        parts.append(wraps[place].format(lines))
    return "[" + "".join(parts) + "]"

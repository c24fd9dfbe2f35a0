"""Turn the markup of labels into the text that matplotlib draws (mathtext)."""

from __future__ import annotations

import re
from typing import Final

from halfcell.core import markup

_ESCAPED: Final = re.compile(r"([%${}_])")
_NO_MATH: Final = re.compile(r"[\\^~#\"]")  # signs that mathtext cannot draw


def from_prose(text: str) -> str:
    """Convert a text whose formulas and units are still plain: ``CoSi2 at 300 mA g-1``."""
    return from_markup(markup.prose(text))


def from_markup(text: str) -> str:
    """Convert a marked-up text: raised and lowered parts become ``$_{...}$``, the rest stays text."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    pieces, last = [], "base"
    for part, place in markup.runs(line):
        if place == "base":
            pieces.append("$" * (last != "base") + part.replace("$", r"\$"))
        elif place in {"bold", "italic"}:
            shape = "mathbf" if place == "bold" else "mathit"
            pieces.append("$" * (last == "base") + rf"\{shape}{{{_cleaned(part)}}}")
        else:
            between = "$" if last == "base" else "$$" if last == place else ""
            pieces.append(f"{between}{'_' if place == 'sub' else '^'}{_upright(part)}")
        last = place
    return "".join(pieces) + "$" * (last != "base")


def _upright(part: str) -> str:
    return rf"{{\mathregular{{{_cleaned(part)}}}}}"


def _cleaned(part: str) -> str:
    return _ESCAPED.sub(r"\\\1", _NO_MATH.sub("", part)).replace(" ", r"\ ").replace("-", "−")

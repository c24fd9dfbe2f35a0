"""Words of a figure: the markup of `core.markup` for matplotlib (mathtext) and for plotly (HTML)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core import markup

if TYPE_CHECKING:
    from halfcell.core.figure import Axis

_ESCAPED = re.compile(r"([%${}_])")
_NO_MATH = re.compile(r"[\\^~#\"]")  # signs that mathtext has no word for


def lowered(text: str) -> str:
    """Text with its formulas lowered and its units raised: what every text of a figure goes through."""
    return markup.prose(text)


def raised(text: str) -> str:
    """A label that holds its own unit, such as a colour bar's: formulas lowered, the powers of units raised."""
    return markup.formula(markup.unit(text))


def axis_title(axis: Axis, power: int = 0) -> str:
    """Label and unit, ``Capacity (mAh g^{−1})``; a power of ten common to all ticks stands before the unit."""
    parts = [f"10^{{{power}}}".replace("-", "−")] if power else []
    if axis.unit:
        parts.append(markup.unit(axis.unit))
    return lowered(axis.label) + (f" ({' '.join(parts)})" if parts else "")


def print_text(text: str) -> str:
    """Markup -> mathtext: raised and lowered parts become ``$_{...}$``, all else stays text."""
    return "\n".join(_print_line(line) for line in text.split("\n"))


def _print_line(line: str) -> str:
    pieces, last = [], "base"
    for part, place in markup.runs(line):
        if place == "base":
            pieces.append("$" * (last != "base") + part.replace("$", r"\$"))
        elif place == "bold":
            pieces.append("$" * (last == "base") + rf"\mathbf{{{_cleaned(part)}}}")
        else:
            between = "$" if last == "base" else "$$" if last == place else ""
            pieces.append(f"{between}{'_' if place == 'sub' else '^'}{_raised(part)}")
        last = place
    return "".join(pieces) + "$" * (last != "base")


def _raised(part: str) -> str:
    return rf"{{\mathregular{{{_cleaned(part)}}}}}"


def _cleaned(part: str) -> str:
    return _ESCAPED.sub(r"\\\1", _NO_MATH.sub("", part)).replace(" ", r"\ ").replace("-", "−")


def screen_text(text: str) -> str:
    """Markup -> the HTML that plotly understands."""
    return markup.html(text).replace("\n", "<br>")

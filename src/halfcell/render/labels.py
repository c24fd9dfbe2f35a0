"""Compose the titles of axes and colour bars in the markup of `core.markup`, and list the letters of panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from halfcell.core import markup

if TYPE_CHECKING:
    from halfcell.core.figure import Axis
    from halfcell.core.looks.records import Letters

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def axis_title(axis: Axis, power: int = 0) -> str:
    """Return label and unit, ``Capacity (mAh g^{−1})``; a power of ten common to all ticks stands before the unit."""
    parts = [f"10^{{{power}}}".replace("-", "−")] if power else []
    if axis.unit:
        parts.append(markup.unit(axis.unit))
    if axis.solidus and parts and axis.unit != "%":
        return f"{markup.prose(axis.label)} / {' '.join(parts)}"
    return markup.prose(axis.label) + (f" ({' '.join(parts)})" if parts else "")


def letter(index: int, style: Letters | None) -> str:
    """Return the letter of a panel, as a journal prints it: ``a``, ``(a)``, ``A``."""
    shown, style = LETTERS[index % len(LETTERS)], style or "a"
    return style.replace("A", shown.upper()) if "A" in style else style.replace("a", shown)


def bar_title(text: str) -> str:
    """Return the title of a colour bar, which holds its own unit: formulas lowered, the powers of units raised."""
    return markup.formula(markup.unit(text))

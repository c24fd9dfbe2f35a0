"""Turn the markup of labels into the HTML that plotly understands."""

from __future__ import annotations

from halfcell.core import markup


def from_prose(text: str) -> str:
    """Convert a text whose formulas and units are still plain: ``CoSi2 at 300 mA g-1``."""
    return from_markup(markup.prose(text))


def from_markup(text: str) -> str:
    """Convert a marked-up text: raised and lowered parts become HTML, line breaks ``<br>``."""
    return markup.html(text).replace("\n", "<br>")

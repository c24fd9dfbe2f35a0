"""Embed fonts into a PDF without their rules for typesetting, which only programs that set text anew would read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULES: Final = ("GSUB", "GPOS", "GDEF")
"""Tables for ligatures, alternatives and kerning. A PDF holds the glyphs chosen and where each stands; ISO 32000-2,
9.9, names the tables that are read from an embedded TrueType font, and these are not among them."""


@contextmanager
def without_typesetting_rules() -> Iterator[None]:
    """Leave the rules out of the fonts embedded meanwhile: following them takes most of the time that a PDF takes.

    The text is laid out before, with the whole fonts, so that the drawing is the same.
    """
    from fontTools import subset

    whole = subset.load_font

    def _lean(*args: Any, **options: Any) -> Any:
        """Load a font as fontTools does, and take the rules out."""
        font = whole(*args, **options)
        for table in _RULES:
            if table in font:
                del font[table]
        return font

    subset.load_font = _lean
    try:
        yield
    finally:
        subset.load_font = whole

"""Find the fonts that an author's SVG asks for and this machine lacks, and put that of the figures in their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from halfcell.render.fonts import installed_fonts
from halfcell.render.style import FONT

if TYPE_CHECKING:
    from pathlib import Path

# font-family="Arial, sans-serif", font-family:Arial;, font-family:'Arial', and what a style holds in &quot;
_FAMILY: Final = re.compile(rb"""(font-family\s*[:=]\s*)("[^"<>]*"|'[^'<>]*'|[^;"'{}<>]+)""")
_GENERIC: Final = {"serif": "", "cursive": "", "fantasy": "", "inherit": ""}  # as the program that draws wants it
_OURS: Final = {"sans-serif": FONT, "monospace": f"{FONT} Mono", "system-ui": FONT, "ui-sans-serif": FONT}


def with_usable_fonts(svg: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return an SVG in which each text has a font of this machine, and the families that were replaced.

    A program that draws an SVG takes any other font where one is missing, often with serifs. Where none of the families
    of a text is installed, it gets the font of the figures.
    """
    known, missing = set(installed_fonts()), dict[str, None]()

    def chosen(match: re.Match[bytes]) -> bytes:
        given = match[2].decode("utf-8", "replace")
        quote = given[0] if given[0] in "\"'" else ""
        names = [name.strip(" \t\r\n'\"") for name in given.strip("\"'").replace("&quot;", "").split(",")]
        found = next((name for name in names if name in known or name.lower() in {*_OURS, *_GENERIC}), None)
        if found is None:
            missing.update(dict.fromkeys(names[:1]))
        elif found in known or found.lower() in _GENERIC:
            return match[0]
        return match[1] + f"{quote}{_OURS.get((found or '').lower(), FONT)}{quote}".encode()

    return _FAMILY.sub(chosen, svg), tuple(name for name in missing if name)


def replaced_fonts(path: Path) -> tuple[str, ...]:
    """Return the families that a drawing asks for and gets the font of the figures for; none for a PDF."""
    return with_usable_fonts(path.read_bytes())[1] if path.suffix.lower() == ".svg" else ()

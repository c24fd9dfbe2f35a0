"""What to say of fonts that a journal's style asks for and that this machine does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from halfcell.core.looks.records import FigureLook
from halfcell.render.fonts import replacement


def font_remarks(styles: Iterable[FigureLook]) -> Iterator[str]:
    """One remark for each list of fonts of which none is installed; figures are then in the font that always is."""
    looks = [look for look in styles if look.font]
    for font in dict.fromkeys(look.font for look in looks):
        said = replacement(font)
        if said:
            journals = dict.fromkeys(look.journal for look in looks if look.font == font and look.journal)
            asked = f" (asked for by the style of {', '.join(journals)})" if journals else ""
            yield f"{said}{asked}; install one of them, or set font in [style]"

"""The family of letters of a document's text: that of its figures."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from halfcell.render.fonts import font_file, usable_fonts

if TYPE_CHECKING:
    from halfcell.report.document_view import View

_COMMON: Final = "etaoinshrdlu "
_TIMES: Final = 0.401  # em; the mean width of these letters in Times New Roman, for which sizes of letters are given


class TextFont(NamedTuple):
    """A family of letters, and by what sizes that are meant for Times New Roman are multiplied to be as broad."""

    family: str
    scale: float


def text_font(shown: View) -> TextFont:
    """The family that most figures of a document are in; without figures that which figures have by default."""
    looks = [item.figure.look for item in shown.items if item.figure]
    wanted = Counter(look.font if look else () for look in looks)
    most = wanted.most_common(1)[0][0] if wanted else ()
    family = usable_fonts(most)[0]
    return TextFont(family, _scale(family))


@cache
def _scale(family: str) -> float:
    from fontTools.ttLib import TTFont

    with TTFont(font_file(family), fontNumber=0, lazy=True) as font:
        names, widths, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        mean = sum(widths[names[ord(letter)]][0] for letter in _COMMON) / len(_COMMON) / units
    return min(float(_TIMES / mean), 1.0)

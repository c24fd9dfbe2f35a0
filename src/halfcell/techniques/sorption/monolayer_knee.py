"""Whether an isotherm has a knee, at which a monolayer is complete: the BET constant C says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.result import Note

if TYPE_CHECKING:
    from halfcell.maths.bet import Window

_KNEE = 50.0  # C below which mono- and multilayers overlap (M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051, IUPAC)
_NONE = 10.0  # C below which no knee is seen: chosen; a straight line through the origin gives C of about 3


def knee_note(window: Window) -> tuple[Note, ...]:
    """A doubt where C is so low that no pressure tells when the monolayer is complete."""
    if not 0.0 < window.c < _KNEE:
        return ()
    rest = "the isotherm has no knee, and the area may be wrong by a multiple" if window.c < _NONE else "they overlap"
    text = (
        f"C is {window.c:.2g}. Below {_KNEE:g} it cannot be told where the monolayer ends and the next layers begin"
        f" (IUPAC 2015): {rest}. State C with the area."
    )
    return (Note("doubt", "no_knee", text),)

"""Notes on identified phases: which were found, what explains the pattern as well, which lines are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.techniques.diffraction.phase_set_fits import MARGIN
from halfcell.techniques.diffraction.unidentified_lines import line_list

if TYPE_CHECKING:
    from halfcell.techniques.diffraction.phase_identification import Identification
    from halfcell.techniques.diffraction.settings import Settings


def found_phases(identification: Identification) -> tuple[Note, ...]:
    """The phases that were found, and other sets that explain the pattern equally well."""
    best = " + ".join(identification.best) or "no crystalline phase of the candidates"
    searched = f"of {identification.searched} searched"
    others = [one for one in identification.ties if one.names != identification.best]
    if not others:
        margin = "no other set"
        if len(identification.sets) > 1:
            margin = f"the BIC of the next set is higher by {identification.margin:.0f}"
        return (Note("info", "phases", f"phases: {best} ({searched}; {margin})"),)
    text = "; ".join(f"{one.text} (BIC higher by {one.behind:.0f})" for one in others)
    return (
        Note("info", "phases", f"phases: {best} ({searched})"),
        Note("doubt", "phases_tied", f"cannot be distinguished here from {text}; a difference of {MARGIN:g} is needed"),
    )


def broad_search(settings: Settings) -> tuple[Note, ...]:
    """A doubt if the candidates were not narrowed down by elements or a composition."""
    if settings.elements or settings.candidates:
        return ()
    text = "neither elements nor a composition were given: the candidates are all phases of the library, and only those"
    return (Note("doubt", "elements_unknown", text),)


def incomplete(identification: Identification) -> tuple[Note, ...]:
    """A doubt if lines are left that none of the phases explains, or lines of the phases are higher than calculated."""
    notes: tuple[Note, ...] = ()
    if identification.unexplained:
        what = f"there is a phase that is none of the {identification.searched} searched"
        notes = (Note("doubt", "phases_incomplete", f"{line_list(identification.unexplained)}: {what}"),)
    if identification.too_high:
        what = line_list(identification.too_high, "lines of the phases found")
        why = "more than twice as high as in the fit: preferred orientation, few large grains, or another phase there"
        notes += (Note("doubt", "lines_too_high", f"{what} are {why}; rotate the specimen or grind it finer"),)
    return notes

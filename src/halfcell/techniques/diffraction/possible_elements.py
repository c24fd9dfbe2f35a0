"""Which elements can be in a sample: those that are set, else those of its composition, and oxygen."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.materials.formulas import composition
from halfcell.materials.phases import phase, phases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from halfcell.techniques.diffraction.settings import Settings

# names in tables of samples that are not formulas; binders have no lines of their own
_WORDS: Mapping[str, frozenset[str]] = {
    word: frozenset(elements)
    for elements, words in (
        (("C",), "carbon graphite hardcarbon softcarbon superp superc65 c65 acetyleneblack carbonblack ketjenblack kb"),
        (("C",), "cnt swcnt mwcnt vgcf mcmb graphene gr g"),
        (("Li", "P", "S", "Cl"), "lpsc lpscl argyrodite"),
        ((), "binder pvdf pvdfhfp cmc sbr paa lipaa pi pan ptfe nbr hnbr pvp peo eva"),
    )
    for word in words.split()
}
_FORMULA = re.compile(r"(?:[A-Z][a-z]?(?:\d+\.?\d*)?)+")
_PREFIX = re.compile(r"(?:a|c|n|nano|alpha|beta|α|β|amorphous|crystalline)[- ](?=[A-Z])")


def elements_of(component: str) -> frozenset[str] | None:
    """Elements of a component by its name in a table of samples (``Si``, ``a-Sn``, ``FeSi2``, ``carbon black``).

    None if the name is neither a formula, nor a phase of the library, nor a common name.
    """
    text = component.strip()
    word = re.sub(r"[\W_]", "", text).lower()
    if word in _WORDS:
        return _WORDS[word]
    if text in phases():
        return phase(text).elements
    plain = _PREFIX.sub("", text, count=1)
    if not _FORMULA.fullmatch(plain):
        return None
    found = frozenset(composition(plain))
    return found if all(_is_element(one) for one in found) else None


def with_elements(settings: Settings, *, cycled: bool = False) -> tuple[Settings, tuple[Note, ...]]:
    """The settings with the elements of the sample's composition if none are set, and a note that lists them.

    Oxygen (for oxides) and the elements of the holder's phases are added, and lithium if the electrode was `cycled`.
    """
    named = settings.elements or settings.candidates or settings.phases or settings.carbon
    if named or not settings.composition_wt_percent:
        return settings, ()
    parts = {name: elements_of(name) for name, share in settings.composition_wt_percent.items() if share > 0}
    own = {one for found in parts.values() for one in found or ()}
    if not own:
        return settings, ()
    holder = {one for name in settings.holder for one in phase(name).elements}
    reasons = dict.fromkeys(sorted(holder), "of the holder") | dict.fromkeys(sorted(own), "from the composition")
    reasons.setdefault("O", "of oxides")
    if cycled:
        reasons.setdefault("Li", "of the cell")
    elements = tuple(reasons)
    listed = [
        f"{', '.join(e for e in elements if reasons[e] == why)} ({why})" for why in dict.fromkeys(reasons.values())
    ]
    text = f"searched for phases of the elements {', '.join(listed)}"
    unknown = [name for name, found in parts.items() if found is None]
    if unknown:
        text += f"; the elements of {', '.join(unknown)} are not known: list them in the setting 'elements'"
    return dataclasses.replace(settings, elements=elements), (Note("info", "elements_from_composition", text),)


def foreign_phases(names: Iterable[str], elements: tuple[str, ...]) -> tuple[str, ...]:
    """Phases with an element that is not listed."""
    return tuple(name for name in names if not phase(name).elements <= frozenset(elements))


def foreign_phases_note(names: tuple[str, ...], elements: tuple[str, ...]) -> tuple[Note, ...]:
    """A doubt about phases outside the elements of the composition."""
    foreign = sorted({one for name in names for one in phase(name).elements} - set(elements))
    what = f"{', '.join(names)} seems to be present, but {', '.join(foreign)} is not in the sample's composition"
    why = "the file may belong to another sample, there may be a contamination, or 'holder' is incomplete"
    return (Note("doubt", "phases_outside", f"{what}: {why}"),)


def _is_element(symbol: str) -> bool:
    import gemmi

    return symbol != "D" and gemmi.Element(symbol).atomic_number > 0

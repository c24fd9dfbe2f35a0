"""The look of a figure as its entry gives it, and what of it nobody sees, which its author is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Final

from halfcell.core.figure import Figure
from halfcell.core.looks.combine import combined
from halfcell.core.looks.records import FigureLook, PanelLook
from halfcell.core.result import Note
from halfcell.render.labels import LETTERS
from halfcell.render.unseen.beyond import beyond
from halfcell.render.unseen.without_effect import Unheeded, without_effect
from halfcell.study.files.item_spec import ItemSpec
from halfcell.study.items.without_row import LabelledNote

CODE: Final = "look_without_effect"
TOLD: Final = frozenset({CODE, "drawing_font"})  # remarks on looks, which a run tells


def look_of_panels(spec: ItemSpec, counts: Sequence[int]) -> FigureLook:
    """The look of a figure; in a composite one each part's look belongs to the panels of that part.

    Parameters
    ----------
    spec
        The figure.
    counts
        The number of panels of each part.
    """
    if not spec.composite:
        return spec.look
    looks = [part.look for part, count in zip(spec.parts, counts, strict=True) for _ in range(count)]
    own = {letter: look for letter, look in zip(LETTERS, looks, strict=False) if look != PanelLook()}
    return combined(FigureLook(panel=own), spec.look)


def look_notes(styled: Figure, spec: ItemSpec, look: FigureLook, counts: Sequence[int]) -> tuple[LabelledNote, ...]:
    """What an author wrote of a figure's look and nobody sees: keys without effect, annotations beyond the axes.

    Parameters
    ----------
    styled
        The figure with the look of the study alone.
    spec, look, counts
        The figure, its look by `look_of_panels`, and the number of panels of each part.
    """
    unheeded = [] if look == FigureLook() else list(without_effect(styled, look))
    texts = [str(one) for one in _of_whole_parts(unheeded, spec, look, counts)]
    if spec.columns is not None and spec.columns > len(styled.panels):
        texts.append(f"columns changes nothing: there are {len(styled.panels)} panels")
    texts += beyond(styled.with_look(look))
    return tuple(("look", Note("info", CODE, text)) for text in dict.fromkeys(texts))


def unseen_style(figure: Figure, style: FigureLook) -> tuple[str, ...]:
    """The keys of the study's style that change nothing in a figure; those of the page and its texts hold anywhere."""
    names = [item.name for item in dataclasses.fields(PanelLook)]
    look = FigureLook(**{name: getattr(style, name) for name in names})
    if look == FigureLook():
        return ()
    return tuple(one.key for one in without_effect(dataclasses.replace(figure, look=None), look))


def style_remarks(unseen: Sequence[Sequence[str]]) -> Iterator[str]:
    """One remark for each key of the study's style that changes nothing in any of its figures.

    Parameters
    ----------
    unseen
        The keys that change nothing in each figure, by `unseen_style`.
    """
    for key in unseen[0] if unseen else ():
        if all(key in keys for keys in unseen):
            yield f"[style] {key} changes nothing in any figure"


def _of_whole_parts(
    found: Sequence[Unheeded], spec: ItemSpec, look: FigureLook, counts: Sequence[int]
) -> Iterator[Unheeded]:
    """Yield what changes nothing in any panel of the part that it was written for; of several panels once."""
    parts = [number for number, count in enumerate(counts) for _ in range(count)] if spec.composite else []
    dead = {one.path for one in found}
    done: set[tuple[object, ...]] = set()
    for one in found:
        letter = str(one.path[1]) if one.path[0] == "panel" else ""
        place = LETTERS.index(letter) if letter else 0
        if not letter or not parts or letter in spec.look.panel or place >= len(parts):
            yield one
            continue
        others = [LETTERS[at] for at, part in enumerate(parts) if part == parts[place] and LETTERS[at] in look.panel]
        key = (parts[place], *one.path[2:])
        if key not in done and all(("panel", other, *one.path[2:]) in dead for other in others):
            yield one
        done.add(key)

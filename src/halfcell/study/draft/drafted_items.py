"""The figures and tables of a drafted study: which a technique gets, in which panels, and what their captions say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Literal, NamedTuple

from halfcell.core.vocabulary import caption_words, vocabulary
from halfcell.study.draft.name_stems import in_panels
from halfcell.study.draft.stated_facts import CellFacts
from halfcell.techniques.common.methods_text import listed
from halfcell.techniques.load import load_technique

_NAMED = 6  # subjects that a caption names; of more it tells the number
_SERIES = 5  # in a panel of a drafted figure
_PANELS = 6  # of a drafted figure; a table has all subjects
_MANY_HALF_CYCLES = 10  # from five cycles on a figure over the cycles shows something


class DraftedItem(NamedTuple):
    """A figure or table of a drafted study: ``sample`` or ``cell`` is what it shows."""

    kind: Literal["figure", "table"]
    id: str
    technique: str
    show: str
    subject: str


def first_shows(technique: str, facts: Sequence[CellFacts | None]) -> Iterator[tuple[Literal["figure", "table"], str]]:
    """The figures and the table that a drafted study has of a technique: its first ones.

    Cells that were cycled more than a few times get the figure over the cycles, too.
    """
    found = load_technique(technique)
    if found.figures:
        yield "figure", next(iter(found.figures))
    many = any(fact is not None and fact.half_cycles >= _MANY_HALF_CYCLES for fact in facts)
    if many and "cycling performance" in found.figures:
        yield "figure", "cycling performance"
    if found.tables:
        yield "table", next(iter(found.tables))


def item_lines(item: DraftedItem, technique: str, subjects: Sequence[str]) -> Iterator[str]:
    """The lines of one item in a study file; a figure of many subjects has several panels of a few each.

    Parameters
    ----------
    item
        The item.
    technique
        The word for its technique in a study file.
    subjects
        The samples or cells that it shows.
    """
    one_panel = item.kind == "table" or has_panel_for_each(item.technique, item.show)
    panels = [list(subjects)] if one_panel else in_panels(subjects, _SERIES)
    shown, more = panels[:_PANELS], [name for panel in panels[_PANELS:] for name in panel]
    yield f"[[{item.kind}]]"
    yield f'id = "{item.id}"'
    yield f"caption = {quoted(caption(item, shown))}"
    yield f'technique = "{technique}"'
    if len(shown) == 1:
        yield f"show = {quoted(item.show)}"
        yield f"{item.subject}s = [{_listed(shown[0])}]"
    else:
        yield "columns = 2"
        yield "panels = ["
        yield from (f"  {{ show = {quoted(item.show)}, {item.subject}s = [{_listed(panel)}] }}," for panel in shown)
        yield "]"
    if more:
        yield f"# and {len(more)} more: {', '.join(more)}"


def caption(item: DraftedItem, panels: Sequence[Sequence[str]]) -> str:
    """What is shown, and of which subjects in which panel; a person adds what it means."""
    many = sum(len(panel) for panel in panels)
    whom = f"{many} {item.subject}s" if len(panels) > 1 or many > _NAMED else listed(panels[0])
    said = caption_words(item.technique, item.kind, item.show).replace("{subjects}", whom) + "."
    parts = (f"({letter}) {listed(panel)}" for letter, panel in zip(ascii_lowercase, panels, strict=False))
    return f"{said} {'; '.join(parts)}." if len(panels) > 1 else said


def has_panel_for_each(technique: str, show: str) -> bool:
    """Whether a figure has a panel for each subject by itself, as Nyquist plots and micrographs have."""
    return show in vocabulary()["panel_for_each"].get(technique, ())


def in_figures(kind: str, technique: str, show: str, subjects: Sequence[str]) -> list[list[str]]:
    """The subjects of each figure: one where they share panels, of few each where every one has a panel of its own."""
    apart = kind == "figure" and has_panel_for_each(technique, show)
    return in_panels(subjects, _PANELS) if apart else [list(subjects)]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def quoted(text: str) -> str:
    """A text as a string of TOML."""
    return json.dumps(text, ensure_ascii=False)

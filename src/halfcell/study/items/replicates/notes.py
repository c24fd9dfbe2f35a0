"""The lines below a figure or table of replicates: those that hold for all cells once, the others cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from halfcell.study.items.replicates.groups import Group

SINGLY: Final = "The cells of {names} are shown singly: {why}."


def notes_of_cells(notes: Sequence[str], groups: Sequence[Group]) -> tuple[str, ...]:
    """The lines of the first cells with those in which other cells differ, each with the name of its cell.

    Parameters
    ----------
    notes
        The lines below what the technique makes of the first cell of each group, under the names of the groups.
    groups
        The groups, with what each of their cells gives.
    """
    shown: dict[str, None] = {}
    others = [_differing(group) for group in groups]
    for note in notes:
        owner = next((own for own in others if note in own), None)
        lines = [note] if owner is None else [line for own in owner.values() for line in own]
        shown |= dict.fromkeys(lines)
    for own in others:  # what the first cell does not say
        shown |= dict.fromkeys(line for lines in own.values() for line in lines)
    return tuple(shown)


def _differing(group: Group) -> dict[str, tuple[str, ...]]:
    """The lines that not all cells of a group give, each as it is printed: with the names of its cells."""
    each = [content.notes for content in group.contents]
    found: dict[str, tuple[str, ...]] = {}
    for note in dict.fromkeys(note for notes in each for note in notes):
        cells = [member for member, notes in zip(group.members, each, strict=True) if note in notes]
        if len(cells) < len(each):
            found[note] = tuple(_of_cell(note, group.name, member.result.label) for member in cells)
    return found


def _of_cell(note: str, name: str, label: str) -> str:
    """A line with the name of a cell in the place of that of its group."""
    return note.replace(name, label, 1) if name in note else f"{label}: {note}"


def shown_singly(notes: Sequence[str], groups: Sequence[Group], why: str) -> tuple[str, ...]:
    """The lines below what shows the cells of groups singly, with the reason."""
    return (*notes, SINGLY.format(names=", ".join(group.name for group in groups), why=why))

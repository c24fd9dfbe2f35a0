"""Which subjects of a part are replicates: cells with one `group`, or cells of one sample and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from halfcell.core.sample import Cell
    from halfcell.study.files.item_spec import Part
    from halfcell.study.files.study_files import StudyFiles
    from halfcell.study.files.subject import Subject
    from halfcell.study.plan.subject_selection import Choice

_Key = tuple[str, ...]


def replicate_groups(files: StudyFiles, part: Part, choices: Sequence[Choice]) -> dict[Subject, str]:
    """The printed name of the group of each subject that has one; a group has two cells or more.

    Cells that an item names are shown singly unless it says ``replicates = "mean"``; all others are grouped unless it
    says ``replicates = "single"``.
    """
    named = part.cells is not None and part.replicates is None
    if named or part.replicates == "single":
        return {}
    members: dict[_Key, list[Subject]] = {}
    for choice in choices:
        cell = files.subjects.cells.get(choice.subject.name) if choice.subject.kind == "cell" else None
        key = _key(cell) if cell is not None else ()
        if key:
            members.setdefault(key, []).append(choice.subject)
    groups = {key: subjects for key, subjects in members.items() if len(subjects) > 1}
    labels = _labels(files, groups)
    return {subject: labels[key] for key, subjects in groups.items() for subject in subjects}


def _key(cell: Cell) -> _Key:
    """What cells of one group share: the name of the group, or sample and kind; empty for a cell of no sample."""
    if cell.group:
        return ("group", cell.group)
    return ("sample", cell.sample, cell.kind.value if cell.kind else "") if cell.sample else ()


def _labels(files: StudyFiles, groups: Mapping[_Key, Sequence[Subject]]) -> dict[_Key, str]:
    """The name of each group: its own, or that of its sample, with the kind of cell where two would be alike."""
    names = {key: key[1] if key[0] == "group" else _sample_label(files, key[1]) for key in groups}
    counts = Counter(names.values())
    return {
        key: f"{name}, {key[2]}" if counts[name] > 1 and key[0] == "sample" else name for key, name in names.items()
    }


def _sample_label(files: StudyFiles, name: str) -> str:
    sample = files.subjects.samples.get(name)
    return sample.printed if sample else name


def mixed_groups(files: StudyFiles) -> tuple[InputError, ...]:
    """Groups of the table of cells whose cells are of different kinds: their numbers do not mean the same."""
    kinds: dict[str, dict[str, str]] = {}
    for name, cell in files.subjects.cells.items():
        if cell.group:
            kinds.setdefault(cell.group, {}).setdefault(cell.kind.value if cell.kind else "no kind", name)
    return tuple(
        InputError(
            f"the group {group!r} has cells of different kinds: {', '.join(found)}",
            files.subjects.place("cell", list(found.values())[-1], "group"),
            "cells of one group are averaged; give each kind a group of its own",
        )
        for group, found in kinds.items()
        if len(found) > 1
    )

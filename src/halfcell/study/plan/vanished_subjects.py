"""What the last run had and is there no more: subjects of the tables whose files are gone, told by study.lock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from halfcell.study.plan.subject_selection import label_of
from halfcell.study.records import Gone, Task

if TYPE_CHECKING:
    from halfcell.study.files.study_files import Loaded


def with_gone(loaded: Loaded, lock: Mapping[str, Any]) -> tuple[Task, ...]:
    """The study's tasks, each with those it lost since the last run.

    An item that names its subjects is left alone: there a subject without a file is a mistake. A subject that is no
    longer in the tables, or whose file is still there and fits another pattern now, was taken out on purpose.
    """
    return tuple(replace(task, gone=tuple(_of_task(loaded, task, lock))) for task in loaded.tasks)


def _of_task(loaded: Loaded, task: Task, lock: Mapping[str, Any]) -> Iterator[Gone]:
    shown: dict[str, set[str]] = {}
    for part, slots in zip(task.spec.parts, task.parts, strict=True):
        if part.samples is None and part.cells is None:
            shown.setdefault(part.technique, set()).update(slot.subject for slot in slots)
    told = set[tuple[str, str]]()
    for technique, subject, path in _before(task, lock):
        here = subject in shown.get(technique, {subject})
        if not here and (technique, subject) not in told and not (loaded.root / path).exists():
            kind = "cell" if subject in loaded.subjects.cells else "sample"
            place = loaded.subjects.place(kind, subject)
            if place:
                told.add((technique, subject))
                label = label_of(loaded, (kind, subject))
                text = f"{kind} {subject!r} (in {_file(place)}) has no file for {_patterns(loaded, technique)}: "
                text += f"in the last run it was {path}"
                yield Gone(technique=technique, subject=subject, path=path, label=label, text=text)


def _before(task: Task, lock: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Technique, subject and path of all that the item showed in the last run, or lacked already then."""
    entry, steps = lock.get("items", {}).get(task.spec.key, {}), lock.get("steps", {})
    old = [steps[name] for name in entry.get("steps", ()) if name in steps]
    had = [(step["technique"], step["subject"], path) for step in old for path in step["sources"]]
    return [*had, *((technique, subject, path) for technique, subject, path in entry.get("gone", ()))]


def _file(place: str) -> str:
    return place.partition(":")[0]


def _patterns(loaded: Loaded, technique: str) -> str:
    patterns = [
        repr(pattern) for entry in loaded.file.raw if entry.technique == technique for pattern in entry.patterns
    ]
    return f"pattern {' or '.join(patterns)}" if patterns else technique

"""Subjects that an item showed in the last run and whose files no longer exist, as study.lock tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.study.files.subject import Subject
from halfcell.study.plan.subject_selection import label_of

if TYPE_CHECKING:
    from halfcell.study.cache.lock_file import Lock
    from halfcell.study.files.study_files import StudyFiles
    from halfcell.study.plan.planned_item import PlannedItem


@dataclass(frozen=True, kw_only=True)
class VanishedSubject:
    """A subject of the tables that an item showed in the last run, and whose file no longer exists."""

    technique: str
    subject: str
    path: str
    label: str
    text: str


def vanished_subjects(files: StudyFiles, item: PlannedItem, lock: Lock) -> Iterator[VanishedSubject]:
    """The subjects that an item of all subjects has lost since the last run.

    An item that names its subjects loses none: there a subject without a file is a mistake. A subject that is no
    longer in the tables, or whose file still exists and matches another pattern now, was left out on purpose.
    """
    shown: dict[str, set[str]] = {}
    for part, slots in zip(item.spec.parts, item.parts, strict=True):
        if part.samples is None and part.cells is None:
            shown.setdefault(part.technique, set()).update(slot.subject for slot in slots)
    seen = set[tuple[str, str]]()
    for technique, subject, path in _shown_before(item, lock):
        is_shown = subject in shown.get(technique, {subject})
        if is_shown or (technique, subject) in seen or (files.root / path).exists():
            continue
        kind = "cell" if subject in files.subjects.cells else "sample"
        place = files.subjects.place(kind, subject)
        if place:
            seen.add((technique, subject))
            text = f"{kind} {subject!r} (in {place.partition(':')[0]}) has no file for {_patterns(files, technique)}: "
            yield VanishedSubject(
                technique=technique,
                subject=subject,
                path=path,
                label=label_of(files, Subject(kind, subject)),
                text=f"{text}in the last run it was {path}",
            )


def _shown_before(item: PlannedItem, lock: Lock) -> list[tuple[str, str, str]]:
    """Technique, subject and path of all that the item showed in the last run, or had already lost by then."""
    entry, steps = lock.get("items", {}).get(item.spec.key), lock.get("steps", {})
    if entry is None:
        return []
    old = [steps[name] for name in entry["steps"] if name in steps]
    shown = [(step["technique"], step["subject"], path) for step in old for path in step["sources"]]
    return [*shown, *((technique, subject, path) for technique, subject, path in entry.get("gone", ()))]


def _patterns(files: StudyFiles, technique: str) -> str:
    patterns = [repr(pattern) for entry in files.file.raw if entry.technique == technique for pattern in entry.patterns]
    return f"pattern {' or '.join(patterns)}" if patterns else technique

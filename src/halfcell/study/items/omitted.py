"""What an item lacks: subjects whose analysis failed or that its show refuses; the others are shown, these named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from halfcell.core.errors import HalfcellError
from halfcell.core.figure import Axis, Figure, Panel, Text
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.table import Table
from halfcell.study.cache.results import digest
from halfcell.study.items.provenance import Traced
from halfcell.study.plan.identified_plan import IdentifiedItem, Slot


def without_failed(task: IdentifiedItem, failures: Mapping[str, str]) -> IdentifiedItem:
    """The task without the subjects whose step failed; they are its `missing`, and its key tells it from the whole one.

    `failures` is keyed by step ids. A task none of whose subjects is left keeps no slot at all.
    """
    if not any(step.id in failures for step in task.steps):
        return task
    left = tuple(tuple(slot for slot in part if slot.step.id not in failures) for part in task.parts)
    lost = [slot for part in task.parts for slot in part if slot.step.id in failures]
    missing = _once(MissingSubject(slot.label, _bare(slot, failures[slot.step.id])) for slot in lost)
    key = digest({"whole": task.key, "missing": [list(one) for one in missing]})
    return replace(task, parts=left, key=key, missing=(*task.missing, *missing))


def _once(missing: Iterable[MissingSubject]) -> tuple[MissingSubject, ...]:
    return tuple(dict.fromkeys(missing))


def _bare(slot: Slot, failure: str) -> str:
    """The failure with the subject's files named, once."""
    files = [file.path for file in slot.step.files]
    if not files or any(path in failure for path in files):
        return failure
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"{files[0]}{more}: {failure}"


def failure_of(task: IdentifiedItem) -> str:
    """Why nothing of an item can be made: what is missing, each with its subject where its file does not tell it."""
    return "; ".join(dict.fromkeys(f"{label}: {why}" for label, why in task.missing))


Show = Callable[[Sequence[Traced]], "Figure | Table"]
Shown = tuple["Figure | Table", tuple[Traced, ...], tuple[MissingSubject, ...]]


def shown(show: Show, results: Sequence[Traced]) -> Shown:
    """Show as many results as the show takes: those it refuses, alone or by name, are left out and told.

    Raises
    ------
    HalfcellError
        If nobody in particular is to blame, or nobody is left.
    """
    left, missing = tuple(results), tuple[MissingSubject, ...]()
    while True:
        try:
            return show(left), left, missing
        except HalfcellError as error:
            blamed = _blamed(show, left, error)
            if not blamed or len(blamed) == len(left):
                raise
            missing += tuple(MissingSubject(label, why) for label, why in blamed.items())
            left = tuple(one for one in left if one.result.label not in blamed)


def _blamed(show: Show, results: Sequence[Traced], error: HalfcellError) -> dict[str, str]:
    """Who the error is about, and what it says of each: those it names, else those that cannot be shown alone."""
    if len(results) < 2:
        return {}
    labels = [one.result.label for one in results]
    whole = error.where if error.where in labels else ""
    named = {whole} if whole else {name.strip() for name in error.where.split(",")} & set(labels)
    if named:
        return {label: _said(error) for label in labels if label in named}
    found = {}
    for one in results:
        try:
            show((one,))
        except HalfcellError as own:
            found[one.result.label] = str(own)
    return found


def _said(error: HalfcellError) -> str:
    return f"{error.what} (hint: {error.hint})" if error.hint else error.what


def with_missing(item: Figure | Table, missing: Sequence[MissingSubject]) -> Figure | Table:
    """The item with a note below it for each subject that is missing."""
    notes = tuple(f"Missing: {label}: {why}" for label, why in missing)
    return replace(item, notes=(*notes, *item.notes)) if notes else item


def empty_panel(title: str) -> Figure:
    """A panel in its place that says that there is nothing to show: the letters of the others stay as they are."""
    text = Text(x=0.5, y=0.5, text="missing: see the note", fraction=True, align="center")
    bare = Axis(hidden=True)
    return Figure(panels=(Panel(x=bare, y=bare, layers=(text,), title=title, legend="none"),))

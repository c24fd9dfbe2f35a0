"""Subjects that an item cannot show, since their analysis failed or is refused: the others are shown, these named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from halfcell.core.errors import HalfcellError
from halfcell.core.figure import Axis, Figure, Panel, Text
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.table import Table
from halfcell.study.cache.json_files import digest
from halfcell.study.items.traced import Traced
from halfcell.study.plan.identified_plan import IdentifiedItem, Slot

Show = Callable[[Sequence[Traced]], Figure | Table]


class ShownPart(NamedTuple):
    """The figure or table of one part of an item, the results that it shows, and the subjects that it cannot show."""

    content: Figure | Table
    results: tuple[Traced, ...]
    missing: tuple[MissingSubject, ...]


def without_failed(item: IdentifiedItem, failures: Mapping[str, str]) -> IdentifiedItem:
    """The item without the subjects whose step failed; they become its `missing`, and it gets a key of its own.

    `failures` gives the failures by the ids of steps. An item with no subject left has no slots.
    """
    if not any(step.id in failures for step in item.steps):
        return item
    remaining = tuple(tuple(slot for slot in part if slot.step.id not in failures) for part in item.parts)
    failed = [slot for part in item.parts for slot in part if slot.step.id in failures]
    with_reasons = (MissingSubject(slot.label, _with_file(failures[slot.step.id], slot)) for slot in failed)
    missing = tuple(dict.fromkeys(with_reasons))
    left_out = [list(subject) for subject in missing]
    key, body = (digest({"whole": whole, "missing": left_out}) for whole in (item.key, item.body))
    return replace(item, parts=remaining, key=key, body=body, missing=(*item.missing, *missing))


def _with_file(failure: str, slot: Slot) -> str:
    """A failure that names a file of the subject."""
    files = [file.path for file in slot.step.files]
    if not files or any(path in failure for path in files):
        return failure
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"{files[0]}{more}: {failure}"


def failure_of(item: IdentifiedItem) -> str:
    """Why an item with no subject left cannot be made: each missing subject with its reason."""
    return "; ".join(dict.fromkeys(f"{label}: {why}" for label, why in item.missing))


def show_all_but_refused(show: Show, results: Sequence[Traced]) -> ShownPart:
    """Show as many results as possible: those that `show` refuses, by name or one by one, are left out.

    Raises
    ------
    HalfcellError
        If no single result is the reason, or none is left.
    """
    remaining, missing = tuple(results), tuple[MissingSubject, ...]()
    while True:
        try:
            return ShownPart(show(remaining), remaining, missing)
        except HalfcellError as error:
            refused = _refused_labels(show, remaining, error)
            if not refused or len(refused) == len(remaining):
                raise
            missing += tuple(MissingSubject(label, why) for label, why in refused.items())
            remaining = tuple(one for one in remaining if one.result.label not in refused)


def _refused_labels(show: Show, results: Sequence[Traced], error: HalfcellError) -> dict[str, str]:
    """Labels of the refused results with the reason: those that the error names, else those that fail on their own."""
    if len(results) < 2:
        return {}
    labels = [one.result.label for one in results]
    only = error.where if error.where in labels else ""
    named = {only} if only else {name.strip() for name in error.where.split(",")} & set(labels)
    if named:
        return {label: _what_and_hint(error) for label in labels if label in named}
    refused = {}
    for one in results:
        try:
            show((one,))
        except HalfcellError as own_error:
            refused[one.result.label] = str(own_error)
    return refused


def _what_and_hint(error: HalfcellError) -> str:
    """The text of an error without its place."""
    return f"{error.what} (hint: {error.hint})" if error.hint else error.what


def with_missing(content: Figure | Table, missing: Sequence[MissingSubject]) -> Figure | Table:
    """The figure or table with a note below it for each missing subject."""
    notes = tuple(f"Missing: {label}: {why}" for label, why in missing)
    return replace(content, notes=(*notes, *content.notes)) if notes else content


def empty_panel(title: str) -> Figure:
    """A panel that says that its subjects are missing; it is kept so that the other panels keep their letters."""
    text = Text(x=0.5, y=0.5, text="missing: see the note", fraction=True, align="center")
    hidden = Axis(hidden=True)
    return Figure(panels=(Panel(x=hidden, y=hidden, layers=(text,), title=title, legend="none"),))

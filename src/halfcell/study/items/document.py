"""Publish a study: its document as data, and the report written from it where that is out of date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell import __version__
from halfcell.core.document import Document, Item
from halfcell.core.errors import InputError
from halfcell.core.figure import Figure
from halfcell.study.cache.code_hash import report_code
from halfcell.study.cache.results import Store, digest
from halfcell.study.execute.local_processes import attempt
from halfcell.study.items.compose import fetch, labelled, made_of, make
from halfcell.study.items.omitted import failure_of, without_failed
from halfcell.study.items.provenance import Traced, number_from, numbers_of
from halfcell.study.items.truth import truth_table
from halfcell.study.plan.identity import hash_files
from halfcell.study.records import Outcome, Slot, Step, Task
from halfcell.study.run import planned

if TYPE_CHECKING:
    from halfcell.study.files.study_files import Loaded


def document_of(loaded: Loaded, failures: Mapping[str, str]) -> Document:
    """The finished document: every item in order, or its failure in its place."""
    store = Store(loaded.root)
    traced: list[tuple[str, str, Traced]] = []
    items = []
    for task in loaded.tasks:
        failure = failures.get(task.spec.key, "")
        parts = [] if failure else [labelled(part, store) for part in task.parts]
        items.append(_item(loaded, task, parts, failure))
        for part, slots in zip(parts, task.parts, strict=False):
            traced += [(slot.subject, slot.label, one) for slot, one in _with_slots(part, slots)]
    simulated = any(item.simulated for item in items)
    return Document(
        title=loaded.file.title,
        subtitle=loaded.file.subtitle,
        items=tuple(items),
        unmatched=tuple(f"{path}: {why}" for path, why in loaded.unmatched),
        truth=truth_table(loaded.truth, traced, simulated=simulated),
        simulated=simulated,
        code_version=f"halfcell {__version__}",
    )


def attempted(path: Path) -> Document:
    """The document of a study as it is now: what is missing is computed, a failed item has its failure in place.

    Raises
    ------
    StudyError
        With every mistake in the study's files.
    """
    loaded = planned(path)
    loaded = replace(loaded, tasks=available(loaded.tasks, loaded.root))
    ends = {task.spec.key: attempt(_present, task, loaded.root) for task in loaded.tasks}
    return document_of(loaded, {key: end.failure for key, end in ends.items() if end.failure})


def available(tasks: Sequence[Task], root: Path) -> tuple[Task, ...]:
    """The tasks without the subjects whose step fails; what is not stored yet is computed."""
    steps = {step.id: step for task in tasks for step in task.steps}
    ends = {name: attempt(_compute, step, root) for name, step in steps.items() if not Store(root).has(name)}
    failures = {name: end.failure for name, end in ends.items() if end.failure}
    return tuple(without_failed(task, failures) for task in tasks)


def _compute(step: Step, root: Path) -> None:
    fetch(step, Store(root))


def _present(task: Task, root: Path) -> None:
    if task.missing and not task.steps:
        raise InputError(failure_of(task))
    make(task, [labelled(part, Store(root)) for part in task.parts])


def _step_id(traced: Traced) -> str:
    return traced.result.id.split("-")[0]


def _with_slots(part: Sequence[Traced], slots: Sequence[Slot]) -> Iterator[tuple[Slot, Traced]]:
    """Each result with the slot that it was labelled for: both in one order; several slots may share a step."""
    places = Counter(slot.step.id for slot in slots)
    results = Counter(_step_id(one) for one in part)
    owners = [slot for slot in slots for _ in range(results[slot.step.id] // places[slot.step.id])]
    return zip(owners, part, strict=True)


def _item(loaded: Loaded, task: Task, parts: list[tuple[Traced, ...]], failure: str) -> Item:
    """One item with its figure or table, its numbers and its files."""
    spec = task.spec
    if failure:
        return Item(id=spec.id, kind=spec.kind, name=spec.name, caption=spec.caption, failure=failure)
    presented = made_of(task, parts)
    made, traced = presented.item, presented.traced
    record = Store(loaded.root).made(task.key)
    outputs = sorted(record.outputs, key=len, reverse=True) if record else []
    numbers = record.numbers if record else numbers_of(spec, made, traced)
    return Item(
        id=spec.id,
        kind=spec.kind,
        name=spec.name,
        caption=made.caption,
        figure=made if isinstance(made, Figure) else None,
        table=None if isinstance(made, Figure) else made,
        numbers=tuple(number_from(number) for number in numbers),
        notes=presented.notes,
        simulated=made.simulated,
        missing=presented.missing,
        files={Path(path).suffix[1:]: str(loaded.root / path) for path in outputs},
    )


def published(
    loaded: Loaded,
    outcome: Outcome,
    lock: Mapping[str, Any],
    before: Mapping[str, Any],
    publish: Callable[[Document, Path], tuple[Path, ...]],
) -> dict[str, Any]:
    """Write the report unless the one that is there was made of the same; returns what the lock says of it."""
    failures = {f"{item.kind} {item.id}": item.failure for item in outcome.failed}
    content = {
        "title": [loaded.file.title, loaded.file.subtitle],
        "items": [[task.spec.key, lock["items"].get(task.spec.key, {}).get("key")] for task in loaded.tasks],
        "failures": failures,
        "unmatched": list(outcome.unmatched),
        "truth": [sorted(row.cells.items()) for row in loaded.truth.rows] if loaded.truth else [],
        "halfcell": __version__,
        "code": report_code(),
    }
    key = digest(content)
    outputs = before.get("outputs", {})
    if before.get("key") == key and outputs and hash_files(loaded.root, outputs) == outputs:
        return dict(before)
    written = publish(document_of(loaded, failures), loaded.root / "out")
    paths = [path.resolve().relative_to(loaded.root.resolve()).as_posix() for path in written]
    return {"key": key, "outputs": hash_files(loaded.root, paths)}

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
from halfcell.study.attempt import attempt
from halfcell.study.cache.code_hash import report_code
from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.results import Store, digest
from halfcell.study.items.compose import fetch, labelled, made_of, make
from halfcell.study.items.omitted import failure_of, without_failed
from halfcell.study.items.provenance import Traced, number_from, numbers_of
from halfcell.study.items.truth import truth_table
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan, Slot, Step
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import checked_plan

if TYPE_CHECKING:
    from halfcell.study.execute.outcome import Outcome


def document_of(plan: IdentifiedPlan, failures: Mapping[str, str]) -> Document:
    """The finished document: every item in order, or its failure in its place."""
    store = Store(plan.root)
    traced: list[tuple[str, str, Traced]] = []
    items = []
    for task in plan.items:
        failure = failures.get(task.spec.key, "")
        parts = [] if failure else [labelled(part, store) for part in task.parts]
        items.append(_item(plan, task, parts, failure))
        for part, slots in zip(parts, task.parts, strict=False):
            traced += [(slot.subject, slot.label, one) for slot, one in _with_slots(part, slots)]
    simulated = any(item.simulated for item in items)
    return Document(
        title=plan.files.file.title,
        subtitle=plan.files.file.subtitle,
        items=tuple(items),
        unmatched=tuple(str(file) for file in plan.unmatched),
        truth=truth_table(plan.files.truth, traced, simulated=simulated),
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
    plan = identify(checked_plan(path))
    plan = replace(plan, items=available(plan.items, plan.root))
    ends = {task.spec.key: attempt(_present, task, plan.root) for task in plan.items}
    return document_of(plan, {key: end.failure for key, end in ends.items() if end.failure})


def available(tasks: Sequence[IdentifiedItem], root: Path) -> tuple[IdentifiedItem, ...]:
    """The tasks without the subjects whose step fails; what is not stored yet is computed."""
    steps = {step.id: step for task in tasks for step in task.steps}
    ends = {name: attempt(_compute, step, root) for name, step in steps.items() if not Store(root).has(name)}
    failures = {name: end.failure for name, end in ends.items() if end.failure}
    return tuple(without_failed(task, failures) for task in tasks)


def _compute(step: Step, root: Path) -> None:
    fetch(step, Store(root))


def _present(task: IdentifiedItem, root: Path) -> None:
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


def _item(plan: IdentifiedPlan, task: IdentifiedItem, parts: list[tuple[Traced, ...]], failure: str) -> Item:
    """One item with its figure or table, its numbers and its files."""
    spec = task.spec
    if failure:
        return Item(id=spec.id, kind=spec.kind, name=spec.name, caption=spec.caption, failure=failure)
    presented = made_of(task, parts)
    made, traced = presented.item, presented.traced
    record = Store(plan.root).made(task.key)
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
        files={Path(path).suffix[1:]: str(plan.root / path) for path in outputs},
    )


def published(
    plan: IdentifiedPlan,
    outcome: Outcome,
    lock: Mapping[str, Any],
    before: Mapping[str, Any],
    publish: Callable[[Document, Path], tuple[Path, ...]],
) -> dict[str, Any]:
    """Write the report unless the one that is there was made of the same; returns what the lock says of it."""
    failures = {f"{item.kind} {item.id}": item.failure for item in outcome.failed}
    content = {
        "title": [plan.files.file.title, plan.files.file.subtitle],
        "items": [[task.spec.key, lock["items"].get(task.spec.key, {}).get("key")] for task in plan.items],
        "failures": failures,
        "unmatched": list(outcome.unmatched),
        "truth": [sorted(row.cells.items()) for row in plan.files.truth.rows] if plan.files.truth else [],
        "halfcell": __version__,
        "code": report_code(),
    }
    key = digest(content)
    outputs = before.get("outputs", {})
    if before.get("key") == key and outputs and hash_files(plan.root, outputs) == outputs:
        return dict(before)
    written = publish(document_of(plan, failures), plan.root / "out")
    paths = [path.resolve().relative_to(plan.root.resolve()).as_posix() for path in written]
    return {"key": key, "outputs": hash_files(plan.root, paths)}

"""What a run writes when all its items are done: numbers.csv, study.lock and the report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from halfcell.study.cache.lock_file import NAME, Lock, read_lock
from halfcell.study.cache.results import Store, as_text
from halfcell.study.execute.last_outcome import remember_outcome
from halfcell.study.execute.lock_entries import new_lock
from halfcell.study.execute.outcome import Outcome
from halfcell.study.items.document import published
from halfcell.study.items.provenance import numbers_csv
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan
from halfcell.study.run_request import Publish
from halfcell.study.run_state import RunState

NUMBERS = "out/numbers.csv"


def write_outputs(
    plan: IdentifiedPlan, state: RunState, mark: Mapping[str, object], publish: Publish | None
) -> Outcome:
    """Write numbers.csv, study.lock and the report, remove the files of items that no longer exist.

    A run of all items that is complete is remembered with its fingerprint `mark`.

    Returns
    -------
    Outcome
        What the run did.
    """
    root, store, outcome = plan.root, Store(plan.root), state.outcome(plan.unmatched)
    made = state.made
    plan = replace(plan, items=tuple(_as_made(item, state) for item in plan.items))
    before = read_lock(root)
    others = {item.spec.key for item in plan.items} - {f"{item.kind} {item.id}" for item in outcome.items}
    entries = {key: entry for key, entry in before.get("items", {}).items() if key in others}
    lock = new_lock(plan.files.file.title, made.values(), before, entries)
    _put(store, root / NUMBERS, numbers_csv(list(_numbers(plan.items, lock, store))))
    is_whole = not others
    if is_whole and publish is not None:
        _put(store, root / NAME, as_text(lock))  # kept even if the report cannot be written
        lock = {**lock, "report": published(plan, outcome, lock, before.get("report", {}), publish)}
    _put(store, root / NAME, as_text(lock))
    _remove_old_files(root, before, lock)
    report = tuple(lock.get("report", {}).get("outputs", {}))
    outcome = replace(outcome, published=report if publish and is_whole else ())
    if is_whole and not outcome.exit_status:
        outputs = [path for entry in lock["items"].values() for path in entry["outputs"]]
        outputs += [*report, NUMBERS, NAME]
        remember_outcome(root, mark, outcome, outputs, publishing=publish is not None)
    return outcome


def _as_made(item: IdentifiedItem, state: RunState) -> IdentifiedItem:
    """An item as it was made: without the subjects that failed."""
    made = state.made.get(item.spec.key)
    return made.item if made else item


def _numbers(items: Iterable[IdentifiedItem], lock: Lock, store: Store) -> Iterator[Mapping[str, object]]:
    """The numbers of all items that exist, in the order of the study."""
    for item in items:
        entry = lock["items"].get(item.spec.key)
        record = store.made(entry["key"]) if entry else None
        if record is not None:
            yield from record.numbers


def _put(store: Store, path: Path, text: str) -> None:
    """Write a file if its content is different."""
    if not path.is_file() or path.read_bytes() != text.encode():
        store.put(path, text)


def _remove_old_files(root: Path, before: Lock, lock: Lock) -> None:
    """Remove the files of items that no longer exist or failed: an old figure beside a failure would mislead."""
    now = {path for entry in lock["items"].values() for path in entry["outputs"]}
    for entry in before.get("items", {}).values():
        for path in set(entry["outputs"]) - now:
            (root / path).unlink(missing_ok=True)
    for folder in ("out/figures", "out/tables"):
        if (root / folder).is_dir() and not any((root / folder).iterdir()):
            os.rmdir(root / folder)

"""The entries of study.lock for steps and items, and why an item is made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from halfcell import __version__
from halfcell.study.cache.code_hash import item_code
from halfcell.study.cache.environment import environment
from halfcell.study.cache.lock_file import LOCK_FORMAT, differences

if TYPE_CHECKING:
    from halfcell.study.cache.item_record import ItemRecord
    from halfcell.study.cache.lock_file import ItemEntry, Lock, StepEntry
    from halfcell.study.plan.identified_plan import IdentifiedItem, Step


class MadeItem(NamedTuple):
    """An item that was made or found unchanged, without the subjects that failed, and its record."""

    item: IdentifiedItem
    record: ItemRecord


def step_entry(step: Step, previous: StepEntry | None) -> StepEntry:
    """The entry of a step; `changed` says what is different from the `previous` step that it replaces."""
    files = (*step.files, *step.references.values())
    entry: StepEntry = {
        "technique": step.technique,
        "version": step.version,
        "subject": step.subject,
        "settings": dict(step.values),
        "set_in": {name: where.split(":")[0] for name, where in step.layers.items()},
        "sources": {file.path: file.sha256 for file in files},
        "readers": {file.path: file.reader for file in files},
    }
    if step.columns:
        entry["columns"] = dict(step.columns)
    if previous is not None:
        entry["changed"] = list(differences(previous, entry))
    return entry


def was_analysed(step: Step, lock: Lock) -> bool:
    """Whether the last run analysed the files of a step by the same technique, after the same readers had read them."""
    known = {
        (entry["technique"], entry["version"], sha256, entry.get("readers", {}).get(path, ""))
        for entry in lock.get("steps", {}).values()
        for path, sha256 in entry["sources"].items()
    }
    files = (*step.files, *step.references.values())
    return all((step.technique, step.version, file.sha256, file.reader) in known for file in files)


def previous_step(step: Step, item: IdentifiedItem, lock: Lock) -> StepEntry | None:
    """The step of the last run that this one replaces: same item, technique, subject and, if possible, first file."""
    entry, steps = lock.get("items", {}).get(item.spec.key), lock.get("steps", {})
    last_steps = [steps[name] for name in entry["steps"] if name in steps] if entry else []
    alike = [last for last in last_steps if last["technique"] == step.technique and last["subject"] == step.subject]
    first_path = step.files[0].path if step.files else ""
    with_same_file = [last for last in alike if first_path in last["sources"]]
    return next(iter(with_same_file or alike), None)


def reasons_to_make_again(item: IdentifiedItem, lock: Lock) -> tuple[str, ...]:
    """Why an item is made again, subject by subject; empty if it is made for the first time."""
    entry = lock.get("items", {}).get(item.spec.key)
    if entry is None:
        return ()
    reasons: list[str] = []
    replaced: list[StepEntry] = []
    labels = {slot.step.id: slot.label for part in item.parts for slot in part}
    for step in item.steps:
        if step.id in entry["steps"]:
            continue
        previous = previous_step(step, item, lock)
        if previous is None:
            reasons.append(f"{labels[step.id]} is new")
        else:
            replaced.append(previous)
            reasons.extend(f"{labels[step.id]}: {change}" for change in differences(previous, step_entry(step, None)))
    before, now = entry.get("own", {}), {file.path: file.sha256 for file in item.own}
    reasons += [f"{path} has changed" for path in now if path in before and before[path] != now[path]]
    reasons += _no_longer_included(item, entry, lock, replaced)
    return tuple(reasons or [_other_reason(item, entry)])


def _no_longer_included(item: IdentifiedItem, entry: ItemEntry, lock: Lock, replaced: list[StepEntry]) -> Iterator[str]:
    """Subjects that the item showed in the last run and does not show now; `replaced` are steps computed again."""
    steps = lock.get("steps", {})
    present = {step.id for step in item.steps}
    for name in entry["steps"]:
        last = steps.get(name)
        if last is not None and name not in present and not any(last is one for one in replaced):
            first_path = next(iter(last["sources"]), "")
            yield f"{last['subject']} is no longer included" + (f" (its file was {first_path})" if first_path else "")


def _other_reason(item: IdentifiedItem, entry: ItemEntry) -> str:
    """Why an item is made again although none of its steps has changed."""
    if entry["key"] == item.key:
        return "its files were missing or had been changed"
    if entry.get("body") == item.body:
        return "its caption changed"
    is_other_code = entry.get("code", "") != item_code(item.spec)
    return "the code that draws it changed" if is_other_code else "its entry in the study changed"


def new_lock(title: str, made: Iterable[MadeItem], last: Lock, others: Mapping[str, ItemEntry]) -> Lock:
    """The lock after a run.

    Parameters
    ----------
    title
        The study's title.
    made
        The items that were made or found unchanged.
    last
        The lock of the last run.
    others
        Entries of the last run for items that this run did not look at.
    """
    steps: dict[str, StepEntry] = {}
    entries: dict[str, ItemEntry] = dict(others)
    last_steps = last.get("steps", {})
    for entry in others.values():
        steps.update({step: last_steps[step] for step in entry["steps"] if step in last_steps})
    for item, record in made:
        for step in item.steps:
            steps[step.id] = last_steps.get(step.id) or step_entry(step, previous_step(step, item, last))
        entries[item.spec.key] = _item_entry(item, record)
    lock: Lock = {
        "format": LOCK_FORMAT,
        "about": "written by halfcell; do not edit",
        "halfcell": __version__,
        "title": title,
        "items": entries,
        "steps": steps,
        "environment": environment(),
    }
    if "report" in last:
        lock["report"] = last["report"]
    return lock


def _item_entry(item: IdentifiedItem, record: ItemRecord) -> ItemEntry:
    entry: ItemEntry = {
        "key": item.key,
        "body": item.body,
        "steps": [step.id for step in item.steps],
        "name": item.spec.name,
        "code": item_code(item.spec),
        "outputs": dict(record.outputs),
    }
    if item.own:
        entry["own"] = {file.path: file.sha256 for file in item.own}
    if item.vanished:
        entry["gone"] = [(one.technique, one.subject, one.path) for one in item.vanished]
    return entry

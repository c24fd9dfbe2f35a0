"""What study.lock says of steps and items after a run, and why an item is made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from halfcell import __version__
from halfcell.study.cache.code_hash import code_of
from halfcell.study.cache.lock_file import Entry, Lock, differences

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.study.cache.item_record import ItemRecord
    from halfcell.study.plan.identified_plan import IdentifiedItem, Step


class MadeItem(NamedTuple):
    """An item that was made or found unchanged, without the subjects that failed, and its record."""

    item: IdentifiedItem
    record: ItemRecord


def step_entry(step: Step, before: Entry | None) -> Entry:
    """What the lock says of a step; `changed` gives the differences from the step that it replaces."""
    entry: dict[str, Json] = {
        "technique": step.technique,
        "version": step.version,
        "subject": step.subject,
        "settings": dict(step.values),
        "set_in": {name: where.split(":")[0] for name, where in step.layers.items()},
        "sources": {file.path: file.sha256 for file in (*step.files, *step.references.values())},
        "readers": {file.path: file.reader for file in (*step.files, *step.references.values())},
    }
    if step.columns:
        entry["columns"] = dict(step.columns)
    if before is not None:
        entry["changed"] = list(differences(before, entry))
    return entry


def last_of(step: Step, item: IdentifiedItem, lock: Lock) -> Entry | None:
    """The step of the last run that this one replaces: same item, technique, subject and first file."""
    entry = lock.get("items", {}).get(item.spec.key, {})
    steps = [lock["steps"][name] for name in entry.get("steps", ()) if name in lock.get("steps", {})]
    alike = [old for old in steps if old["technique"] == step.technique and old["subject"] == step.subject]
    first = step.files[0].path if step.files else ""
    same_file = [old for old in alike if first in old["sources"]]
    return next(iter(same_file or alike), None)


def reasons(item: IdentifiedItem, lock: Lock) -> tuple[str, ...]:
    """Why an item is made again, subject by subject; empty if it is made for the first time."""
    entry = lock.get("items", {}).get(item.spec.key)
    if entry is None:
        return ()
    found: list[str] = []
    before: list[Entry] = []
    labels = {slot.step.id: slot.label for part in item.parts for slot in part}
    for step in item.steps:
        old = last_of(step, item, lock)
        if step.id in entry["steps"]:
            continue
        before += [old] if old is not None else []
        if old is None:
            found.append(f"{labels[step.id]} is new")
        else:
            found.extend(f"{labels[step.id]}: {change}" for change in differences(old, step_entry(step, None)))
    found += _left_out(item, lock, before)
    return tuple(found or [_other_reason(item, entry)])


def _left_out(item: IdentifiedItem, lock: Lock, before: list[Entry]) -> Iterable[str]:
    """Subjects that the item showed in the last run and does not show now; `before` are steps computed again."""
    steps = lock.get("steps", {})
    names = {step.id for step in item.steps}
    for name in lock["items"][item.spec.key]["steps"]:
        old = steps.get(name)
        if old is not None and name not in names and not any(old is one for one in before):
            first = next(iter(old["sources"]), "")
            yield f"{old['subject']} is no longer included" + (f" (its file was {first})" if first else "")


def _other_reason(item: IdentifiedItem, entry: Entry) -> str:
    if entry["key"] == item.key:
        return "its files were missing or had been changed"
    is_other_code = entry.get("code", "") != code_of(item.spec)
    return "the code that draws it changed" if is_other_code else "its entry in the study changed"


def new_lock(title: str, made: Iterable[MadeItem], lock: Lock, others: Mapping[str, Entry]) -> Lock:
    """The lock after a run: the items made or found unchanged, and the entries of the others from the last run."""
    steps: dict[str, Entry] = {}
    entries: dict[str, Entry] = dict(others)
    old_steps = lock.get("steps", {})
    for entry in others.values():
        steps.update({step: old_steps[step] for step in entry["steps"] if step in old_steps})
    for item, record in made:
        for step in item.steps:
            steps[step.id] = old_steps.get(step.id) or step_entry(step, last_of(step, item, lock))
        entries[item.spec.key] = _item_entry(item, record)
    report = {"report": lock["report"]} if "report" in lock else {}
    return {
        **report,
        "format": 1,
        "about": "written by halfcell; do not edit",
        "halfcell": __version__,
        "title": title,
        "items": entries,
        "steps": steps,
    }


def _item_entry(item: IdentifiedItem, record: ItemRecord) -> Entry:
    entry: dict[str, Json] = {
        "key": item.key,
        "steps": [step.id for step in item.steps],
        "name": item.spec.name,
        "code": code_of(item.spec),
        "outputs": dict(record.outputs),
    }
    if item.vanished:
        entry["gone"] = [[one.technique, one.subject, one.path] for one in item.vanished]
    return entry

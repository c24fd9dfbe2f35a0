"""study.lock: what was computed from what, written by the program alone; the next run tells from it what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell import __version__
from halfcell.study.cache.code_hash import code_of
from halfcell.study.cache.results import read_json

if TYPE_CHECKING:
    from halfcell.study.records import Made, Step, Task

NAME = "study.lock"
Entry = Mapping[str, Any]


def read_lock(root: Path) -> dict[str, Any]:
    """The lock of a study; empty where there is none (or it is damaged)."""
    lock = read_json(root / NAME)
    return lock if lock.get("format") == 1 else {}


def last_files(root: Path) -> tuple[tuple[str, str, str], ...]:
    """Technique, subject and path of the files of the last run that are there no more."""
    steps = read_lock(root).get("steps", {}).values()
    had = dict.fromkeys((step["technique"], step["subject"], path) for step in steps for path in step["sources"])
    return tuple(sorted((one for one in had if not (root / one[2]).exists()), key=lambda one: one[2]))


def step_entry(step: Step, before: Entry | None) -> dict[str, Any]:
    """What the lock says of a step; `changed` says against which settings and files it was computed again."""
    entry: dict[str, Any] = {
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


def differences(before: Entry, now: Entry) -> Iterable[str]:
    """Why a step is not the one it was: ``active_mass_mg 1.2 -> 1.3 (cells.csv)``."""
    if before["version"] != now["version"]:
        yield f"recipe of {now['technique']} {before['version']} -> {now['version']}"
    old, new = before["settings"], now["settings"]
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            where = now["set_in"].get(name) or before["set_in"].get(name, "")
            yield f"{name} {_said(old.get(name))} -> {_said(new.get(name))}" + (f" ({where})" if where else "")
    if before.get("columns") != now.get("columns"):
        yield "the column map of [raw]"
    yield from _other_readers(before, now)
    for path in sorted({*before["sources"], *now["sources"]}):
        was, is_ = before["sources"].get(path), now["sources"].get(path)
        if was != is_:
            yield f"{path} {'is new' if was is None else 'is gone' if is_ is None else 'has other content'}"


def _other_readers(before: Entry, now: Entry) -> Iterable[str]:
    """Files whose content stayed and whose reader is another, or a later version."""
    old, new = before.get("readers", {}), now["readers"]
    for path in sorted(set(old) & set(new)):
        if old[path] != new[path] and before["sources"].get(path) == now["sources"].get(path):
            yield f"{path} is read by {new[path] or 'no reader'}, before by {old[path] or 'none'}"


def _said(value: Any) -> str:
    return "nothing" if value is None else str(value)


def before_of(step: Step, task: Task, lock: Entry) -> Entry | None:
    """The step of the last run that stood in this one's place: same item, technique, subject and first file."""
    item = lock.get("items", {}).get(task.spec.key, {})
    steps = [lock["steps"][name] for name in item.get("steps", ()) if name in lock.get("steps", {})]
    alike = [old for old in steps if old["technique"] == step.technique and old["subject"] == step.subject]
    first = step.files[0].path if step.files else ""
    same_file = [old for old in alike if first in old["sources"]]
    return next(iter(same_file or alike), None)


def reasons(task: Task, lock: Entry) -> tuple[str, ...]:
    """Why an item is made again, subject by subject; nothing where it is made for the first time."""
    item = lock.get("items", {}).get(task.spec.key)
    if item is None:
        return ()
    found: list[str] = []
    before: list[Entry] = []
    labels = {slot.step.id: slot.label for part in task.parts for slot in part}
    for step in task.steps:
        old = before_of(step, task, lock)
        if step.id in item["steps"]:
            continue
        before += [old] if old is not None else []
        if old is None:
            found.append(f"{labels[step.id]} is new here")
        else:
            found.extend(f"{labels[step.id]}: {change}" for change in differences(old, step_entry(step, None)))
    found += _left_out(task, lock, before)
    return tuple(found or [_other_reason(task, item)])


def _left_out(task: Task, lock: Entry, before: list[Entry]) -> Iterable[str]:
    """Whom the item showed in the last run and does not show now; `before` are steps that were computed anew."""
    steps = lock.get("steps", {})
    names = {step.id for step in task.steps}
    for name in lock["items"][task.spec.key]["steps"]:
        old = steps.get(name)
        if old is not None and name not in names and not any(old is one for one in before):
            first = next(iter(old["sources"]), "")
            yield f"{old['subject']} is no longer in it" + (f" (it was {first})" if first else "")


def _other_reason(task: Task, item: Entry) -> str:
    if item["key"] == task.key:
        return "its files were missing or altered"
    drawn_by = item.get("code", "")
    return "the program that draws it changed" if drawn_by != code_of(task) else "its entry in the study changed"


def new_lock(
    title: str, items: Mapping[str, tuple[Task, Made]], lock: Entry, kept: Mapping[str, Entry]
) -> dict[str, Any]:
    """The lock after a run: the items made or found unchanged, and those kept from the last run."""
    steps: dict[str, Any] = {}
    entries: dict[str, Any] = dict(kept)
    old_steps = lock.get("steps", {})
    for name, entry in kept.items():
        entries[name] = entry
        steps.update({step: old_steps[step] for step in entry["steps"] if step in old_steps})
    for task, made in items.values():
        for step in task.steps:
            steps[step.id] = old_steps.get(step.id) or step_entry(step, before_of(step, task, lock))
        entries[task.spec.key] = {
            "key": task.key,
            "steps": [step.id for step in task.steps],
            "name": task.spec.name,
            "code": code_of(task),
            "outputs": dict(made.outputs),
        }
        if task.gone:
            entries[task.spec.key]["gone"] = [[one.technique, one.subject, one.path] for one in task.gone]
    return {
        "format": 1,
        "about": "written by halfcell; do not edit",
        "halfcell": __version__,
        "title": title,
        "items": entries,
        "steps": steps,
    }

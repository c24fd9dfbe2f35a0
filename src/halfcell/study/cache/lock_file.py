"""study.lock: what was computed from what, written by the program alone; the next run tells from it what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from halfcell.study.cache.results import read_json

NAME = "study.lock"
Entry = Mapping[str, Any]
Lock = Mapping[str, Any]  # the content of study.lock


def read_lock(root: Path) -> dict[str, Any]:
    """The lock of a study; empty where there is none (or it is damaged)."""
    lock = read_json(root / NAME)
    return lock if lock.get("format") == 1 else {}


def last_files(root: Path) -> tuple[tuple[str, str, str], ...]:
    """Technique, subject and path of the files of the last run that are there no more."""
    steps = read_lock(root).get("steps", {}).values()
    had = dict.fromkeys((step["technique"], step["subject"], path) for step in steps for path in step["sources"])
    return tuple(sorted((one for one in had if not (root / one[2]).exists()), key=lambda one: one[2]))


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

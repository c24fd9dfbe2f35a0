"""Identity: a step's id is sha256 over technique, recipe version, settings, its files' hashes and their readers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell import __version__
from halfcell.core.settings import as_json
from halfcell.study.cache.code_hash import code_of
from halfcell.study.cache.results import FOLDER, Store, as_text, digest, read_json
from halfcell.study.plan.recognise import BY_COLUMN_MAP, recognised
from halfcell.study.records import InputFile, Step, Task

if TYPE_CHECKING:
    from halfcell.study.files.load import Loaded

UNREADABLE = "unreadable"


def identified(loaded: Loaded) -> tuple[Task, ...]:
    """Hash every file that a step reads, ask who reads it, and fill in the ids of steps and the keys of items."""
    wanted = {file.path for task in loaded.tasks for part in task.parts for slot in part for file in _inputs(slot.step)}
    hashes = hash_files(loaded.root, wanted)
    readers = recognised(loaded.root, {path: sha for path, sha in hashes.items() if sha != UNREADABLE})
    tasks = []
    for task in loaded.tasks:
        parts = tuple(tuple(replace(s, step=_step(s.step, hashes, readers)) for s in part) for part in task.parts)
        tasks.append(replace(task, parts=parts))
    alike = _alike(tasks)
    return tuple(replace(task, copies=(copies := _copies(task, alike)), key=_key(task, copies)) for task in tasks)


def _alike(tasks: Iterable[Task]) -> dict[str, dict[str, str]]:
    """Contents that files of several subjects have: sha256 -> subject -> path."""
    found: dict[str, dict[str, str]] = {}
    for slot in (slot for task in tasks for part in task.parts for slot in part):
        for file in slot.step.files:
            found.setdefault(file.sha256, {}).setdefault(slot.subject, file.path)
    return {sha256: paths for sha256, paths in found.items() if len(set(paths.values())) > 1 and sha256 != UNREADABLE}


def _copies(task: Task, alike: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """The subjects of an item whose files have the content of another's, each with a word on it."""
    said: dict[tuple[str, str], None] = {}
    for slot in (slot for part in task.parts for slot in part):
        for file in slot.step.files:
            paths = alike.get(file.sha256, {})
            others = sorted({path for who, path in paths.items() if who != slot.subject} - {file.path})
            if others:
                text = f"{file.path} has the same content as {', '.join(others)}: a copying mistake?"
                said[slot.label, text] = None
    return tuple(said)


def hash_files(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """sha256 of files below the study; one seen before with the same size and time is not read again."""
    cache_path = root / FOLDER / "hashes.json"
    cache = read_json(cache_path)
    found: dict[str, str] = {}
    stamps: dict[str, list[int]] = {}
    for path in sorted(paths):
        try:
            stat = os.stat(root / path)
        except OSError:
            found[path] = UNREADABLE
            continue
        stamps[path] = [stat.st_size, stat.st_mtime_ns]
        known = cache.get(path)
        if known and known[:2] == stamps[path]:
            found[path] = known[2]
    missing = [path for path in stamps if path not in found]
    with ThreadPoolExecutor(max_workers=4) as pool:
        found.update(zip(missing, pool.map(lambda path: _hash(root / path), missing), strict=True))
    if missing:
        fresh = {path: [*stamps[path], found[path]] for path in stamps if found[path] != UNREADABLE}
        Store(root).put(cache_path, as_text(cache | fresh))
    return found


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return UNREADABLE


def _inputs(step: Step) -> tuple[InputFile, ...]:
    return (*step.files, *step.references.values())


def _step(step: Step, hashes: Mapping[str, str], readers: Mapping[str, str]) -> Step:
    """A step with its hashes, its readers and its id."""

    def known(file: InputFile, reader: str = "") -> InputFile:
        return replace(file, sha256=hashes[file.path], reader=reader or readers.get(file.path, ""))

    files = tuple(known(file, BY_COLUMN_MAP if step.columns else "") for file in step.files)
    references = {name: known(file) for name, file in step.references.items()}
    content: dict[str, Any] = {
        "technique": step.technique,
        "version": step.version,
        "settings": {name: value for name, value in step.values.items() if name not in references},
        "sources": [[file.sha256, dict(file.tags), file.reader] for file in files],
        "references": {name: [file.sha256, file.reader] for name, file in references.items()},
        "columns": dict(step.columns),
        "context": dict(step.context),
    }
    return replace(step, files=files, references=references, id=digest(content))


def _key(task: Task, copies: tuple[tuple[str, str], ...]) -> str:
    """The key of an item: its entry in the study file, whose results it shows, and the code that draws it."""
    spec = as_json(task.spec)
    del spec["path"]
    for part in spec["parts"]:
        del part["path"]
    shown = [[[slot.label, slot.step.id, [f.path for f in slot.step.files]] for slot in part] for part in task.parts]
    content = {"spec": spec, "parts": shown, "halfcell": __version__, "code": code_of(task)}
    said = {"gone": [one.text for one in task.gone], "copies": [list(one) for one in copies]}
    return digest(content | {name: texts for name, texts in said.items() if texts})

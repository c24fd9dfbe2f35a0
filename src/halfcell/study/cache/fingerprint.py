"""Nothing changed: a fingerprint of everything a run looks at, checked without importing any analysis."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from halfcell import __version__
from halfcell.core.result import Note
from halfcell.study.cache.code_hash import code_stamp
from halfcell.study.cache.declared_versions import installed_version, readers_mark
from halfcell.study.cache.results import FOLDER, Store, as_text, read_json
from halfcell.study.files.patterns import folder_files
from halfcell.study.records import ItemDone, Outcome

_FORMAT = 3  # raised when what is remembered changes its form


def fingerprint(
    root: Path, inputs: Iterable[str], folders: Iterable[str], techniques: Collection[str]
) -> dict[str, Any]:
    """What a run depends on: the study's own files by content, raw files by size and time, versions.

    ``study.lock``, ``out/`` and the store are outputs and do not count.
    """
    listing = hashlib.sha256()
    for folder in folders:
        for path, stat in folder_files(root, folder):
            if not path.startswith("out/") and path != "study.lock":
                listing.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode(errors="surrogateescape"))
    return {
        "halfcell": __version__,
        "inputs": {path: _content(root / path) for path in inputs},
        "also": [name for name in ("samples.csv", "samples.xlsx", "cells.csv", "cells.xlsx") if (root / name).exists()],
        "folders": list(folders),
        "raw": listing.hexdigest(),
        "versions": {name: installed_version(name) for name in sorted(set(techniques))},
        "readers": readers_mark(),
        "code": code_stamp(techniques),
    }


def remember(
    root: Path, mark: Mapping[str, Any], outcome: Outcome, outputs: Iterable[str], *, publishing: bool
) -> None:
    """Keep the fingerprint of a complete run with what it printed and the files it left."""
    state = {
        "format": _FORMAT,
        "mark": mark,
        "outputs": {path: _stamp(root / path) for path in sorted(outputs)},
        "items": [
            [
                item.id,
                item.kind,
                item.name,
                item.results,
                item.simulated,
                [[who, [n.level, n.code, n.text]] for who, n in item.notes],
            ]
            for item in outcome.items
        ],
        "unmatched": list(outcome.unmatched),
        "published": list(outcome.published),
        "publishing": publishing,
        "steps": outcome.computed + outcome.reused,
    }
    Store(root).put(root / FOLDER / "state.json", as_text(state))


def forget(root: Path) -> None:
    """Drop the fingerprint: the next run looks at everything."""
    (root / FOLDER / "state.json").unlink(missing_ok=True)


def unchanged(path: Path, *, published: bool) -> Outcome | None:
    """The outcome of the last complete run if nothing has changed since and all its files are there; else None."""
    root = path.resolve().parent
    state = read_json(root / FOLDER / "state.json")
    if (
        state.get("format") != _FORMAT
        or (published and not state["publishing"])
        or path.name not in state["mark"]["inputs"]
    ):
        return None
    if changed_since(root):
        return None
    if any(_stamp(root / name) != stamp for name, stamp in state["outputs"].items()):
        return None
    items = [
        ItemDone(
            id=name, kind=kind, name=title, state="unchanged", results=results, simulated=simulated,
            notes=tuple((who, Note(*note)) for who, note in notes),
        )
        for name, kind, title, results, simulated, notes in state["items"]
    ]  # fmt: skip
    return Outcome(
        items=tuple(items),
        reused=state["steps"],
        unmatched=tuple(state["unmatched"]),
        published=tuple(state["published"]),
        nothing_changed=True,
    )


def changed_since(root: Path) -> bool:
    """Whether anything that the last complete run looked at has changed since; False where there was none."""
    state = read_json(root / FOLDER / "state.json")
    if state.get("format") != _FORMAT:
        return False
    old = state["mark"]
    return bool(fingerprint(root, old["inputs"], old["folders"], old["versions"]) != old)


def _content(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _stamp(path: Path) -> list[int]:
    try:
        stat = os.stat(path)
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns]

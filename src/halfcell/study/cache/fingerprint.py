"""Nothing changed: a fingerprint of everything a run looks at, checked without importing any analysis."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from halfcell import __version__
from halfcell.study.cache.code_hash import code_stamp
from halfcell.study.cache.declared_versions import installed_version, readers_mark
from halfcell.study.cache.results import FOLDER, Store, as_text, read_json
from halfcell.study.files.folder_files import folder_files

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
    root: Path, mark: Mapping[str, Any], outcome: Mapping[str, Any], outputs: Iterable[str], *, publishing: bool
) -> None:
    """Store the fingerprint of a complete run with its outcome (as JSON) and the files it wrote."""
    state = {
        "format": _FORMAT,
        "mark": mark,
        "outputs": {path: _stamp(root / path) for path in sorted(outputs)},
        "publishing": publishing,
        **outcome,
    }
    Store(root).put(root / FOLDER / "state.json", as_text(state))


def forget(root: Path) -> None:
    """Drop the fingerprint: the next run looks at everything."""
    (root / FOLDER / "state.json").unlink(missing_ok=True)


def unchanged_outcome(path: Path, *, published: bool) -> dict[str, Any] | None:
    """The outcome of the last complete run (as JSON) if nothing has changed since and all its files are there."""
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
    return state


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

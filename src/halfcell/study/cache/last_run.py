"""The last complete run: its fingerprint and its outcome, to know at once that nothing has changed since."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast

from halfcell.study.cache.file_hashes import content_hash, hash_files
from halfcell.study.cache.fingerprint import Fingerprint, fingerprint
from halfcell.study.cache.lock_file import LOCK_FILE, read_lock
from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import FOLDER

if TYPE_CHECKING:
    from halfcell.core.result import Level
    from halfcell.study.files.item_spec import Kind

_FORMAT = 6  # raised when the form of what is stored changes


class ItemSummary(TypedDict):
    """A figure or table of the last run; `notes` are the label of a result, and level, code and text of its note."""

    id: str
    kind: Kind
    name: str
    results: int
    simulated: bool
    notes: list[tuple[str, tuple[Level, str, str]]]


class RunSummary(TypedDict):
    """The outcome of a run as JSON; `steps` counts its analyses."""

    items: list[ItemSummary]
    unmatched: list[str]
    published: list[str]
    open_doubts: list[str]
    remarks: NotRequired[list[str]]
    steps: int


class _LastRun(TypedDict, total=False):
    """What is stored of a run; empty if there was none.

    `outputs` are size and time of each file that it wrote, `lock` is the sha256 of study.lock.
    """

    format: int
    mark: Fingerprint
    outcome: RunSummary
    outputs: dict[str, list[int]]
    lock: str
    publishing: bool


def remember_run(
    root: Path, mark: Fingerprint, outcome: RunSummary, outputs: Iterable[str], *, publishing: bool
) -> None:
    """Store the fingerprint of a complete run with its outcome and the files that it wrote."""
    run: _LastRun = {
        "format": _FORMAT,
        "mark": mark,
        "outcome": outcome,
        "outputs": {path: _stamp(root / path) for path in sorted(outputs)},
        "lock": content_hash(root / LOCK_FILE),
        "publishing": publishing,
    }
    Store(root).write_json(_path(root), run)


def forget_last_run(root: Path) -> None:
    """Remove what is stored of the last run: the next one checks everything."""
    _path(root).unlink(missing_ok=True)


def unchanged_run(path: Path, *, published: bool) -> RunSummary | None:
    """The outcome of the last complete run of a study file if nothing has changed since; else None.

    With `published` that run must have written the report, too.
    """
    root = path.resolve().parent
    last = _last_run(root)
    if not last or (published and not last["publishing"]) or path.name not in last["mark"]["inputs"]:
        return None
    if content_hash(root / LOCK_FILE) != last["lock"]:
        return None
    if changed_since_last_run(root) or any(_stamp(root / name) != stamp for name, stamp in last["outputs"].items()):
        return None
    return last["outcome"]


def changed_since_last_run(root: Path) -> bool:
    """Whether anything that the last complete run depended on has changed since; False if there was none."""
    last = _last_run(root)
    if not last:
        return False
    mark = last["mark"]
    return fingerprint(root, mark["inputs"], mark["folders"], mark["versions"]) != mark


def numbers_out_of_date(root: Path) -> bool:
    """Whether a number of the last complete run would be computed otherwise now; False if there was no such run.

    A file that was copied or touched, and code that only draws, change no number: where nothing else is different, the
    contents of the source files decide.
    """
    last = _last_run(root)
    if not last:
        return False
    mark = last["mark"]
    now = fingerprint(root, mark["inputs"], mark["folders"], mark["versions"])
    if any(now[key] != mark[key] for key in ("halfcell", "inputs", "also", "folders", "versions", "readers")):
        return True
    if now["raw"] == mark["raw"]:
        return False
    used = {path: sha for step in read_lock(root).get("steps", {}).values() for path, sha in step["sources"].items()}
    return hash_files(root, used) != used


def _path(root: Path) -> Path:
    return root / FOLDER / "state.json"


def _last_run(root: Path) -> _LastRun:
    """What is stored of the last complete run; empty if there was none."""
    content = Store(root).read_json(_path(root))
    return cast("_LastRun", content) if content.get("format") == _FORMAT else {}


def _stamp(path: Path) -> list[int]:
    """Size and time of a file; empty if there is none."""
    try:
        stat = os.stat(path)
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns]

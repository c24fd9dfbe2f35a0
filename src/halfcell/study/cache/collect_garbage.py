"""Remove from the store of a study what its last run no longer needs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.study.cache.lock_file import Lock, check_lock, read_lock
from halfcell.study.cache.measurements import StoredMeasurements
from halfcell.study.cache.results import Store
from halfcell.study.cache.run_lock import only_run_in
from halfcell.study.cache.store_files import DAMAGED, FOLDER


@dataclass(frozen=True, kw_only=True)
class Collected:
    """How many files were removed, and how many bytes they took."""

    files: int
    size: int


def collect_garbage(root: Path) -> Collected:
    """Remove results and records that study.lock does not name, unnamed parquet files, and damaged files set aside.

    Results of settings that were tried and given up are among them: to try them again is to compute them again.

    Raises
    ------
    InputError
        If the study has not been run, its lock is damaged, or a run is working on it.
    """
    check_lock(root)
    lock = read_lock(root)
    if not lock:
        raise InputError("this study has not been run yet", root.name, "halfcell run")
    with only_run_in(root):
        before = _sizes(root)
        for path in _unneeded(root, lock):
            path.unlink(missing_ok=True)
        shutil.rmtree(root / FOLDER / DAMAGED, ignore_errors=True)
        StoredMeasurements(root).limit_size()
        after = _sizes(root)
    removed = [size for path, size in before.items() if path not in after]
    return Collected(files=len(removed), size=sum(removed))


def _unneeded(root: Path, lock: Lock) -> Iterator[Path]:
    """The results, records and drawings that the lock does not name."""
    folder = root / FOLDER
    results = {Store(root).results_path(step) for step in lock["steps"]}
    yield from (path for path in folder.glob("results/*/*") if path not in results)
    records = {f"{entry['key']}.json" for entry in lock["items"].values()}
    outputs = {path for entry in lock["items"].values() for path in entry["outputs"].items()}
    shown = {entry.get("body", "") for entry in lock["items"].values()} | {"plan"}
    yield from (path for path in folder.glob("shown/*") if path.stem not in shown)
    for path in folder.glob("items/*"):
        if path.name.startswith("drawing-"):
            drawn = Store(root).read_json(path).items()
            if not drawn or not set(drawn) <= outputs:
                yield path
        elif path.name not in records:
            yield path


def _sizes(root: Path) -> dict[Path, int]:
    return {path: path.stat().st_size for path in (root / FOLDER).rglob("*") if path.is_file()}

"""Verify an archive: hash its files, compute its study anew, compare every printed number, table and document."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from halfcell.core.errors import InputError
from halfcell.report import NAMES
from halfcell.report.pack.machine import ENVIRONMENT, Machine, machine
from halfcell.report.verify.archive import Archive, check_room, opened
from halfcell.report.verify.causes import other_versions
from halfcell.report.verify.files import file_problems
from halfcell.report.verify.numbers import compare_numbers
from halfcell.report.verify.outputs import compare_outputs
from halfcell.report.verify.recompute import recompute, unpack_study
from halfcell.report.verify.records import Records, read_records
from halfcell.report.verify.verdict import Verdict
from halfcell.study.cache.lock_file import LOCK_FILE, Lock, read_lock
from halfcell.study.run_outputs import RECORDS

if TYPE_CHECKING:
    from halfcell.report import Format
    from halfcell.study.execute.outcome import Outcome
    from halfcell.study.run_request import OnProgress


@dataclass(frozen=True, kw_only=True)
class Request:
    """How an archive is verified.

    `keep` is the folder for the study that is computed anew (empty: a temporary one), `workers` the number of
    processes, `on_progress` is called with the progress.
    """

    keep: str = ""
    workers: int = 0
    on_progress: OnProgress | None = None


def verify(path: Path, request: Request) -> Verdict:
    """Verify an archive of `halfcell pack`.

    Nothing that the archive states is trusted: its files are compared with both of its lists of hashes, the study is
    computed from the raw files and the study files alone, and what comes out is compared with what the archive prints.

    Raises
    ------
    InputError
        If the archive cannot be read, is none of halfcell, or is not safe to unpack; if the folder to keep is not
        empty.
    """
    with opened(path) as archive, _folder(request.keep) as folder:
        check_room(archive, folder)
        problems = file_problems(archive)
        stated = _stated(archive)
        study = unpack_study(archive, folder)
        formats: list[Format] = [name for name, file in NAMES.items() if f"out/{file}" in archive.entries]
        done = recompute(study, formats, request.workers, request.on_progress)
        computed = _computed(study.parent) if done.outcome else Records(numbers={}, settings={}, lock={})
        return Verdict(
            archive=str(path),
            sha256=_sha256(path),
            files=len(archive.entries),
            problems=(*problems, *done.problems),
            numbers=compare_numbers(stated, computed),
            outputs=compare_outputs(archive, study.parent) if done.outcome else (),
            other_items=dict(_other_items(done.outcome, stated.lock)) if done.outcome else {},
            other_machine=other_versions(_machine(archive), machine()),
            steps=done.outcome.computed if done.outcome else 0,
        )


@contextmanager
def _folder(keep: str) -> Iterator[Path]:
    """The folder in which the study is computed; a temporary one is removed at the end."""
    if not keep:
        with tempfile.TemporaryDirectory(prefix="halfcell-verify-") as name:
            yield Path(name)
        return
    folder = Path(keep)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("the folder is not empty", keep, "name a new one: --keep FOLDER")
    folder.mkdir(parents=True, exist_ok=True)
    yield folder


def _stated(archive: Archive) -> Records:
    """What the archive states of its numbers."""
    return read_records(archive.read(RECORDS[0]), archive.read(RECORDS[1]), _lock(archive))


def _lock(archive: Archive) -> Lock:
    """study.lock of the archive; empty if it is not as it was written."""
    with tempfile.TemporaryDirectory() as name:
        if LOCK_FILE in archive.entries and archive.unpack(LOCK_FILE, Path(name)):
            return read_lock(Path(name))
    return {}


def _computed(root: Path) -> Records:
    numbers, settings = ((root / name).read_bytes() for name in RECORDS[:2])
    return read_records(numbers, settings, read_lock(root))


def _machine(archive: Archive) -> Machine:
    """What the archive says it was computed with; nothing where that cannot be read."""
    try:
        content = json.loads(archive.read(ENVIRONMENT))
    except (InputError, ValueError, RecursionError):
        content = {}
    found = content if isinstance(content, dict) else {}
    packages = found.get("packages")
    return cast("Machine", {**found, "packages": packages if isinstance(packages, dict) else {}})


def _other_items(outcome: Outcome, lock: Lock) -> Iterator[tuple[str, str]]:
    """Items that were made in the archive and cannot be made here, and the other way round."""
    made = lock.get("items", {})
    for item in outcome.items:
        in_archive = f"{item.kind} {item.id}" in made
        if item.state == "failed" and in_archive:
            yield item.name, f"could not be made: {item.failure}"
        elif item.state != "failed" and not in_archive:
            yield item.name, "was not made in the archive"
    asked = {f"{item.kind} {item.id}" for item in outcome.items}
    for key, entry in made.items():
        if key not in asked:
            yield entry["name"], "is in study.lock, and the study does not ask for it"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

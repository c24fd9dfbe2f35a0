"""Check everything that a study keeps against the hashes it was written with, reading every file whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from halfcell.core.errors import InputError
from halfcell.study.cache.file_hashes import content_hash
from halfcell.study.cache.lock_file import LOCK_FILE, Lock, check_lock, read_lock
from halfcell.study.cache.measurements import MEASUREMENTS_FOLDER
from halfcell.study.cache.sealed import Damaged, unsealed
from halfcell.study.cache.store_files import FOLDER

_AGAIN: Final = "halfcell run makes it again"
_SEALED: Final = (  # the schema of study.toml, which editors read, lies beside them and has no seal
    *("results/*/*.results", "items/*.json", "parts/*.txt", "shown/*.shown", f"{MEASUREMENTS_FOLDER}/*/*.json"),
    *("hashes.json", "readers.json", "records.json", "state.json"),
)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was checked, by kind -> number of files, and each file that is not as it was written or analysed."""

    checked: dict[str, int]
    problems: tuple[InputError, ...]


def verify_store(root: Path) -> Verified:
    """Check the store of a study, study.lock, its outputs and its raw files; nothing is changed.

    Stored files are compared with their own seal, figures, tables, numbers.csv and the report with the hashes in
    study.lock, and raw files with the contents that were analysed, whatever their size and time say.
    """
    lock = read_lock(root)
    outputs, sources = dict(_outputs(lock)), dict(_sources(lock))
    stored = [path for pattern in _SEALED for path in sorted((root / FOLDER).glob(pattern))]
    problems = [*_damaged_files(root, stored), *_lock_problems(root)]
    problems += _changed(root, outputs, "has changed since it was written", _AGAIN)
    problems += _changed(root, sources, "has changed since it was analysed", "halfcell run analyses it again")
    return Verified(
        checked={"stored files": len(stored), "outputs": len(outputs), "source files": len(sources)},
        problems=tuple(problems),
    )


def _damaged_files(root: Path, stored: list[Path]) -> Iterator[InputError]:
    for path in stored:
        where = path.relative_to(root).as_posix()
        try:
            content = unsealed(path.read_bytes())
        except OSError as error:
            yield InputError(f"cannot be read: {error.strerror}", where)
        except Damaged:
            yield InputError("other content than was written", where, _AGAIN)
        else:
            if path.parent.parent.name == MEASUREMENTS_FOLDER:
                yield from _damaged_columns(root, path, content)


def _damaged_columns(root: Path, path: Path, content: bytes) -> Iterator[InputError]:
    """The parquet files of an entry of measurements that are not those it names."""
    for stored in json.loads(content)["measurements"]:
        file = path.with_name(stored["file"])
        if content_hash(file) != stored["sha256"]:
            yield InputError("other content than was written", file.relative_to(root).as_posix(), _AGAIN)


def _lock_problems(root: Path) -> Iterator[InputError]:
    try:
        check_lock(root)
    except InputError as error:
        yield error
        return
    if not (root / LOCK_FILE).is_file():
        yield InputError("this study has not been run: there is nothing to compare its files with", root.name)


def _outputs(lock: Lock) -> Iterator[tuple[str, str]]:
    for entry in lock.get("items", {}).values():
        yield from entry["outputs"].items()
    yield from lock.get("report", {}).get("outputs", {}).items()
    if "numbers" in lock:
        yield "out/numbers.csv", lock["numbers"]


def _sources(lock: Lock) -> Iterator[tuple[str, str]]:
    for step in lock.get("steps", {}).values():
        yield from step["sources"].items()
    for entry in lock.get("items", {}).values():
        yield from entry.get("own", {}).items()


def _changed(root: Path, hashes: dict[str, str], what: str, hint: str) -> Iterator[InputError]:
    for path, sha256 in hashes.items():
        found = content_hash(root / path)
        if not found:
            yield InputError("is missing or cannot be read", path)
        elif found != sha256:
            yield InputError(what, path, hint)

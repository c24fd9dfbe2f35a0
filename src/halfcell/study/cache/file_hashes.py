"""Hashes of files; a file whose size and time have not changed is not read again."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, cast

from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import FOLDER

UNREADABLE = "unreadable"
_SECOND: Final = 10**9  # ns
_TICK: Final = 10**8  # ns; where fractions of a second are kept, two writes within 4 to 20 ms may have one time
_COARSE_TICK: Final = 2 * _SECOND  # FAT keeps even seconds, HFS+ and some network file systems whole ones


def hash_files(root: Path, paths: Iterable[str], *, trust_times: bool = True) -> dict[str, str]:
    """sha256 of files below the study; `UNREADABLE` for files that cannot be read.

    With `trust_times` a file whose size and time are those of the last look is not read again, unless it had been
    written just before that look: it may have been written once more since, without another time. Times are compared
    with the clock of the file system, which may differ from that of this machine.
    """
    cache_path = root / FOLDER / "hashes.json"
    cache = cast("dict[str, list[Any]]", Store(root).read_json(cache_path))
    hashes: dict[str, str] = {}
    stamps: dict[str, tuple[int, int]] = {}
    for path in sorted(paths):
        try:
            stat = os.stat(root / path)
        except OSError:
            hashes[path] = UNREADABLE
            continue
        stamps[path] = (stat.st_size, stat.st_mtime_ns)
        known = cache.get(path) if trust_times else None
        if known and (known[0], known[1]) == stamps[path] and _is_settled(known):
            hashes[path] = known[2]
    missing = [path for path in stamps if path not in hashes]
    if missing:
        now = clock(root)
        with ThreadPoolExecutor(max_workers=4) as pool:
            hashes.update(zip(missing, pool.map(lambda path: _hash(root / path), missing), strict=True))
        readable = {path: [*stamps[path], hashes[path], now] for path in missing if hashes[path] != UNREADABLE}
        if readable:
            Store(root).write_json(cache_path, cache | readable)
    return hashes


def content_hash(path: Path) -> str:
    """sha256 of a file, read whole; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _is_settled(known: Sequence[Any]) -> bool:
    """Whether the last look at a file of the cache came late enough; not so where an older version did not keep it."""
    return len(known) >= 4 and is_settled(known[1], known[3])


def is_settled(written: int, looked: int) -> bool:
    """Whether a file was written so long before a look at it that its time tells of any later write; both in ns."""
    return written + (_TICK if written % _SECOND else _COARSE_TICK) < looked


def clock(root: Path) -> int:
    """The time in ns as the file system of the study has it; that of this machine where nothing can be written."""
    try:
        with tempfile.TemporaryFile(dir=root / FOLDER) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return time.time_ns()


def _hash(path: Path) -> str:
    return content_hash(path) or UNREADABLE

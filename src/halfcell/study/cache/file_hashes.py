"""Hashes of files; a file whose size and time have not changed is not read again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import FOLDER

UNREADABLE = "unreadable"


def hash_files(root: Path, paths: Iterable[str], *, trust_times: bool = True) -> dict[str, str]:
    """sha256 of files below the study; `UNREADABLE` for files that cannot be read.

    With `trust_times` a file whose size and time are those of the last look is not read again.
    """
    cache_path = root / FOLDER / "hashes.json"
    cache = cast("dict[str, tuple[int, int, str]]", Store(root).read_json(cache_path))
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
        if known and tuple(known[:2]) == stamps[path]:
            hashes[path] = known[2]
    missing = [path for path in stamps if path not in hashes]
    if missing:
        with ThreadPoolExecutor(max_workers=4) as pool:
            hashes.update(zip(missing, pool.map(lambda path: _hash(root / path), missing), strict=True))
        readable = {path: (*stamps[path], hashes[path]) for path in stamps if hashes[path] != UNREADABLE}
        if cache | readable != cache:
            Store(root).write_json(cache_path, cache | readable)
    return hashes


def content_hash(path: Path) -> str:
    """sha256 of a file, read whole; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _hash(path: Path) -> str:
    return content_hash(path) or UNREADABLE

"""Hashes of files; a file whose size and time have not changed is not read again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

from halfcell.study.cache.json_files import json_text, read_json
from halfcell.study.cache.results import FOLDER, Store

UNREADABLE = "unreadable"


def hash_files(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """sha256 of files below the study; `UNREADABLE` for files that cannot be read."""
    cache_path = root / FOLDER / "hashes.json"
    cache = cast("dict[str, tuple[int, int, str]]", read_json(cache_path))
    hashes: dict[str, str] = {}
    stamps: dict[str, tuple[int, int]] = {}
    for path in sorted(paths):
        try:
            stat = os.stat(root / path)
        except OSError:
            hashes[path] = UNREADABLE
            continue
        stamps[path] = (stat.st_size, stat.st_mtime_ns)
        known = cache.get(path)
        if known and tuple(known[:2]) == stamps[path]:
            hashes[path] = known[2]
    missing = [path for path in stamps if path not in hashes]
    with ThreadPoolExecutor(max_workers=4) as pool:
        hashes.update(zip(missing, pool.map(lambda path: _hash(root / path), missing), strict=True))
    if missing:
        readable = {path: (*stamps[path], hashes[path]) for path in stamps if hashes[path] != UNREADABLE}
        Store(root).write_file(cache_path, json_text(cache | readable))
    return hashes


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return UNREADABLE

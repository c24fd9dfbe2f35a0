"""The fingerprint of a run: all that it depends on, determined without importing any analysis."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TypedDict

from halfcell import __version__
from halfcell.study.cache.code_hash import code_stamp
from halfcell.study.cache.declared_versions import installed_version, readers_hash
from halfcell.study.cache.file_hashes import clock, content_hash, is_settled
from halfcell.study.files.file_names import is_output
from halfcell.study.files.folder_files import folder_files


class Fingerprint(TypedDict):
    """What a run depends on.

    The study's own files by content (`inputs`), other tables that it could have (`also`), the folders of raw files with
    a hash over the sizes and times of their files (`raw`; with the content of those that were written just now, or are
    said to be written later, since their time need not tell of another write), the versions of techniques and readers,
    and the code.
    """

    halfcell: str
    inputs: dict[str, str]
    also: list[str]
    folders: list[str]
    raw: str
    versions: dict[str, str]
    readers: str
    code: str


def fingerprint(root: Path, inputs: Iterable[str], folders: Iterable[str], techniques: Collection[str]) -> Fingerprint:
    """The fingerprint of a run of the study at `root`.

    ``study.lock``, ``out/`` and the store are outputs and do not count.

    Parameters
    ----------
    root
        The study's folder.
    inputs
        The study's own files.
    folders
        The folders of its raw files.
    techniques
        The techniques of its figures and tables.
    """
    folders, now = list(folders), clock(root)
    listing = hashlib.sha256()
    for folder in folders:
        for path, stat in folder_files(root, folder):
            if not is_output(path, root):
                told = "" if is_settled(stat.st_mtime_ns, now) else content_hash(root / path)
                mark = f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0{told}\n"
                listing.update(mark.encode(errors="surrogateescape"))
    return {
        "halfcell": __version__,
        "inputs": {path: content_hash(root / path) for path in inputs},
        "also": [name for name in ("samples.csv", "samples.xlsx", "cells.csv", "cells.xlsx") if (root / name).exists()],
        "folders": folders,
        "raw": listing.hexdigest(),
        "versions": {name: installed_version(name) for name in sorted(set(techniques))},
        "readers": readers_hash(),
        "code": code_stamp(techniques),
    }

"""The files below a folder, hidden files and notes left out, and names that are not UTF-8."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_IGNORED = {"thumbs.db", "desktop.ini", "manifest.md", "readme.md", "readme.txt", "readme"}
NOT_UTF8 = "its name is not UTF-8: rename the file"


def folder_files(root: Path, folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Files below a folder as POSIX paths relative to the study, sorted; hidden files and notes are left out."""
    for place, folders, names in os.walk(root / folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _IGNORED:
                path = os.path.join(place, name)
                if os.path.isfile(path):
                    yield os.path.relpath(path, root).replace(os.sep, "/"), os.stat(path)


def is_utf8(path: str) -> bool:
    """Whether a path is text that can be written into a file; a name in another encoding is not."""
    return printable(path) == path


def printable(path: str) -> str:
    """A path with the bytes that are not UTF-8 escaped (``Pr\\xfcf.mpt``)."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")

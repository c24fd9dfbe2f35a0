"""The files below a folder, hidden files and notes left out, and names that are not UTF-8."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_IGNORED = {"thumbs.db", "desktop.ini", "manifest.md", "readme.md", "readme.txt", "readme"}
_LINKS = 3  # links in one path; folders that all link to each other would otherwise give n! paths
NOT_UTF8 = "its name is not UTF-8: rename the file"


def folder_files(root: Path, folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Files below a folder as POSIX paths relative to the study, sorted; hidden files and notes are left out.

    The files of an absolute folder, which may be on another drive, keep their absolute paths. A link to a folder is
    followed, unless it leads back to a folder that it is in.
    """
    top = os.path.join(root, folder)
    for place, folders, names in os.walk(top, followlinks=True):
        endless = endless_links(place, folders, top)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in endless)
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _IGNORED:
                path = os.path.join(place, name)
                if os.path.isfile(path):
                    shown = path if os.path.isabs(folder) else os.path.relpath(path, root)
                    yield shown.replace(os.sep, "/"), os.stat(path)


def written_path(path: Path, root: Path) -> str:
    """A path as a study at `root` writes it: relative, or absolute on another drive, which no relative path reaches."""
    try:
        written = os.path.relpath(path, root)
    except ValueError:
        written = os.path.abspath(path)
    return written.replace(os.sep, "/")


def endless_links(place: str, names: Iterable[str], root: str) -> set[str]:
    """Which names in a folder are links that lead back to a folder above them, or one of too many links in a row."""
    return {name for name in names if _leads_back(place, name, root)}


def _leads_back(place: str, name: str, root: str) -> bool:
    """Whether a folder is a link that need not be followed: to a folder above it, or one of too many in a row."""
    path = os.path.join(place, name)
    if not os.path.islink(path):
        return False
    target, inside = os.path.realpath(path), os.path.realpath(place)
    if target == inside or inside.startswith(os.path.join(target, "")):
        return True
    way = list(_way(place, root))
    links = sum(os.path.islink(folder) for folder in way)
    return links >= _LINKS or any(os.path.realpath(folder) == target for folder in way)


def _way(place: str, root: str) -> Iterator[str]:
    """The folders on the way from `root` down to a folder, as they are written."""
    while len(place) > len(root):
        yield place
        place = os.path.dirname(place)


def is_utf8(path: str) -> bool:
    """Whether a path is text that can be written into a file; a name in another encoding is not."""
    return printable(path) == path


def printable(path: str) -> str:
    """A path with the bytes that are not UTF-8 escaped (``Pr\\xfcf.mpt``)."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")

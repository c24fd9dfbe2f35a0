"""Copies of files in a crate, each with its hash; a file that changed since its numbers were computed is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, NamedTuple

from halfcell.core.errors import InputError

_BLOCK: Final = 1 << 20


class Copied(NamedTuple):
    """A file of a crate: its path there, sha256 and size in bytes; `source` is where the study has it."""

    path: str
    sha256: str
    size: int
    source: str = ""


def copy(source: Path, named: str, crate: Path, path: str, expected: str = "") -> Copied:
    """Copy a file into a crate.

    Parameters
    ----------
    source
        The file.
    named
        Its path as the study writes it.
    crate, path
        The folder of the crate, and the path in it.
    expected
        The sha256 that the numbers name; empty where none does.

    Raises
    ------
    InputError
        If the file cannot be read, or is another one than the numbers were computed from.
    """
    digest, size, target = hashlib.sha256(), 0, crate / path
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        reading = source.open("rb")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", named, "the crate needs it: restore it") from error
    with reading, target.open("wb") as written:
        while block := reading.read(_BLOCK):
            digest.update(block)
            size += written.write(block)
    if expected and digest.hexdigest() != expected:
        what = "has changed since its numbers were computed; no crate was written"
        raise InputError(what, named, "write the report again")
    return Copied(path, digest.hexdigest(), size, named)


def put(text: str, crate: Path, path: str, source: str = "") -> Copied:
    """Write a text into a crate (UTF-8, line ends as they are)."""
    content, target = text.encode(), crate / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return Copied(path, hashlib.sha256(content).hexdigest(), len(content), source)

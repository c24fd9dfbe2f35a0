"""The file that data come from: path, hash and reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A file on disk: path, SHA-256 of its bytes, name of the reader, size in bytes."""

    path: str
    sha256: str
    reader: str
    size: int = 0

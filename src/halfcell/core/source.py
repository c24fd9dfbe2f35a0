"""The file that data came from: its place, its hash, the reader that understood it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One file on disk: where it is, what its bytes hash to, which reader understood it."""

    path: str
    sha256: str
    reader: str
    size: int = 0

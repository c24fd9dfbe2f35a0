"""A raw file that an analysis reads, identified by its content and its reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class InputFile:
    """A file that a step reads: its path below the study, its hash, the words its name gave (``{cycle}`` -> 10).

    `reader` is the reader that takes it with the reader's version (``neware 1``); empty where none does.
    """

    path: str
    sha256: str
    reader: str
    tags: Mapping[str, str] = field(default_factory=dict)

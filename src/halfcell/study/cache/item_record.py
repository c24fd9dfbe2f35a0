"""The record of an item that was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Note


@dataclass(frozen=True, kw_only=True)
class ItemRecord:
    """What the store has of an item that was made.

    Its numbers, its notes with the labels of their results, the hash of each file written, and the subjects that are
    missing from it.
    """

    numbers: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False
    missing: tuple[MissingSubject, ...] = ()

"""The results of a step as the store keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Result


@dataclass(frozen=True, kw_only=True, eq=False)
class StepResults:
    """The results of a step; `tags` are the words that tell several results of one subject apart.

    `missing` are the states of a series whose files cannot be used.
    """

    results: tuple[Result, ...]
    tags: tuple[str, ...]
    code_version: str
    missing: tuple[MissingSubject, ...] = ()

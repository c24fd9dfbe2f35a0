"""The result of `comparison`: your own records, and which reported ones they are compared with."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.result import Result
from halfcell.literature.schema import Record
from halfcell.literature.techniques.comparison.settings import Comparison


@dataclass(frozen=True, kw_only=True, eq=False)
class ComparisonResult(Result):
    """Your own records, the name of the comparison, and the conditions that reported records must fulfil."""

    name: Comparison
    own: tuple[Record, ...]
    conditions: tuple[str, ...]

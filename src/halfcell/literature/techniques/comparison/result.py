"""The result of `comparison`: the own records, and which reported ones they stand beside."""

from __future__ import annotations

from dataclasses import dataclass

from halfcell.core.result import Result
from halfcell.literature.schema import Record
from halfcell.literature.techniques.comparison.settings import Comparison


@dataclass(frozen=True, kw_only=True, eq=False)
class ComparisonResult(Result):
    """The own records, and which reported ones they are set among."""

    name: Comparison
    own: tuple[Record, ...]
    conditions: tuple[str, ...]

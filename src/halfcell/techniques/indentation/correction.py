"""One correction of a record: what is taken off a column, its error, and what is noted about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.result import Note


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What is to be taken off a column: its value and standard error, and what was noted about it.

    Where it cannot be known nothing is taken off.
    """

    value: float = 0.0
    std: float = 0.0
    notes: tuple[Note, ...] = ()
    is_known: bool = True

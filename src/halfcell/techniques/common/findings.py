"""What one part of an analysis found: quantities by name, and what it noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Quantities and notes of one part of an analysis; parts are joined by ``+``."""

    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def __add__(self, other: Findings) -> Findings:
        """Both parts' quantities, those of the other winning, and both parts' notes in order."""
        return Findings(quantities={**self.quantities, **other.quantities}, notes=(*self.notes, *other.notes))


def refused(code: str, text: str) -> Findings:
    """No quantities, and the note that says why."""
    return Findings(notes=(Note("refused", code, text),))

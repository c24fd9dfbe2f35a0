"""A text with its superscripts and subscripts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text, plain and with raised and lowered parts marked: ``CoSi2``, ``CoSi_{2}``."""

    plain: str
    marked: str

    @property
    def markup(self) -> str:
        """The marked text; empty if nothing is marked, as `PrintedCell` wants it."""
        return "" if self.marked == self.plain else self.marked

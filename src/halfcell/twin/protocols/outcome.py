"""What a protocol finds: rows of values with units, a figure, what instruments would have recorded, and doubts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from halfcell.core.figure import Figure
    from halfcell.core.measurement import Measurement
    from halfcell.twin.card import Card


class Value(NamedTuple):
    """A number (None: there is none) with its unit and how many decimals it is shown with; or a word."""

    value: float | str | None
    unit: str = ""
    decimals: int = 1


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a protocol found.

    Parameters
    ----------
    title
        Of the card, and what was done.
    rows
        Values by name, one row per cycle, rate or state.
    figure
        To be drawn by `render`.
    measurement
        What an instrument would have recorded; None where none records it.
    doubts
        What the numbers rest on, and where they leave what is known.
    """

    title: str
    rows: tuple[Mapping[str, Value], ...]
    figure: Figure
    measurement: Measurement | None = None
    doubts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        rows = [{name: {"value": v.value, "unit": v.unit} for name, v in row.items()} for row in self.rows]
        return {"card": self.title, "rows": rows, "doubts": list(self.doubts)}


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """A protocol: its name, what it does in one line, its settings, and what runs it on a card."""

    name: str
    summary: str
    settings: type
    run: Callable[[Card, Any], Outcome] = field(repr=False)

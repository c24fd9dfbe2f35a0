"""The result of a protocol on the cell of a card: rows in long form, and what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    from halfcell.core.figure import Panel


@dataclass(frozen=True, kw_only=True, eq=False)
class SimulatedCellResult(Result):
    """What a protocol found; `panels` are its figure, `title` names card and protocol, `decimals` those by name."""

    panels: tuple[Panel, ...] = ()
    title: str = ""
    decimals: tuple[tuple[str, int], ...] = ()

"""A table as data: columns, entries with their quantity and origin, merged cells."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.quantity import Quantity
    from halfcell.core.result import Result


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: `key` is the quantity's name (or a name of its own), `label` and `unit` are printed in its head."""

    key: str
    label: str
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What stands in one cell.

    `quantity` is there where the text is a number; `origin` is ``<result id>:<name>``, by which ``halfcell why`` finds
    the result it came from. `rows` and `columns` merge cells; a covered cell is None in its row.
    """

    text: str
    quantity: Quantity | None = None
    origin: str = ""
    rows: int = 1
    columns: int = 1
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: rows of entries, one for each column; notes stand below it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry | None, ...], ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    simulated: bool = False

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        from halfcell.core.showing import table_html

        return table_html(self)


def entry(result: Result, name: str, decimals: int | None = None) -> Entry:
    """Make the entry of one quantity of a result: ``-`` where the result has none, with the reason as its doubt."""
    quantity = result.quantities.get(name)
    if quantity is None:
        reasons = [note.text for note in result.notes if note.level == "refused"]
        return Entry(text="-", doubt="; ".join(reasons))
    shown = quantity if decimals is None else dataclasses.replace(quantity, decimals=decimals)
    doubts = [note.text for note in result.notes if note.level == "doubt"]
    return Entry(text=shown.number, quantity=shown, origin=f"{result.id}:{name}", doubt="; ".join(doubts))

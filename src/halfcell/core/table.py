"""A table as data: columns, entries with their quantity and origin, merged cells."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from halfcell.core.markup import html, unit
from halfcell.core.vocabulary import note_concerns

if TYPE_CHECKING:
    from halfcell.core.quantity import Quantity
    from halfcell.core.result import Note, Result


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: `key` is the name of the quantity (or another name), `label` and `unit` are its printed header.

    `above` are the heads over it that neighbouring columns share, from the top. `label` begins with them
    (``Capacity, discharge``), so that it is clear where heads are not merged; `own_label` does not.
    """

    key: str
    label: str
    unit: str = ""
    above: tuple[str, ...] = ()

    @property
    def own_label(self) -> str:
        """The label without the heads above it."""
        return self.label.removeprefix(", ".join(dict.fromkeys((*self.above, "")))) if self.above else self.label


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The content of one cell.

    `quantity` is set if the text is a number; `origin` is ``<result id>:<name>``, by which ``halfcell why`` finds the
    result. `rows` and `columns` merge cells; a covered cell is None in its row.
    """

    text: str
    quantity: Quantity | None = None
    origin: str = ""
    rows: int = 1
    columns: int = 1
    doubt: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: rows of entries, one for each column; notes are printed below it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Entry | None, ...], ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    simulated: bool = False

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return _html(self)


def entry(result: Result, name: str, decimals: int | None = None) -> Entry:
    """Make the entry of one quantity of a result; ``-`` if the result does not have it, with the reason as doubt."""
    quantity = result.quantities.get(name)
    if quantity is None:
        reasons = [note.text for note in _about(result, name, "refused")]
        reasons = reasons or [note.text for note in result.notes if note.level == "refused"]
        return Entry(text="-", doubt="; ".join(reasons))
    shown = quantity if decimals is None else dataclasses.replace(quantity, decimals=decimals)
    doubts = [note.text for note in _about(result, name, "doubt")]
    return Entry(text=shown.number, quantity=shown, origin=f"{result.id}:{name}", doubt="; ".join(doubts))


def _about(result: Result, name: str, level: str) -> list[Note]:
    """The notes of a level that concern a quantity."""
    return [note for note in result.notes if note.level == level and note_concerns(result.technique, note.code, name)]


def _html(table: Table) -> str:
    """A table as HTML, with its head, merged cells and notes."""
    titles = [f"{c.label} ({c.unit})" if c.unit else c.label for c in table.columns]
    head = "".join(f"<th>{html(unit(title))}</th>" for title in titles)
    body = "".join("<tr>" + "".join(_cell(entry) for entry in row if entry) + "</tr>" for row in table.rows)
    notes = "".join(f"<p>{html(note)}</p>" for note in table.notes)
    mark = "<p><i>simulated data</i></p>" if table.simulated else ""
    caption = f"<caption>{html(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}<tr>{head}</tr>{body}</table>{notes}{mark}"


def _cell(entry: Entry) -> str:
    spans = f' rowspan="{entry.rows}"' if entry.rows > 1 else ""
    spans += f' colspan="{entry.columns}"' if entry.columns > 1 else ""
    doubt = f' title="{escape(entry.doubt, quote=True)}"' if entry.doubt else ""
    return f"<td{spans}{doubt}>{html(entry.text)}</td>"

"""The table of a protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.twin.techniques.simulated_cell.result import SimulatedCellResult


def table(results: Sequence[SimulatedCellResult]) -> Table:
    """One row per cycle, rate or state, one column per value.

    Raises
    ------
    Refused
        If a protocol found nothing.
    """
    heads: dict[str, str] = {}
    for one in results:
        if not one.rows:
            raise Refused("; ".join(note.text for note in one.notes if note.level == "refused"), one.label)
        heads |= {str(row["name"]): str(row["unit"]) for row in one.rows}
    several = len(results) > 1
    columns = [Column(key="label", label="Materials")] if several else []
    columns += [Column(key=name, label=name.capitalize(), unit=unit) for name, unit in heads.items()]
    rows = [row for one in results for row in _rows(one, list(heads), several=several)]
    notes = dict.fromkeys(note.text for one in results for note in one.notes if note.level == "doubt")
    said = [f"Simulated: {title}." for title in dict.fromkeys(one.title for one in results)]
    more = [f"{text[0].upper()}{text[1:]}." for text in notes]
    return Table(columns=tuple(columns), rows=tuple(rows), notes=(*said, *more), simulated=True)


def _rows(one: SimulatedCellResult, names: Sequence[str], *, several: bool) -> list[tuple[Entry, ...]]:
    """The rows of one cell."""
    decimals, count = dict(one.decimals), max(int(row["place"] or 0) for row in one.rows)
    found = []
    for place in range(1, count + 1):
        mine = {str(row["name"]): row for row in one.rows if row["place"] == place}
        label = [Entry(text=one.label)] if several else []
        found.append((*label, *(_entry(one, mine.get(name), decimals.get(name, 1)) for name in names)))
    return found


def _entry(one: SimulatedCellResult, row: Row | None, decimals: int) -> Entry:
    if row is None:
        return Entry(text="-")
    if not isinstance(row["value"], int | float):
        return Entry(text=str(row["text"]) or "-")
    quantity = Quantity(float(row["value"]), str(row["unit"]), decimals=decimals)
    return Entry(text=f"{float(row['value']):.{decimals}f}", quantity=quantity, origin=f"{one.id}:value")


TABLES = {"protocol": table}

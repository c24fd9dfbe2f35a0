"""Links: which records and captions speak of the same cell, and which rows are the document's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.readings import Facts, Reading, Record

Cell = tuple[str, str, str]


def is_own(record: Record) -> bool:
    """Whether a row is the document's own result: marked so, or not in a comparison with others."""
    return record.own or not record.compares


def own(facts: Facts) -> list[Record]:
    """The document's own rows."""
    return [record for record in facts.records if is_own(record)]


def cell_key(subject: str) -> Cell | None:
    """Anode, electrolyte, cathode of a cell's name, as they are compared."""
    parts = names.parts(subject)
    return (names.key(parts.anode), names.key(parts.electrolyte), names.key(parts.cathode)) if parts else None


def of_cell(facts: Facts, cell: Cell, quantity: str, unit: str) -> list[Reading]:
    """All readings of a quantity for one cell, in own rows and captions, each once."""
    found: dict[tuple[str, int, int], Reading] = {}
    for record in own(facts):
        if record.cell == cell:
            found |= {reading.place: reading for reading in record.all(quantity, unit)}
    for reading in stated(facts, quantity, unit):
        if cell_key(reading.subject) == cell:
            found[reading.place] = reading
    return list(found.values())


def stated(facts: Facts, quantity: str, unit: str = "") -> Iterator[Reading]:
    """The statements of a quantity in captions and text."""
    from halfcell.audit.readings import fits

    return (r for r in facts.statements if r.quantity == quantity and fits(r.unit, unit))


def cells(facts: Facts) -> dict[Cell, list[Record]]:
    """The document's own full cells and their rows."""
    found: dict[Cell, list[Record]] = {}
    for record in own(facts):
        if record.anode and record.cathode:
            found.setdefault(record.cell, []).append(record)
    return found

"""Records and texts about the same cell, and which rows are the document's own results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.readings import fits
from halfcell.core import material_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.document_place import Place
    from halfcell.audit.readings import Facts, Reading, Record


def is_own(record: Record) -> bool:
    """Whether a row is the document's own result: marked as such, or not in a comparison with others."""
    return record.own or not record.compares


def own(facts: Facts) -> list[Record]:
    """The document's own rows."""
    return [record for record in facts.records if is_own(record)]


def cell_key(subject: str) -> material_names.Parts | None:
    """Anode, electrolyte and cathode of a cell's name, spelled as names are compared; None for other names."""
    parts = material_names.parts(subject)
    return material_names.Parts(*map(material_names.key, parts)) if parts else None


def of_cell(facts: Facts, cell: material_names.Parts, quantity: str, unit: str) -> list[Reading]:
    """All readings of a quantity for one cell, from its own rows and from texts, each once."""
    found: dict[Place, Reading] = {}
    for record in own(facts):
        if record.cell == cell:
            found |= {reading.place: reading for reading in record.all(quantity, unit)}
    for reading in stated(facts, quantity, unit):
        if cell_key(reading.subject) == cell:
            found[reading.place] = reading
    return list(found.values())


def stated(facts: Facts, quantity: str, unit: str = "") -> Iterator[Reading]:
    """The readings of a quantity in captions and running text."""
    return (r for r in facts.statements if r.quantity == quantity and fits(r.unit, unit))


def full_cells(facts: Facts) -> dict[material_names.Parts, list[Record]]:
    """The document's own full cells and their rows."""
    found: dict[material_names.Parts, list[Record]] = {}
    for record in own(facts):
        if record.anode and record.cathode:
            found.setdefault(record.cell, []).append(record)
    return found

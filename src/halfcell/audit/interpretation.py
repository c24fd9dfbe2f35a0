"""Interpretation: rows of tables become records, whose numbers get quantity, unit, subject, part of the cell, cycle."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.audit.cell_kinds import cells_named, kind_of
from halfcell.audit.document_place import Place
from halfcell.audit.readings import Facts, Reading, Record
from halfcell.audit.table_layout import layout
from halfcell.audit.text_numbers import numbers_in_texts
from halfcell.core import material_names
from halfcell.core.printed_cells import Content, read_cell
from halfcell.core.units import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.audit.settings import Settings
    from halfcell.audit.table_layout import Layout
    from halfcell.core.column_headers import Head
    from halfcell.core.printed_document import Paper, PrintedCell, PrintedTable

_CYCLE = re.compile(r"\b[XxNn]\s*=\s*(\d+)|^(\d+)\s*(?:cycles?|th)\b")
_OWN = re.compile(r"\b(this|our|present) (work|study|paper)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(comparison|compare|comparing|compared)\b.*\b(reported|literature|previous|published)\b",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = ("material", "anode", "cathode", "solid_electrolyte", "electrolyte", "reference")


def interpret(paper: Paper, settings: Settings) -> Facts:
    """Interpret every table and every text of a document."""
    records = tuple(record for table in paper.tables for record in _records(table))
    return Facts(paper=paper, settings=settings, records=records, statements=numbers_in_texts(paper))


def _records(table: PrintedTable) -> list[Record]:
    """The rows of one table that hold numbers."""
    plan = layout(table)
    made: dict[Place, Reading] = {}  # so that all rows of a merged cell share its reading
    found = []
    for index, row in enumerate(plan.rows):
        record = _record(table, plan, index)
        readings = []
        for header, cell in zip(plan.headers, row, strict=True):
            if cell is None:
                continue
            place = Place(where=table.name, row=cell.row, column=cell.column)
            reading = made.get(place) or _reading(table.name, header, cell, record)
            if reading:
                made[place] = reading
                readings.append(reading)
        if readings:
            found.append(dataclasses.replace(record, readings=tuple(readings), row=readings[-1].row))
    return found


def _names(headers: Sequence[Head], row: Sequence[PrintedCell | None]) -> dict[str, str]:
    """The cells that name something."""
    return {
        header.quantity: material_names.tidy(cell.text)
        for header, cell in zip(headers, row, strict=True)
        if cell and header.quantity in _NAMES and cell.text.strip()
    }


def _subject(table: PrintedTable, plan: Layout, index: int) -> str:
    """The name of a row; for a transposed table without names and without a cell in its caption, the table's number."""
    subject = plan.subjects[index] if plan.subjects else _first_name(plan.headers, plan.rows[index])
    if plan.transposed and not subject and not cells_named(table.caption):
        subject = table.name.removeprefix("Table ")
    return material_names.tidy(subject)


def _first_name(headers: Sequence[Head], row: Sequence[PrintedCell | None]) -> str:
    """The cell in the column of materials, else of anodes, else the first cell if it holds words."""
    for wanted in ("material", "anode"):
        for header, cell in zip(headers, row, strict=True):
            if header.quantity == wanted and cell and cell.text.strip():
                return cell.text
    first = next((cell for cell in row if cell and cell.text.strip()), None)
    return first.text if first and read_cell(first.text, first.markup).kind == "text" else ""


def _record(table: PrintedTable, plan: Layout, index: int) -> Record:
    """A record without its readings: subject, cell and kind."""
    words = _names(plan.headers, plan.rows[index])
    subject = _subject(table, plan, index)
    cell = _cell(table.caption, words, subject)
    return Record(
        table=table.name,
        row=index,
        subject=subject,
        readings=(),
        words=words,
        kind=kind_of(table.caption, words, subject),
        anode=cell.anode,
        electrolyte=cell.electrolyte,
        cathode=cell.cathode,
        own=any(_OWN.search(word) for word in words.values()),
        compares=bool(_COMPARES.search(table.caption)) or "reference" in words,
    )


def _cell(caption: str, words: Mapping[str, str], subject: str) -> material_names.Parts:
    """Anode, electrolyte and cathode: from the row, from its name, or from the one cell of the caption that fits."""
    if own := material_names.parts(subject):
        return own
    anode = words.get("anode", "")
    if words.get("cathode"):
        return material_names.Parts(anode, words.get("solid_electrolyte", ""), words["cathode"])
    named = cells_named(caption)
    fitting = [cell for cell in named if material_names.key(cell.anode) == material_names.key(anode or subject)]
    if len(fitting) != 1 and len(named) == 1 and not subject:
        fitting = list(named)
    return fitting[0] if len(fitting) == 1 else material_names.Parts(anode, "", "")


def _reading(table: str, header: Head, cell: PrintedCell, record: Record) -> Reading | None:
    """The number in a cell; None if it holds none."""
    content = read_cell(cell.text, cell.markup)
    if content.number is None or header.quantity in _NAMES:
        return None
    unit = content.unit or header.unit
    return Reading(
        quantity=header.quantity,
        printed=content.number,
        upper=content.upper,
        unit=unit or PLAIN,
        has_unit=unit is not None,
        where=table,
        row=cell.row,
        column=cell.column,
        of=_part(header, record),
        label=header.label,
        subject=record.name,
        sign=content.sign,
        cycle=_cycle(content) or header.cycle,
    )


def _part(header: Head, record: Record) -> str:
    """Which part of the cell a column is about: the one it states, or the electrode whose material it names."""
    if header.of:
        return header.of
    target = material_names.key(header.object)
    if target and target == material_names.key(record.anode or record.subject):
        return "anode active"
    if target and target == material_names.key(record.cathode):
        return "cathode active"
    return target


def _cycle(content: Content) -> int | None:
    """The cycle in brackets after a number: ``(X=100)``."""
    for remark in content.remarks:
        if match := _CYCLE.search(remark):
            return int(match.group(1) or match.group(2))
    return None

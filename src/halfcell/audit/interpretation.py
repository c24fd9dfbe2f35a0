"""Understanding: tables become records; each number gets its quantity, unit, subject, part of the cell, cycle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.cell_kinds import cells_named, kind_of
from halfcell.audit.readings import Facts, Reading, Record
from halfcell.audit.table_layout import layout
from halfcell.audit.text_numbers import statements
from halfcell.core import names
from halfcell.core.cells import Content, read_cell
from halfcell.core.units import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.audit.settings import Settings
    from halfcell.core.heads import Head
    from halfcell.core.paper import Paper, PrintedCell, PrintedTable

_CYCLE = re.compile(r"\b[XxNn]\s*=\s*(\d+)|^(\d+)\s*(?:cycles?|th)\b")
_OWN = re.compile(r"\b(this|our|present) (work|study|paper)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(comparison|compare|comparing|compared)\b.*\b(reported|literature|previous|published)\b",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = ("material", "anode", "cathode", "solid_electrolyte", "electrolyte", "reference")


def understand(paper: Paper, settings: Settings) -> Facts:
    """Read every table and caption of a document."""
    records = tuple(record for table in paper.tables for record in _records(table))
    return Facts(paper=paper, settings=settings, records=records, statements=statements(paper))


def _records(table: PrintedTable) -> list[Record]:
    """The rows of one table."""
    plan = layout(table)
    made: dict[tuple[int, int], Reading] = {}
    found = []
    for index, row in enumerate(plan.rows):
        words = _words(plan.heads, row)
        subject = plan.subjects[index] if plan.subjects else _subject(plan.heads, row)
        if plan.turned and not subject and not cells_named(table.caption):
            subject = table.name.removeprefix("Table ")
        record = _record(table, index, words, names.tidy(subject))
        readings = []
        for head, cell in zip(plan.heads, row, strict=True):
            if cell is None:
                continue
            place = (cell.row, cell.column)
            if place not in made and (reading := _reading(table.name, head, cell, record)):
                made[place] = reading
            if place in made:
                readings.append(made[place])
        if readings:
            found.append(_with(record, tuple(readings)))
    return found


def _with(record: Record, readings: tuple[Reading, ...]) -> Record:
    import dataclasses

    row = next((r.row for r in reversed(readings)), record.row)
    return dataclasses.replace(record, readings=readings, row=row)


def _words(heads: Sequence[Head], row: Sequence[PrintedCell | None]) -> dict[str, str]:
    """The cells that name something."""
    return {
        head.quantity: names.tidy(cell.text)
        for head, cell in zip(heads, row, strict=True)
        if cell and head.quantity in _NAMES and cell.text.strip()
    }


def _subject(heads: Sequence[Head], row: Sequence[PrintedCell | None]) -> str:
    """The name of a row: the column of materials, else of anodes, else the first cell that is words."""
    for wanted in ("material", "anode"):
        for head, cell in zip(heads, row, strict=True):
            if head.quantity == wanted and cell and cell.text.strip():
                return cell.text
    first = next((cell for cell in row if cell and cell.text.strip()), None)
    return first.text if first and read_cell(first.text, first.markup).kind == "text" else ""


def _record(table: PrintedTable, index: int, words: Mapping[str, str], subject: str) -> Record:
    """A record without its readings: subject, cell, kind."""
    cell = _cell(table.caption, words, subject)
    return Record(
        table=table.name,
        row=index,
        subject=subject,
        readings=(),
        words=words,
        kind=kind_of(table.caption, words, subject),
        anode=cell[0],
        electrolyte=cell[1],
        cathode=cell[2],
        own=any(_OWN.search(word) for word in words.values()),
        compares=bool(_COMPARES.search(table.caption)) or "reference" in words,
    )


def _cell(caption: str, words: Mapping[str, str], subject: str) -> tuple[str, str, str]:
    """Anode, electrolyte, cathode: from the row, from its name, or from the one cell of the caption that fits."""
    if own := names.parts(subject):
        return own.anode, own.electrolyte, own.cathode
    anode = words.get("anode", "")
    if words.get("cathode"):
        return anode, words.get("solid_electrolyte", ""), words["cathode"]
    named = cells_named(caption)
    fitting = [cell for cell in named if names.key(cell.anode) == names.key(anode or subject)]
    if len(fitting) != 1 and len(named) == 1 and not subject:
        fitting = list(named)
    if len(fitting) == 1:
        return fitting[0].anode, fitting[0].electrolyte, fitting[0].cathode
    return anode, "", ""


def _reading(table: str, head: Head, cell: PrintedCell, record: Record) -> Reading | None:
    """One number; None where the cell holds none."""
    content = read_cell(cell.text, cell.markup)
    if content.number is None or head.quantity in _NAMES:
        return None
    unit = content.unit or head.unit
    return Reading(
        quantity=head.quantity,
        printed=content.number,
        upper=content.upper,
        unit=unit or PLAIN,
        has_unit=unit is not None,
        where=table,
        row=cell.row,
        column=cell.column,
        of=_part(head, record),
        label=head.label,
        subject=record.name,
        sign=content.sign,
        cycle=_cycle(content) or head.cycle,
    )


def _part(head: Head, record: Record) -> str:
    """Which part of the cell a head speaks of: its role, or the electrode whose material it names."""
    if head.of:
        return head.of
    target = names.key(head.object)
    if target and target == names.key(record.anode or record.subject):
        return "anode active"
    if target and target == names.key(record.cathode):
        return "cathode active"
    return target


def _cycle(content: Content) -> int | None:
    """The cycle in brackets after a number: ``(X=100)``."""
    for remark in content.remarks:
        if match := _CYCLE.search(remark):
            return int(match.group(1) or match.group(2))
    return None

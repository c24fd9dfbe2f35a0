"""Interpretation: rows of tables become records, whose numbers get quantity, unit, subject, part of the cell, cycle."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from halfcell.audit.carrier_words import carriers
from halfcell.audit.cell_kinds import cell_of, cells_named, kind_of
from halfcell.audit.cell_values import Value, values
from halfcell.audit.column_facts import column_facts, is_unread, name_text, unit_fits
from halfcell.audit.context import Context, contexts, kind_in_context
from halfcell.audit.decimal_commas import with_decimal_points
from halfcell.audit.document_place import Place
from halfcell.audit.heads.vocabulary import Vocabulary, vocabulary
from halfcell.audit.readings import Facts, Reading, Record
from halfcell.audit.spread_columns import spread_columns
from halfcell.audit.statements import sentences
from halfcell.audit.tables.head_cells import with_unit
from halfcell.audit.tables.layout import layout
from halfcell.audit.text_numbers import numbers_in_texts
from halfcell.audit.text_subjects import subjects_of
from halfcell.audit.understanding import TableReading, table_reading, without_page_parts
from halfcell.core import material_names
from halfcell.core.printed_cells import read_cell
from halfcell.core.units import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.audit.heads import Head
    from halfcell.audit.settings import Settings
    from halfcell.audit.tables.lines import Layout, Line
    from halfcell.core.printed_document import Paper, PrintedCell, PrintedTable

_OWN = re.compile(r"\b(this|our|present) (work|study|paper)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(comparison|compare|comparing|compared)\b.*\b(reported|literature|previous|published)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPREAD_ROW = re.compile(  # of single cells: no relation of their values holds between their spreads
    r"^\s*\(?(?:±\s*)?(?:r?s\.?d\.?|(?:rel(?:ative|\.)\s*)?(?:st(?:an)?d\.?(?:ard)?)[\s.-]*(?:dev\w*\.?|error|err\.?)?|"
    r"coefficient of variation|st\.?dev\.?)\s*\)?(?:\s*[,(].*)?$",
    re.IGNORECASE,
)
_NAMES = ("material", "anode", "cathode", "solid_electrolyte", "electrolyte", "reference", "reflection")


def interpret(paper: Paper, settings: Settings) -> Facts:
    """Interpret every table and every text of a document."""
    paper = with_decimal_points(paper)
    records: list[Record] = []
    read: list[TableReading] = []
    known = _vocabulary(paper, settings)
    around = contexts(paper)
    for table, context in zip(paper.tables, around, strict=True):
        plan = layout(table, known)
        found, unread = _records(table, plan, context)
        read.append(table_reading(table, plan, unread))
        records += found
    tables = without_page_parts(read, paper)
    real = {table.name for table in tables if table.is_table}
    kept = tuple(record for record in records if record.table in real and not _SPREAD_ROW.match(record.subject))
    names = subjects_of(name for record in kept for name in (record.subject, record.name))
    return Facts(
        paper=paper,
        settings=settings,
        records=kept,
        sentences=sentences(paper, names),
        statements=numbers_in_texts(paper),
        tables=tables,
        carriers=carriers(paper, around),
        vocabulary=known,
    )


def _vocabulary(paper: Paper, settings: Settings) -> Vocabulary:
    """The words of the document: the abbreviations that its captions, notes and paragraphs define."""
    captions = [text for table in paper.tables for text in (table.caption, *table.notes)]
    return vocabulary([*captions, *(c.text for c in paper.captions), *paper.paragraphs], settings.lexicon)


def _records(table: PrintedTable, plan: Layout, context: Context) -> tuple[list[Record], list[Place]]:
    """The lines of one table that hold numbers; the cells below understood heads that should hold one and do not."""
    columns = column_facts(table, plan)
    made: dict[Place, tuple[Reading, ...]] = {}  # so that all rows of a merged cell share its readings
    found, unread = [], []
    for index, line in enumerate(plan.lines):
        record = _record(table, plan, index, context)
        readings: list[Reading] = []
        spreads = spread_columns(line.heads)
        for number, (head, cell) in enumerate(zip(line.heads, line.cells, strict=True)):
            if cell is None or head.names or number in spreads:
                continue
            place = Place(where=table.name, row=cell.row, column=cell.column)
            if place not in made:
                made[place] = _readings(table.name, columns.head(head, number), cell, record, columns.lettered(number))
                if not made[place] and head.quantity and is_unread(cell):
                    unread.append(place)
            readings += _with_spread(made[place], spreads, number, line.cells)
        if readings:
            found.append(dataclasses.replace(record, readings=tuple(readings), row=readings[-1].row))
    return found, unread


def _with_spread(
    readings: Sequence[Reading], spreads: Mapping[int, int], number: int, cells: Sequence[PrintedCell | None]
) -> list[Reading]:
    """The numbers of a cell with the uncertainty that the column behind it prints."""
    cell = next((cells[place] for place, of in spreads.items() if of == number), None)
    spread = read_cell(cell.text, cell.markup).number if cell else None
    if spread is None or len(readings) != 1:
        return list(readings)
    return [dataclasses.replace(readings[0], spread=spread)]


def _names(heads: Sequence[Head], row: Sequence[PrintedCell | None]) -> dict[str, str]:
    """The cells that name something."""
    return {
        head.quantity: material_names.tidy(name_text(cell))
        for head, cell in zip(heads, row, strict=True)
        if cell and head.names and head.quantity in _NAMES and cell.text.strip()
    }


def _subject(table: PrintedTable, plan: Layout, index: int) -> str:
    """The name of a line; of a transposed table without names and without a cell in its caption, its number."""
    line = plan.lines[index]
    subject = line.subject if plan.shape != "columns" else _first_name(line.heads, line.cells)
    subject = ", ".join(part for part in (subject, line.group) if part)
    if plan.transposed and not subject and not cells_named(table.caption):
        subject = table.name.removeprefix("Table ")
    return material_names.tidy(subject)


def _first_name(heads: Sequence[Head], row: Sequence[PrintedCell | None]) -> str:
    """The cell in the column of materials, else of anodes, else the first cell if it holds words."""
    for wanted in ("material", "anode"):
        for head, cell in zip(heads, row, strict=True):
            if head.quantity == wanted and head.names and cell and cell.text.strip():
                return name_text(cell)
    first = next((cell for cell in row if cell and cell.text.strip()), None)
    return name_text(first) if first and read_cell(first.text, first.markup).kind == "text" else ""


def _record(table: PrintedTable, plan: Layout, index: int, context: Context) -> Record:
    """A record without its readings: subject, cell and kind."""
    line = plan.lines[index]
    words = _names(line.heads, line.cells)
    subject = _subject(table, plan, index)
    cell = _cell(table.caption, words, subject)
    return Record(
        table=table.name,
        row=index,
        subject=subject,
        readings=(),
        words=words,
        kind=kind_of(line.group, words, subject)
        or kind_of(table.caption, words, subject)
        or kind_in_context(context, subject),
        anode=cell.anode,
        electrolyte=cell.electrolyte,
        cathode=cell.cathode,
        none=tuple(
            h.label for h, c in zip(line.heads, line.cells, strict=True) if c and read_cell(c.text).kind == "none"
        ),
        own=any(_OWN.search(word) for word in words.values()),
        compares=bool(_COMPARES.search(table.caption)) or "reference" in words,
    )


def _none(line: Line) -> tuple[str, ...]:
    """The heads below which a line prints that there is nothing."""
    pairs = zip(line.heads, line.cells, strict=True)
    return tuple(head.label for head, cell in pairs if cell and read_cell(cell.text).kind == "none")


def _cell(caption: str, words: Mapping[str, str], subject: str) -> material_names.Parts:
    """Anode, electrolyte and cathode: from the row, from its name, or from the one cell of the caption that fits."""
    if own := cell_of(subject):
        return own
    anode = words.get("anode", "")
    if words.get("cathode"):
        return material_names.Parts(anode, words.get("solid_electrolyte", ""), words["cathode"])
    named = cells_named(caption)
    fitting = [cell for cell in named if material_names.key(cell.anode) == material_names.key(anode or subject)]
    if len(fitting) != 1 and len(named) == 1 and not subject:
        fitting = list(named)
    return fitting[0] if len(fitting) == 1 else material_names.Parts(anode, "", "")


def _readings(table: str, head: Head, cell: PrintedCell, record: Record, letters: bool) -> tuple[Reading, ...]:
    """The numbers in a cell; a unit in the cell says of a head without one what it is (an areal capacity)."""
    unit = read_cell(cell.text, cell.markup).unit if head.unit is None and head.quantity and not head.pair else None
    head = with_unit(head, unit.text) if unit else head
    found = values(head, cell, letters)
    return tuple(_reading(table, head, cell, record, value, part) for part, value in enumerate(found))


def _reading(table: str, head: Head, cell: PrintedCell, record: Record, value: Value, part: int) -> Reading:
    content = value.content
    unit = content.unit or head.unit
    number = content.number
    if number is None:
        raise ValueError("a value without a number")
    return Reading(
        quantity=value.quantity if unit_fits(head, unit) or content.unit else "",
        printed=number,
        upper=content.upper,
        spread=content.spread,
        unit=unit or PLAIN,
        has_unit=unit is not None,
        where=table,
        row=cell.row,
        column=cell.column,
        of=_part(head, record),
        label=head.label,
        subject=record.name,
        sign=content.sign,
        cycle=value.cycle if value.cycle is not None else head.cycle,
        at=value.at or head.at,
        group=head.group,
        basis=head.basis,
        part=part,
    )


def _part(head: Head, record: Record) -> str:
    """Which part of the cell a column is about: the one it states, or the electrode whose material it names."""
    if head.of:
        return head.of
    target = material_names.key(head.object)
    if target and target == material_names.key(record.anode or record.subject):
        return "anode active"
    if target and target == material_names.key(record.cathode):
        return "cathode active"
    return target

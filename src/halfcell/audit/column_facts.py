"""What a whole column says about its cells: bare numbers in per cent, letters that are marks, a unit elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from halfcell.audit.cell_values import is_lettered
from halfcell.audit.heads.head_units import read_unit
from halfcell.audit.heads.lexicon import lexicon
from halfcell.audit.heads.words import without_marks
from halfcell.audit.tables.grid import is_number, text_of
from halfcell.core.printed_cells import NONE_WORDS, read_cell
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.audit.heads import Head
    from halfcell.audit.tables.lines import Layout
    from halfcell.core.printed_document import PrintedCell, PrintedTable
    from halfcell.core.units import Unit

FRACTION = 1.5  # a share above it is in per cent: none exceeds one by half
_IN_CAPTION = (
    re.compile(r"[(\[]([^()\[\]]{1,20})[)\]]"),
    re.compile(r"\bin ([^\s,;()]+(?: [^\s,;()]{1,6}[-–−⁻][\d¹²³]+)*)"),
)


@dataclass(frozen=True, kw_only=True)
class ColumnFacts:
    """For each place in a line: the unit that its head lacks, and whether letters behind numbers are marks."""

    units: Mapping[tuple[int, str], Unit]
    letters: frozenset[int]

    def head(self, head: Head, number: int) -> Head:
        """The head with the unit that is not printed in it."""
        unit = self.units.get((number, head.text))
        if unit is None or head.unit is not None:
            return head
        if head.quantity != "at_condition":
            return replace(head, unit=unit)
        base = "capacity" if head.cycle else "rate_performance"
        name = "initial_capacity" if head.cycle == 1 else "reversible_capacity" if head.cycle else base
        return replace(head, unit=unit, quantity=name, base=base)

    def lettered(self, number: int) -> bool:
        """Whether a letter behind a number of this column is a footnote mark."""
        return number in self.letters


def column_facts(table: PrintedTable, plan: Layout) -> ColumnFacts:
    """Look at all lines of a table together."""
    units: dict[tuple[int, str], Unit] = {}
    letters: set[int] = set()
    cells: dict[tuple[int, str], list[PrintedCell]] = {}
    heads: dict[tuple[int, str], Head] = {}
    for line in plan.lines:
        for number, (head, cell) in enumerate(zip(line.heads, line.cells, strict=True)):
            heads[number, head.text] = head
            if cell is not None and text_of(cell):
                cells.setdefault((number, head.text), []).append(cell)
    for key, head in heads.items():
        column = cells.get(key, [])
        if head.quantity and not head.names and head.unit is None:
            unit = _percent(head, column) or _of_caption(head, (table.caption, *table.notes))
            if unit is not None:
                units[key] = unit
        if _are_marks(column):
            letters.add(key[0])
    return ColumnFacts(units=units, letters=frozenset(letters))


def _percent(head: Head, column: Sequence[PrintedCell]) -> Unit | None:
    """Per cent, for a share whose numbers say so."""
    if not head.percent:
        return None
    contents = [read_cell(cell.text, cell.markup) for cell in column]
    above = (c.number is not None and c.unit is None and c.number.value > FRACTION for c in contents)
    return parse("%") if any(above) else None


def _of_caption(head: Head, texts: Sequence[str]) -> Unit | None:
    """The one unit in the caption or the notes that fits a quantity which needs one."""
    kind = lexicon().kinds.get("rate_performance" if head.quantity == "at_condition" else head.base)
    if kind is None or kind.fits(None):
        return None
    found: dict[str, Unit] = {}
    for text in texts:
        for match in (match for pattern in _IN_CAPTION for match in pattern.finditer(text)):
            unit, _ = read_unit(match.group(1).rstrip("."))
            if unit is not None and kind.fits(unit) and (kind.percent or unit.kind != "%"):
                found[unit.text] = unit
    return next(iter(found.values())) if len(found) == 1 else None


def _are_marks(column: Sequence[PrintedCell]) -> bool:
    """Whether all cells of a column are numbers, some of them with a letter behind."""
    lettered = sum(is_lettered(cell.text) for cell in column)
    return bool(lettered) and all(is_lettered(cell.text) or is_number(cell) for cell in column)


@cache
def unit_fits(head: Head, unit: Unit | None) -> bool:
    """Whether a quantity may have this unit, or none."""
    kind = lexicon().kinds.get(head.base)
    return kind is None or kind.fits(unit)


def is_unread(cell: PrintedCell) -> bool:
    """Whether a cell that should hold a number holds something else."""
    text = cell.text.strip().lower()
    return bool(text) and text not in NONE_WORDS and read_cell(cell.text, cell.markup).kind not in {"none", "blank"}


def name_text(cell: PrintedCell) -> str:
    """A name without its raised references and footnote marks."""
    return without_marks(cell.markup) if "^{" in cell.markup else cell.text

"""How much of a document was understood: tables, columns and cells, and what was not, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.audit.tables.grid import is_number, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.document_place import Place
    from halfcell.audit.heads import Head
    from halfcell.audit.tables.lines import Layout
    from halfcell.core.printed_document import PrintedTable


@dataclass(frozen=True, kw_only=True)
class TableReading:
    """What was understood of one table.

    Parameters
    ----------
    name
        The table.
    heads
        The heads of its columns (rows, if it is transposed) that have numbers or names below them.
    unread
        The cells below an understood head that should hold a number and were not read.
    is_table
        Whether it holds numbers at all: a layout, a list or an equation is none.
    """

    name: str
    heads: tuple[Head, ...]
    unread: tuple[Place, ...] = ()
    is_table: bool = True

    @property
    def understood(self) -> int:
        """The number of heads that were understood."""
        return sum(head.understood for head in self.heads)


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """The sums over a document."""

    tables: int
    tables_understood: int
    left_out: int
    columns: int
    columns_understood: int
    cells_unread: int
    not_understood: tuple[str, ...]

    @property
    def is_little(self) -> bool:
        """Whether less than half of what has numbers was understood."""
        return self.columns > 0 and 2 * self.columns_understood < self.columns


def table_reading(table: PrintedTable, plan: Layout, unread: Sequence[Place]) -> TableReading:
    """What was understood of a table."""
    numbers = sum(is_number(cell) for cell in table.cells if text_of(cell))
    heads = [head for head in plan.heads if head.text]
    real = table.width > 1 and table.height > 1 and numbers > 0
    return TableReading(name=table.name, heads=tuple(heads), unread=tuple(unread), is_table=real)


def understanding(tables: Sequence[TableReading]) -> Understanding:
    """Sum up; a table counts as understood if at least half of its heads are, and one of them is a quantity."""
    real = [table for table in tables if table.is_table]
    missing = [
        f"{table.name}: {head.text!r} ({head.note})" for table in real for head in table.heads if not head.understood
    ]
    return Understanding(
        tables=len(real),
        tables_understood=sum(_is_understood(table) for table in real),
        left_out=len(tables) - len(real),
        columns=sum(len(table.heads) for table in real),
        columns_understood=sum(table.understood for table in real),
        cells_unread=sum(len(table.unread) for table in real),
        not_understood=tuple(missing),
    )


def _is_understood(table: TableReading) -> bool:
    quantities = any(head.quantity and not head.names for head in table.heads)
    return quantities and 2 * table.understood >= len(table.heads)

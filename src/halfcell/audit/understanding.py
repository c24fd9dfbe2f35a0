"""How much of a document was understood: tables, columns and cells, and what was not, by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.audit.no_tables import why_no_table
from halfcell.audit.spread_columns import spread_columns
from halfcell.audit.tables.word_columns import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.document_place import Place
    from halfcell.audit.heads import Head
    from halfcell.audit.tables.lines import Layout
    from halfcell.core.printed_document import Paper, PrintedTable


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
    no_table
        Why it is no table of results: it holds no numbers, or is a layout, a list, an equation; empty if it is one.
    """

    name: str
    heads: tuple[Head, ...]
    unread: tuple[Place, ...] = ()
    no_table: str = ""

    @property
    def is_table(self) -> bool:
        """Whether it is a table of results."""
        return not self.no_table

    @property
    def understood(self) -> int:
        """The number of heads that were understood."""
        return sum(head.understood for head in self.heads)


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """The sums over a document; `left_out` says what each grid is that is not a table."""

    tables: int
    tables_understood: int
    left_out: tuple[str, ...]
    columns: int
    columns_understood: int
    cells_unread: int
    not_understood: tuple[str, ...]

    @property
    def is_little(self) -> bool:
        """Whether less than half of what has numbers was understood, or nothing: a document may have no tables."""
        return self.columns == 0 or 2 * self.columns_understood < self.columns


def table_reading(table: PrintedTable, plan: Layout, unread: Sequence[Place]) -> TableReading:
    """What was understood of a table."""
    spreads = spread_columns(plan.heads)
    heads = [head for column, head in enumerate(plan.heads) if head.text and column not in spreads]
    return TableReading(name=table.name, heads=tuple(heads), unread=tuple(unread), no_table=why_no_table(table))


def without_page_parts(tables: Sequence[TableReading], paper: Paper) -> tuple[TableReading, ...]:
    """The tables; where tables have captions, a grid with neither a caption nor an understood head is left out."""
    captioned = {table.name for table in paper.tables if table.caption}
    if not captioned:
        return tuple(tables)
    return tuple(
        replace(table, no_table="no caption, no head understood")
        if table.is_table and table.name not in captioned and not _says_something(table)
        else table
        for table in tables
    )


def _says_something(table: TableReading) -> bool:
    """Whether a head was understood by its own words."""
    return any(head.understood and head.base != WORDS for head in table.heads)


def understanding(tables: Sequence[TableReading]) -> Understanding:
    """Sum up; a table counts as understood if at least half of its heads are, and one of them is a quantity."""
    real = [table for table in tables if table.is_table]
    missing = [
        f"{table.name}: {head.text!r} ({head.note})" for table in real for head in table.heads if not head.understood
    ]
    return Understanding(
        tables=len(real),
        tables_understood=sum(_is_understood(table) for table in real),
        left_out=tuple(table.no_table for table in tables if not table.is_table),
        columns=sum(len(table.heads) for table in real),
        columns_understood=sum(table.understood for table in real),
        cells_unread=sum(len(table.unread) for table in real),
        not_understood=tuple(missing),
    )


def _is_understood(table: TableReading) -> bool:
    quantities = any(head.quantity and not head.names for head in table.heads)
    return quantities and 2 * table.understood >= len(table.heads)

"""Columns that say nothing: those with a dash in every row are no part of a table that is sent to a journal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.table import Entry, Table

_DASHES = frozenset({"", "-", "–", "—"})


def without_empty_columns(table: Table) -> Table:
    """The table without the columns that have a dash in every row; what a technique could say but no row has.

    The first column, which names the rows, stays, and so do columns of the author's own tables. A cell that is merged
    over several columns counts for none of them, and becomes as much narrower as columns below it go.
    """
    kept = [at for at in range(len(table.columns)) if not at or not _is_empty(table, at)]
    if len(kept) == len(table.columns) or len(kept) < 2:
        return table
    rows = tuple(_kept_entries(row, kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


def _is_empty(table: Table, at: int) -> bool:
    """Whether a column of a technique has entries, and all of them are dashes."""
    column = table.columns[at]
    own = [entry for row in table.rows if (entry := row[at]) is not None and entry.columns == 1]
    is_of_the_author = column.key == column.label
    return bool(own) and not is_of_the_author and all(_says_nothing(entry) for entry in own)


def _says_nothing(entry: Entry) -> bool:
    return entry.quantity is None and entry.text.strip() in _DASHES


def _kept_entries(row: Sequence[Entry | None], kept: Sequence[int]) -> tuple[Entry | None, ...]:
    """The entries of the columns that stay; a merged cell covers those of its columns that stay."""
    made: dict[int, Entry | None] = dict.fromkeys(kept)
    for at, entry in enumerate(row):
        if entry is None:
            continue
        covered = [place for place in kept if at <= place < at + entry.columns]
        if covered:
            made[covered[0]] = replace(entry, columns=len(covered))
    return tuple(made[at] for at in kept)

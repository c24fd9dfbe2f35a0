"""A table of groups of replicates: numbers become mean and standard deviation, the row's name says how many cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.core.markup import plain
from halfcell.core.table import Entry, Table
from halfcell.study.items.replicates.notes import notes_of_cells
from halfcell.study.items.replicates.statistics import mean_quantity, mean_text

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.study.items.replicates.groups import Group

NOTE = "Mean ± standard deviation over the n cells of a group."


def averaged_table(base: Table, groups: Sequence[Group]) -> Table | None:
    """The table of the first cells with the numbers of all cells; None if the tables of the cells have other rows.

    Parameters
    ----------
    base
        The table with the first cell of each group.
    groups
        The groups, with the table that each of their cells gives.
    """
    tables = [group.of(Table) for group in groups]
    if any(_shape(table) != _shape(base) for found in tables for table in found):
        return None
    rows = []
    for at, row in enumerate(base.rows):
        owner = _owner(at, groups, tables)
        entries = [_entry(entry, at, column, groups, tables) for column, entry in enumerate(row)]
        rows.append(tuple(_named(entry, owner) if owner else entry for entry in entries))
    return replace(base, rows=tuple(rows), notes=(*notes_of_cells(base.notes, groups), NOTE))


def heads_differ(groups: Sequence[Group]) -> bool:
    """Whether the tables of the cells have other heads, such as the number of the cycle that retention is for."""
    labels = {tuple(column.label for column in table.columns) for group in groups for table in group.of(Table)}
    return len(labels) > 1


def with_heads_of(base: Table, whole: Figure | Table) -> Table:
    """A table with the heads, and the lines below, of one of the same columns that shows all cells singly."""
    if not isinstance(whole, Table) or [one.key for one in whole.columns] != [one.key for one in base.columns]:
        return base
    return replace(base, columns=whole.columns, notes=tuple(dict.fromkeys((*base.notes, *whole.notes))))


def _shape(table: Table) -> tuple[object, ...]:
    return ([column.key for column in table.columns], [[entry is None for entry in row] for row in table.rows])


def _owner(at: int, groups: Sequence[Group], tables: Sequence[Sequence[Table]]) -> Group | None:
    """The group whose numbers a row has."""
    for group, found in zip(groups, tables, strict=True):
        ids = {member.result.id for member in group.members}
        if any(_result(entry) in ids for table in found for entry in table.rows[at]):
            return group
    return None


def _result(entry: Entry | None) -> str:
    return entry.origin.rpartition(":")[0] if entry is not None else ""


def _entry(
    entry: Entry | None, at: int, column: int, groups: Sequence[Group], tables: Sequence[Sequence[Table]]
) -> Entry | None:
    """One entry of the averaged table."""
    if entry is None:
        return None
    for group, found in zip(groups, tables, strict=True):
        own = [one for table in found if (one := table.rows[at][column]) is not None]
        ids = {member.result.id for member in group.members}
        if any(_result(one) in ids for one in own):
            return _averaged(entry, own)
        if len({one.text for one in own}) > 1:
            return replace(entry, text=" / ".join(dict.fromkeys(one.text for one in own)))
    return entry


def _averaged(entry: Entry, own: Sequence[Entry]) -> Entry:
    """The mean of the entries that are numbers; how many there are, if not all are."""
    numbers = [one for one in own if one.quantity is not None]
    quantity = mean_quantity([one.quantity for one in numbers if one.quantity is not None])
    name = numbers[0].origin.rpartition(":")[2]
    doubts = dict.fromkeys(one.doubt for one in own if one.doubt)
    few = [f"n = {len(numbers)}"] if len(numbers) < len(own) else []
    return replace(
        entry,
        text=mean_text(quantity),
        quantity=quantity,
        origin=f"{'+'.join(one.origin.rpartition(':')[0] for one in numbers)}:{name}",
        doubt="; ".join([*few, *doubts]),
    )


def _named(entry: Entry | None, group: Group) -> Entry | None:
    """The entry with the group's name, which says how many cells there are."""
    if entry is None or entry.origin or plain(entry.text) != plain(group.name):
        return entry
    return replace(entry, text=f"{entry.text} (n = {len(group.members)})")

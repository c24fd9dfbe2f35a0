"""Cells of a group that are outliers: they are named, and stay part of the mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from halfcell.core.figure import Figure
from halfcell.core.result import Note
from halfcell.core.table import Table
from halfcell.core.vocabulary import quantity_word
from halfcell.study.items.replicates.groups import averaged_groups
from halfcell.study.items.replicates.statistics import outliers, rule_of
from halfcell.study.items.traced import Traced


def outlier_notes(content: Figure | Table, traced: Sequence[Traced]) -> tuple[tuple[str, Note], ...]:
    """A doubt for each cell that is an outlier in its group, with the rule; for a table only of numbers it prints."""
    printed = _printed(content) if isinstance(content, Table) else None
    found = []
    for group, members in averaged_groups(traced).items():
        for name in _quantities(members):
            if printed is None or name in printed:
                found += list(_outliers(group, members, name))
    return tuple(found)


def _printed(table: Table) -> set[str]:
    """The names of the quantities that a table prints."""
    return {entry.origin.rpartition(":")[2] for row in table.rows for entry in row if entry is not None}


def _quantities(members: Sequence[Traced]) -> list[str]:
    return list(dict.fromkeys(name for one in members for name in one.result.quantities))


def _outliers(group: str, members: Sequence[Traced], name: str) -> Iterator[tuple[str, Note]]:
    having = [one for one in members if name in one.result.quantities]
    quantities = [one.result.quantities[name] for one in having]
    for at in outliers([quantity.value for quantity in quantities]):
        word = quantity_word(having[at].result.technique, name).get("label", name)
        text = (
            f"{word} of {quantities[at]} is an outlier among the {len(having)} cells of {group} by "
            f"{rule_of(len(having))}; it is part of the mean: look at this cell, or leave it out by name and say so"
        )
        yield having[at].result.label, Note("doubt", "cell_outlier", text)

"""Show groups of replicates: a technique draws one cell of each group at a time, and the cells are averaged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from halfcell.core.errors import HalfcellError
from halfcell.core.figure import Figure
from halfcell.core.table import Table
from halfcell.study.items.replicates.figures import averaged_figure
from halfcell.study.items.replicates.groups import Group, averaged_groups
from halfcell.study.items.replicates.notes import shown_singly
from halfcell.study.items.replicates.tables import averaged_table, heads_differ, with_heads_of
from halfcell.study.items.traced import Traced

Call = Callable[[Sequence[Traced]], "Figure | Table"]


def show_groups(call: Call, traced: Sequence[Traced]) -> Figure | Table:
    """The figure or table of results of which some are replicates.

    The technique is called with one cell of each group, then again with each other cell in the group's place. Numbers
    and points that differ become mean and standard deviation. What cannot be averaged (curves over different x) is
    shown for each cell.

    Parameters
    ----------
    call
        Makes the figure or table of results.
    traced
        The results; those with a `group` that several share, and that were measured alike, are replicates.
    """
    groups = [Group(name, members) for name, members in averaged_groups(traced).items()]
    if not groups:
        return call(traced)
    rows = _rows(traced, groups)
    try:
        base = call([_as_group(one.members[0], one) if isinstance(one, Group) else one for one in rows])
        made = [replace(group, contents=_contents(call, rows, group, base)) for group in groups]
    except HalfcellError:
        return call(traced)
    if isinstance(base, Table):
        base = with_heads_of(base, call(traced)) if heads_differ(made) else base
        return averaged_table(base, made) or _singly(call(traced), made, "their tables have other rows")
    return averaged_figure(base, made) or _singly(call(traced), made, "their figures do not show the same things")


def _singly(content: Figure | Table, groups: Sequence[Group], why: str) -> Figure | Table:
    """A figure or table of single cells, which says why no mean is shown."""
    return replace(content, notes=shown_singly(content.notes, groups, why))


def _rows(traced: Sequence[Traced], groups: Sequence[Group]) -> list[Group | Traced]:
    """Groups and other results in the order of the results."""
    by_name = {group.name: group for group in groups}
    rows: dict[int, Group | Traced] = {}
    for one in traced:
        group = by_name.get(one.group)
        rows.setdefault(id(group) if group else id(one), group or one)
    return list(rows.values())


def _as_group(one: Traced, group: Group) -> Traced:
    """A cell with the name of its group."""
    return replace(one, result=one.result.stamped(label=group.name))


def _contents(
    call: Call, rows: Sequence[Group | Traced], group: Group, base: Figure | Table
) -> tuple[Figure | Table, ...]:
    """What the technique makes with each cell of a group in the group's place; the first is the base."""
    made = [base]
    for member in group.members[1:]:
        row = [
            _as_group(member if one is group else one.members[0], one) if isinstance(one, Group) else one
            for one in rows
        ]
        made.append(call(row))
    return tuple(made)

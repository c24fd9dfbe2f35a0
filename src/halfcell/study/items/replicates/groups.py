"""Groups of replicates among results: which are averaged, and why others are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final, TypeVar

from halfcell.core.markup import plain
from halfcell.core.result import Note, Result
from halfcell.study.items.traced import Traced

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.core.table import Table

T = TypeVar("T")

_SAME_RATE: Final = 0.15  # relative difference of the currents of two cells from which on they were not cycled alike
_RATE_KEYS: Final = ("current_density", "c_rate")


@dataclass(frozen=True, eq=False)
class Group:
    """A group: its printed name, its cells, and what the technique makes with each of them in the group's place."""

    name: str
    members: tuple[Traced, ...]
    contents: tuple[Figure | Table, ...] = ()

    def of(self, kind: type[T]) -> list[T]:
        """The contents of one kind: the figures, or the tables."""
        return [content for content in self.contents if isinstance(content, kind)]


def group_notes(traced: Sequence[Traced]) -> tuple[tuple[str, Note], ...]:
    """Why some replicates are not averaged, each with the name of their group."""
    found = []
    for name, members in _by_group(traced).items():
        why = _difference([one.result for one in members]) if len(members) > 1 else ""
        if why:
            text = f"the cells of {name} {why}, so that each is shown by itself"
            found.append((name, Note("doubt", "not_averaged", text)))
    return tuple(found)


def _by_group(traced: Sequence[Traced]) -> dict[str, list[Traced]]:
    found: dict[str, list[Traced]] = {}
    for one in traced:
        if one.group:
            found.setdefault(one.group, []).append(one)
    return found


def averaged_groups(traced: Sequence[Traced]) -> dict[str, tuple[Traced, ...]]:
    """The groups that are averaged, by name, with their cells."""
    found = _by_group(traced)
    return {
        name: tuple(members)
        for name, members in found.items()
        if len(members) > 1 and not _difference([one.result for one in members])
    }


def _difference(results: Sequence[Result]) -> str:
    """Why a mean over cells would mean nothing; empty if it means something."""
    units: dict[str, set[str]] = {}
    for result in results:
        for name, quantity in result.quantities.items():
            units.setdefault(name, set()).add(quantity.unit)
    several = [sorted(plain(unit) or "no unit" for unit in found) for found in units.values() if len(found) > 1]
    if several:
        return f"have numbers in different units ({', '.join(several[0])}), as where the mass of one is not known"
    return "" if _alike(results) else "were cycled at different currents"


def _alike(results: Sequence[Result]) -> bool:
    """Whether cells were cycled at the same currents: the medians over the cycles that all have."""
    for key in _RATE_KEYS:
        columns = [[row[key] for row in result.rows if isinstance(row.get(key), float)] for result in results]
        least = min(map(len, columns))
        if not least:
            continue
        middles = [median(abs(float(value or 0)) for value in column[:least]) for column in columns]
        return max(middles) - min(middles) <= _SAME_RATE * max(middles)
    return True

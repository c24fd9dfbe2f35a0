"""Search: which of several candidate bases makes the printed numbers of a table agree; each alone, then all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from halfcell.audit.verdicts import agrees, is_exact

if TYPE_CHECKING:
    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Record
    from halfcell.core.printed import Rounding

C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Found(Generic[C]):
    """The basis of one table: how many of its rows agree with it, how many there are, and the document's own basis."""

    basis: C
    agreeing: int
    rows: int
    usual: C


def search(
    tables: Mapping[str, Sequence[Record]],
    candidates: Callable[[Record], Sequence[C]],
    claim: Callable[[Record, C], Claim | None],
    rounding: Rounding,
) -> dict[str, Found[C]]:
    """Find the basis of each table.

    A candidate's score in a table is (rows that agree within rounding, rows that agree to the last digit). The usual
    basis is the one with the best scores over the whole document; a table keeps it unless another agrees in more rows.
    """
    scores: dict[str, dict[C, tuple[int, int]]] = {}
    counts: dict[str, int] = {}
    for name, records in tables.items():
        table: dict[C, tuple[int, int]] = {}
        for record in records:
            made = [(basis, claim(record, basis)) for basis in candidates(record)]
            counts[name] = counts.get(name, 0) + any(item for _, item in made)
            for basis, item in made:
                if item is not None:
                    close, exact = table.get(basis, (0, 0))
                    table[basis] = (close + agrees(item, rounding), exact + bool(is_exact(item, rounding)))
        if table:
            scores[name] = table
    return {name: _pick(table, counts[name], _usual(scores)) for name, table in scores.items()}


def _usual(scores: Mapping[str, Mapping[C, tuple[int, int]]]) -> C:
    """The basis with the most agreement over all tables; of equals the first."""
    total: dict[C, tuple[int, int]] = {}
    for table in scores.values():
        for basis, (close, exact) in table.items():
            before = total.get(basis, (0, 0))
            total[basis] = (before[0] + close, before[1] + exact)
    return max(total, key=lambda basis: total[basis])


def _pick(table: Mapping[C, tuple[int, int]], rows: int, usual: C) -> Found[C]:
    best = max(table, key=lambda basis: table[basis])
    basis = usual if usual in table and table[usual][0] >= table[best][0] else best
    return Found(basis=basis, agreeing=table[basis][0], rows=rows, usual=usual if usual in table else basis)

"""Search for a basis: which mass, or which sum of masses, makes the printed numbers of a table agree."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from halfcell.audit.verdicts import agrees, is_exact

if TYPE_CHECKING:
    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Record
    from halfcell.core.printed import Rounding

Basis = TypeVar("Basis", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Found(Generic[Basis]):
    """The basis of one table, in how many of its rows it agrees, and the usual basis of the document."""

    basis: Basis
    agreeing: int
    rows: int
    usual: Basis


class _Score(NamedTuple):
    """In how many rows a basis agrees within rounding, and in how many to the last digit; the better one is larger."""

    close: int = 0
    exact: int = 0


def search(
    tables: Mapping[str, Sequence[Record]],
    candidates: Callable[[Record], Sequence[Basis]],
    claim: Callable[[Record, Basis], Claim | None],
    rounding: Rounding,
) -> dict[str, Found[Basis]]:
    """Find the basis of each table.

    The usual basis is the one that agrees in the most rows of the document. A table keeps it unless another basis
    agrees in more of its rows.

    Parameters
    ----------
    tables
        Table name -> its records.
    candidates
        Gives the bases that are possible for a record.
    claim
        Gives the claim of a record on a basis; None if the record lacks numbers for it.
    rounding
        The rounding rule of the document.

    Returns
    -------
    dict
        Table name -> what was found, for the tables with claims.
    """
    scores: dict[str, dict[Basis, _Score]] = {}
    counts: dict[str, int] = {}
    for name, records in tables.items():
        claims = [{basis: claim(record, basis) for basis in candidates(record)} for record in records]
        counts[name] = sum(any(of_record.values()) for of_record in claims)
        pairs = [(basis, item) for of_record in claims for basis, item in of_record.items() if item is not None]
        if pairs:
            scores[name] = _scores(pairs, rounding)
    return {name: _pick(table, counts[name], _usual(scores)) for name, table in scores.items()}


def _scores(pairs: Sequence[tuple[Basis, Claim]], rounding: Rounding) -> dict[Basis, _Score]:
    """The score of each basis in one table."""
    found: dict[Basis, _Score] = {}
    for basis, item in pairs:
        before = found.get(basis, _Score())
        close, exact = agrees(item, rounding), bool(is_exact(item, rounding))
        found[basis] = _Score(before.close + close, before.exact + exact)
    return found


def _usual(scores: Mapping[str, Mapping[Basis, _Score]]) -> Basis:
    """The basis with the best score over all tables; the first of equals."""
    total: dict[Basis, _Score] = {}
    for table in scores.values():
        for basis, score in table.items():
            before = total.get(basis, _Score())
            total[basis] = _Score(before.close + score.close, before.exact + score.exact)
    return max(total, key=lambda basis: total[basis])


def _pick(table: Mapping[Basis, _Score], rows: int, usual: Basis) -> Found[Basis]:
    best = max(table, key=lambda basis: table[basis])
    basis = usual if usual in table and table[usual].close >= table[best].close else best
    return Found(basis=basis, agreeing=table[basis].close, rows=rows, usual=usual if usual in table else basis)

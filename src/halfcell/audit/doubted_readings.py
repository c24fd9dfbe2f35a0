"""Readings that no row agrees with: where a rule fails in every row of a table, its reading of the heads is doubted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.claims import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.last_digit_check import Judged

FEWEST = 3  # rows of one column; fewer may all be wrong


def without_doubted_readings(judged: Sequence[Judged]) -> tuple[list[Judged], list[Finding]]:
    """What a rule judged, without the columns that no row agrees with, and one note for each such column."""
    groups: dict[tuple[object, ...], list[Judged]] = {}
    for item in judged:
        target = item.claim.target
        key = (target.where, target.quantity, target.label, target.unit.text, item.claim.relation)
        groups.setdefault(key, []).append(item)
    kept: list[Judged] = []
    notes: list[Finding] = []
    for group in groups.values():
        if _is_doubted(group):
            notes.append(_note(group))
        else:
            kept += group
    stay = {id(item) for item in kept}
    return [item for item in judged if id(item) in stay], notes


def _is_doubted(group: Sequence[Judged]) -> bool:
    """Whether several cells of a table were checked with an equation and none of them agrees."""
    cells = {item.claim.target.place.cell for item in group}
    failed = all(item.finding.verdict in {Verdict.FAILS, Verdict.SEEN} for item in group)
    return failed and len(cells) >= FEWEST and group[0].claim.relation == "=" and group[0].claim.target.row >= 0


def _note(group: Sequence[Judged]) -> Finding:
    """What was seen in the first row, for all."""
    first, target = group[0].finding, group[0].claim.target
    return replace(
        first,
        verdict=Verdict.SEEN,
        severity="note",
        what=f"{target.label or target.quantity} in {target.where}",
        explain=f"none of its {len(group)} numbers agrees with this calculation, so its heads may mean something else; "
        f"the first one: {first.explain}",
        places=tuple(dict.fromkeys(place for item in group for place in item.finding.places[:1])),
        ask="",
    )

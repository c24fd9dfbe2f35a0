"""A change in per cent is that between two columns of one quantity, or between a row and the first one."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, minus, number, over
from halfcell.audit.verdicts import agrees, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "change = (b − a) / a, or (a − b) / a; of rows: (x_i − x_1) / x_1"
LIMITS = (
    "The head must name a change (swelling, expansion, increase, shrinkage, strain, difference ...) in per cent. Of "
    "the columns in one unit the pair counts with which most rows agree, at least two."
)
LEAST = 2  # rows that agree and are not zero
COLUMNS = 8  # whose pairs are tried
_CHANGE = re.compile(
    r"\b(?:swelling|swell|expansion|increase|decrease|growth|shrinkage|contraction|strain|change|deviation|variation|loss"
    r"|gain|rise|drop|reduction|dilation|elongation|improvement|Δ\w*)\b|^Δ",
    re.IGNORECASE,
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each column of changes of each table."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        for label in dict.fromkeys(r.label for record in records for r in record.readings if _is_change(r)):
            rows = [(record, target) for record in records if (target := _one(record, label, _is_change))]
            yield from (judge(claim, rounding) for claim in _best(rows, rounding))


def _is_change(reading: Reading) -> bool:
    return reading.unit.kind == "%" and bool(_CHANGE.search(reading.label)) and not reading.sign


def _one(record: Record, label: str, wanted: object = None) -> Reading | None:
    found = [r for r in record.readings if r.label == label and (wanted is None or _is_change(r))]
    return found[0] if len(found) == 1 and not found[0].sign and found[0].upper is None else None


def _best(rows: Sequence[tuple[Record, Reading]], rounding: Rounding) -> Sequence[Claim]:
    """The claims of the way that most rows agree with."""
    labels = list(
        dict.fromkeys(r.label for record, _ in rows for r in record.readings if r.unit.text and not r.unit.kind)
    )
    ways = [_between(rows, one, other, sign) for one, other in permutations(labels[:COLUMNS], 2) for sign in (1, -1)]
    ways += [_to_first(rows, label, sign) for label in labels[:COLUMNS] for sign in (1, -1)]
    best = best_agreeing([way for way in ways if len(way) > 1], rounding)
    holding = [claim for claim in best if agrees(claim, rounding) and claim.target.printed.value]
    return best if len(holding) >= LEAST and 3 * len(holding) >= 2 * len(best) - 1 else ()


def _between(rows: Sequence[tuple[Record, Reading]], one: str, other: str, sign: int) -> list[Claim]:
    """The change from one column to another one of the same unit."""
    found = []
    for record, target in rows:
        before, after = _one(record, one), _one(record, other)
        if before and after and before.unit.fits(after.unit) and before.point:
            found.append(_claim(record, target, _change(before, after, sign), f"{one} and {other}"))
    return found


def _to_first(rows: Sequence[tuple[Record, Reading]], label: str, sign: int) -> list[Claim]:
    """The change of one column from its first row."""
    first = _one(rows[0][0], label)
    if first is None or not first.point or rows[0][1].printed.value:
        return []
    return [
        _claim(record, target, _change(first, after, sign), f"{label} and its first row")
        for record, target in rows[1:]
        if (after := _one(record, label))
    ]


def _change(before: Reading, after: Reading, sign: int) -> Expression:
    whole = number(1, "100 %")
    return minus(over(after, before), whole) if sign > 0 else minus(whole, over(after, before))


def _claim(record: Record, target: Reading, direct: Expression, between: str) -> Claim:
    return Claim(
        rule="relative_changes",
        what=f"{target.label.lower()} of {record.name}",
        target=target,
        direct=direct,
        because=f"between {between}",
        severity="warning",
        soft=True,
        ask="Between which numbers is the change?",
    )

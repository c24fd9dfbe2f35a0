"""A column of differences is that of two columns in its unit."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus
from halfcell.audit.verdicts import agrees, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "difference = a − b"
LIMITS = (
    "The head must name a difference (difference, loss, hysteresis, gap, overpotential, gain, Δ ...). Of the columns "
    "in its unit the pair counts with which most rows agree, at least two and all but one."
)
_Key = tuple[str, int]  # the head of a column, and which of the numbers in its cells
LEAST = 2  # rows that agree
COLUMNS = 8  # whose pairs are tried
_NAMED = re.compile(
    r"\b(?:difference|diff\.|loss|hysteresis|gap|polari[sz]ation|overpotential|overvoltage|gain|drop|decay|shift|deviation"
    r"|separation|excess|increase|decrease|error)\b|^Δ|\bΔ\w|^η$",
    re.IGNORECASE,
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each column of differences of each table."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        keys = dict.fromkeys((r.label, r.part) for record in records for r in record.readings)
        for key in (key for key in keys if _NAMED.search(key[0])):
            ways = [_claims(records, key, one, other) for one, other in permutations([*keys][:COLUMNS], 2)]
            best = best_agreeing([way for way in ways if len(way) > 1], rounding)
            holding = sum(agrees(claim, rounding) for claim in best)
            if holding >= LEAST and len(best) - holding <= 1:
                yield from (judge(claim, rounding) for claim in best)


def _claims(records: Sequence[Record], named: _Key, one: _Key, other: _Key) -> list[Claim]:
    """The claims of a table for one pair of columns."""
    found = []
    for record in records:
        target, above, below = (_only(record, name) for name in (named, one, other))
        if named in {one, other} or not (target and above and below):
            continue
        if target.unit.kind or not (above.unit.fits(below.unit) and target.unit.fits(above.unit)):
            continue
        found.append(
            Claim(
                rule="differences",
                what=f"{target.label} of {record.name}",
                target=target,
                direct=minus(above, below),
                severity="warning",
                soft=True,
                ask="Between which numbers is the difference?",
            )
        )
    return found


def _only(record: Record, key: _Key) -> Reading | None:
    found = [r for r in record.readings if (r.label, r.part) == key]
    return found[0] if len(found) == 1 and not found[0].sign and found[0].upper is None else None

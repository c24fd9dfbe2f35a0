"""A row of totals is the sum of the rows above it, and shares of a total follow from it."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over, plus
from halfcell.audit.verdicts import agrees

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "total = Σ rows above; share = part / total"
LIMITS = (
    "Masses, loadings, thicknesses, fractions, costs, emissions, amounts and energy demands only. Where some of the "
    "rows alone give the total, the others are taken for parts of them."
)
ADDITIVE = {"mass", "mass_fraction", "collector_mass", "loading", "thickness", "composition"}
SHARES = {"%", "wt%", "at%", "mol%", "vol%"}
NEAR = Fraction(1, 2)  # by which a sum of shares in per cent may miss 100
MOST = 14  # rows of which some are tried
_AMOUNT = re.compile(r"^(?:\w+ )?(?:costs?|emissions?|amounts?|co2|energy (?:demand|consumption|use))\b", re.IGNORECASE)
_ADDS = re.compile(r"\b(?:thickness|mass|weight|volume|cost|loading)(?:es|s)?\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:in )?(?:total|sum|overall|whole cell|full cell|cell)(?: mass| weight| cell)?\b", re.IGNORECASE
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with a row of totals."""
    captions = {table.name: table.caption for table in facts.paper.tables}
    for records in facts.by_table().values():
        totals = [place for place, record in enumerate(records) if _TOTAL.match(record.subject)]
        if len(totals) == 1 and totals[0] >= 2:
            parts, total = records[: totals[0]], records[totals[0]]
            yield from _sums(parts, total, facts.settings.rounding)
            if _ADDS.search(captions.get(total.table, "")):
                yield from if_most_agree(_unnamed(parts, total), facts.settings.rounding)
            yield from if_most_agree(_shares(parts, total), facts.settings.rounding)


def _below(records: Sequence[Record], target: Reading) -> list[Reading]:
    """The numbers of the same column."""
    return [
        r
        for record in records
        for r in record.readings
        if (r.label, r.quantity, r.of, r.group) == (target.label, target.quantity, target.of, target.group)
        and r.unit.fits(target.unit)
        and not r.sign
        and r.upper is None
    ]


def _sums(parts: Sequence[Record], total: Record, rounding: Rounding) -> Iterator[Claim]:
    for target in total.readings:
        used = _below(parts, target)
        whole = not target.has_unit and not target.quantity and abs(target.printed.value - 100) <= NEAR
        adds = target.quantity in ADDITIVE or target.unit.kind in SHARES or bool(_AMOUNT.search(target.label))
        if len(used) != len(parts) or not (adds or whole):
            continue
        claim = _claim(total, target, used)
        if agrees(claim, rounding) or not _partly(total, target, used, rounding):
            yield claim


def _unnamed(parts: Sequence[Record], total: Record) -> list[Claim]:
    """The columns without a quantity and a unit, where the caption says what they hold (a thickness, a mass)."""
    bare = [r for r in total.readings if not r.quantity and not r.has_unit and abs(r.printed.value - 100) > NEAR]
    pairs = [(target, _below(parts, target)) for target in bare]
    return [_claim(total, target, used) for target, used in pairs if len(used) == len(parts)]


def _partly(total: Record, target: Reading, used: Sequence[Reading], rounding: Rounding) -> bool:
    """Whether some of the rows alone give the total."""
    if len(used) > MOST:
        return True
    sizes = range(2, len(used))
    return any(agrees(_claim(total, target, few), rounding) for size in sizes for few in combinations(used, size))


def _claim(total: Record, target: Reading, used: Sequence[Reading]) -> Claim:
    return Claim(
        rule="column_sums",
        what=f"{target.label.lower()} of all rows of {total.table}",
        target=target,
        direct=plus(*used),
        severity="warning",
        soft=True,
        ask="Which rows does the total count?",
    )


def _shares(parts: Sequence[Record], total: Record) -> list[Claim]:
    whole = [r for r in total.readings if r.quantity in ADDITIVE and r.unit.kind not in SHARES]
    found = []
    for record in parts:
        amounts = _below([record], whole[0]) if len(whole) == 1 else []
        shares = [r for r in record.readings if r.unit.kind in SHARES]
        if len(amounts) == len(shares) == 1:
            found.append(
                Claim(
                    rule="column_sums",
                    what=f"share of {record.name}",
                    target=shares[0],
                    direct=over(amounts[0], whole[0]),
                    severity="warning",
                    soft=True,
                    ask="Of which total is it the share?",
                )
            )
    return found

"""Shares by volume follow from shares by mass and densities, shares of atoms from shares by mass and atomic weights."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree, is_mistyped
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, minus, number, over, plus
from halfcell.audit.heads.materials import ELEMENTS
from halfcell.audit.interval import Interval
from halfcell.audit.verdicts import agrees, judge
from halfcell.materials.formulas import molar_mass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "v_i = (w_i / ρ_i) / Σ (w_j / ρ_j); x_i = (w_i / M_i) / Σ (w_j / M_j), one component in each row; all shares are "
    "100 %"
)
LIMITS = "All components must stand in the table; it is compared only where most rows agree."
KINDS = ("wt%", "vol%", "at%", "mol%")
WHOLE = {"total", "sum", "overall"}
FEWEST = 3  # components
SLACK = Fraction(1, 2000)  # relative; atomic weights are in use with four digits


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check both for each table with a component in each row."""
    for records in facts.by_table().values():
        rows = [record for record in records if record.subject.strip().lower() not in WHOLE]
        yield from _wholes(rows, facts.settings.rounding)
        for kind, divisors in (("vol%", [_density(r) for r in rows]), ("at%", [_weight(r) for r in rows])):
            masses, shares = [_share(r, "wt%") for r in rows], [_share(r, kind) for r in rows]
            parts = list(zip(rows, masses, divisors, shares, strict=True))
            if len(rows) >= FEWEST and all(mass and by for _, mass, by, _ in parts):
                amounts = [over(mass, by) for _, mass, by, _ in parts if mass and by]
                claims = [_claim(r, share, amounts, i) for i, (r, _, _, share) in enumerate(parts) if share]
                kept = if_most_agree(claims, facts.settings.rounding)
                yield from (judge(claim, facts.settings.rounding) for claim in kept)


def _wholes(rows: Sequence[Record], rounding: Rounding) -> Iterator[Finding]:
    """Each column of shares is 100 % together, where another one of the table is, and a typing error explains it."""
    made = []
    for kind in KINDS:
        column = [share for r in rows if (share := _share(r, kind))]
        if len(column) == len(rows) >= FEWEST:
            largest = max(column, key=lambda share: share.point)
            made.append(_whole(largest, [share for share in column if share is not largest]))
    if len(made) > 1 and any(agrees(claim, rounding) for claim in made):
        yield from (judge(c, rounding) for c in made if agrees(c, rounding) or is_mistyped(c, rounding))


def _whole(largest: Reading, others: Sequence[Reading]) -> Claim:
    return Claim(
        rule="shares_of_components",
        what=f"all {largest.label or largest.unit.text} of {largest.where}",
        target=largest,
        direct=minus(number(1, "100 %"), plus(*others)),
        severity="warning",
        soft=True,
        ask="Is a component left out, or one of the numbers mistyped?",
    )


def _share(record: Record, kind: str) -> Reading | None:
    """The one share of a row in this unit; where it is the whole head, the head says which per cent it is."""
    own = [r for r in record.readings if r.unit.kind == kind or (r.unit.kind == "%" and _bare(r.label) == kind)]
    found = [r for r in own if not r.sign and r.upper is None]
    return found[0] if len(found) == 1 else None


def _bare(label: str) -> str:
    return label.lower().replace(" ", "").replace("mass%", "wt%").replace("weight%", "wt%").replace("atom%", "at%")


def _density(record: Record) -> Reading | None:
    return record.one("density", "g/cm3") or record.one("theoretical_density", "g/cm3")


def _weight(record: Record) -> Expression | None:
    """The atomic weight of the element that a row names, as accurately as such are used."""
    element = record.subject.strip()
    if element not in ELEMENTS:
        return None
    try:
        mass = Fraction(molar_mass(element))
    except KeyError:  # an element whose weight is not in the list
        return None
    return Constant(Interval(mass * (1 - SLACK), mass * (1 + SLACK)), f"{float(mass):.3f}")


def _claim(record: Record, share: Reading, amounts: Sequence[Expression], place: int) -> Claim:
    """The share as 1 / (1 + others / own), so that each number occurs once."""
    others = plus(*(amount for index, amount in enumerate(amounts) if index != place))
    return Claim(
        rule="shares_of_components",
        what=f"{share.label or share.unit.text} of {record.name}",
        target=share,
        direct=over(number(1), plus(number(1), over(others, amounts[place]))),
        severity="warning",
        soft=True,
        ask="Which of the numbers were measured, and is a component left out?",
    )

"""In a table with a row per element, the atomic shares follow from the shares of mass and the atomic weights."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, over, plus, times
from halfcell.audit.heads.materials import ELEMENTS
from halfcell.audit.interval import Interval
from halfcell.materials.formulas import molar_mass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "x_i = (w_i / M_i) / Σ (w_j / M_j), the sum over the rows of the table"
LIMITS = "Rows named by an element (O, O K, Ti Kα) with a mass and an atomic share each; where most rows agree."
FEWEST = 2  # elements
SLACK = Fraction(1, 2000)  # relative; atomic weights are in use with four digits
_ELEMENT = re.compile(r"^([A-Z][a-z]?)(?:[ -]?[KLM](?:[αab]?\d?))?$")
_ATOMIC = re.compile(r"\bat(?:om(?:ic)?)?\b", re.IGNORECASE)
_MASS = re.compile(r"\b(?:wt|weight|mass)\b", re.IGNORECASE)


class _Row(NamedTuple):
    """The two shares of an element."""

    element: str
    mass: Reading
    atomic: Reading


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with a row per element."""
    for records in facts.by_table().values():
        rows = [row for record in records if (row := _row(record))]
        if len(rows) >= FEWEST and len({row.element for row in rows}) == len(rows):
            yield from if_most_agree(_claims(rows), facts.settings.rounding)


def _row(record: Record) -> _Row | None:
    match = _ELEMENT.match(record.subject.split(",")[0].strip())
    if match is None or match[1] not in ELEMENTS:
        return None
    shares = [r for r in record.readings if r.unit.kind in {"%", "wt%", "at%"} and not r.sign and r.point > 0]
    atomic = [r for r in shares if r.unit.kind == "at%" or _ATOMIC.search(r.label)]
    mass = [r for r in shares if r not in atomic and (r.unit.kind == "wt%" or _MASS.search(r.label))]
    return _Row(match[1], mass[0], atomic[0]) if len(mass) == len(atomic) == 1 else None


def _claims(rows: Sequence[_Row]) -> list[Claim]:
    return [
        Claim(
            rule="atomic_shares",
            what=f"atomic share of {row.element}",
            target=row.atomic,
            direct=over(_moles(row), plus(*(_moles(one) for one in rows))),
            severity="warning",
            soft=True,
            ask="Is one of the shares mistyped, or an element left out?",
        )
        for row in rows
    ]


def _moles(row: _Row) -> Expression:
    weight = Fraction(molar_mass(row.element)).limit_denominator(1000)
    return over(times(row.mass), Constant(Interval(weight * (1 - SLACK), weight * (1 + SLACK)), f"M({row.element})"))

"""Current, voltage, power, charge, energy, resistance and time of one row obey the laws that their units name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, over, times
from halfcell.audit.only_in_unit import only_in_unit
from halfcell.audit.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "P = U I; Q = I t; E = Q U; E = P t; U = R I; each also per area or per mass"
LIMITS = (
    "Exactly one number of the row in each of the three units, by its unit alone; it is compared only where most rows "
    "agree: the current may not have flowed all the time, the voltage be a limit."
)


class _Law(NamedTuple):
    """Units of a result and of its two factors."""

    result: str
    one: str
    other: str


LAWS = (
    _Law("W", "V", "A"), _Law("W/cm2", "V", "mA/cm2"), _Law("mAh", "mA", "h"), _Law("mAh/cm2", "mA/cm2", "h"),
    _Law("mAh/g", "mA/g", "h"), _Law("Wh", "Ah", "V"), _Law("Wh/kg", "mAh/g", "V"), _Law("Wh", "W", "h"),
    _Law("Wh/kg", "W/kg", "h"), _Law("V", "ohm", "A"), _Law("V", "ohm cm2", "mA/cm2"),
)  # fmt: skip


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check each law for each table."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        for law in LAWS:
            claims = [claim for record in records if (claim := _claim(record, law))]
            if len(claims) > 1:
                yield from (judge(claim, rounding) for claim in if_most_agree(claims, rounding))


def _claim(record: Record, law: _Law) -> Claim | None:
    found = [only_in_unit(record, unit) for unit in law]
    result, one, other = found
    if result is None or one is None or other is None:
        return None
    target, direct = _rightmost(result, one, other)
    return Claim(
        rule="electrical_laws",
        what=f"{target.label} of {record.name}",
        target=target,
        direct=direct,
        severity="warning",
        soft=True,
        ask="Are the three numbers of the same step?",
    )


def _rightmost(result: Reading, one: Reading, other: Reading) -> tuple[Reading, Expression]:
    """The number that stands last is taken for the calculated one."""
    last = max((result, one, other), key=lambda r: (r.column, r.row))
    if last is result:
        return result, times(one, other)
    return (one, over(result, other)) if last is one else (other, over(result, one))

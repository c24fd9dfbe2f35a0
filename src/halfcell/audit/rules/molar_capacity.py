"""A theoretical capacity follows from the printed molar mass and the number of electrons (Faraday)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, over, times
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "Q = n F / M"
LIMITS = "Without a column of electrons n is 1. It is compared only where most rows agree."
FARADAY = Interval(Fraction(964850, 10), Fraction(964860, 10))  # C/mol; 96485 or 96485.33 are both in use


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each table with molar masses and theoretical capacities."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    capacity, mass = record.one("theoretical_capacity", "mAh/g"), record.one("molar_mass", "g/mol")
    electrons = record.one("electrons")
    if capacity is None or mass is None:
        return None
    faraday = Constant(FARADAY, "F")
    whole = electrons is not None and electrons.printed.value.denominator == 1 and not electrons.printed.decimals
    count = Constant(Interval(electrons.point, electrons.point), electrons.text) if electrons and whole else electrons
    return Claim(
        rule="molar_capacity",
        what=f"theoretical capacity of {record.name}",
        target=capacity,
        direct=over(times(faraday, count) if count else faraday, mass),
        severity="warning",
        soft=True,
        ask="How many electrons are counted?",
    )

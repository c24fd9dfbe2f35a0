"""A theoretical capacity follows from the printed molar mass and the number of electrons (Faraday)."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, Given, number, over, times
from halfcell.audit.interval import Interval
from halfcell.materials.formulas import molar_mass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "Q = n F / M"
LIMITS = (
    "Without a column of electrons n is the nearest whole number; without a column of molar masses M is that of the "
    "formula that names the row. It is compared only where most rows agree."
)
SLACK = Fraction(1, 2000)  # relative; atomic weights are in use with four digits
_COMPOUND = re.compile(r"(?:[A-Z][a-z]?\d*(?:\.\d+)?|[(\[]|[)\]]\d*)+")
FARADAY = Interval(Fraction(964850, 10), Fraction(964860, 10))  # C/mol; 96485 or 96485.33 are both in use


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with molar masses and theoretical capacities."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)


def _of_formula(name: str) -> Constant | None:
    """The molar mass of the compound that names a row; None if its name is not a formula."""
    if not _COMPOUND.fullmatch(name):
        return None
    try:
        mass = Fraction(molar_mass(name)) / 1000
    except KeyError:  # an element that is not in the list of weights
        return None
    return Constant(Interval(mass * (1 - SLACK), mass * (1 + SLACK)), f"{float(mass) * 1000:.2f} g/mol")


def _claim(record: Record) -> Claim | None:
    capacity, mass = record.one("theoretical_capacity", "mAh/g"), record.one("molar_mass", "g/mol")
    of_name = _of_formula(record.subject) if mass is None and record.one("electrons") else None
    divisor = Given(mass) if mass else of_name
    if capacity is None or divisor is None or (mass and mass.point <= 0):
        return None
    count, because = _electrons(record, capacity, mass)
    return Claim(
        rule="molar_capacity",
        what=f"theoretical capacity of {record.name}",
        target=capacity,
        direct=over(times(Constant(FARADAY, "F"), count), divisor),
        because=because,
        severity="warning",
        soft=True,
        ask="How many electrons are counted?",
    )


def _electrons(record: Record, capacity: Reading, mass: Reading | None) -> tuple[Expression, str]:
    """The printed number of electrons, a whole one taken as exact; else the nearest whole number."""
    printed = record.one("electrons")
    if printed is None and mass is not None:
        nearest = max(1, round(capacity.point * mass.point / FARADAY.middle))
        return number(nearest), f"{nearest} electron{'s' if nearest > 1 else ''} per formula"
    whole = printed is not None and not printed.printed.decimals
    return (number(printed.point, printed.text) if printed and whole else Given(printed) if printed else number(1)), ""

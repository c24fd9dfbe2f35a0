"""A quantity that a row prints in two units is the same one."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Given, over, times
from halfcell.audit.interval import exactly
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "one number in two units, also eV per particle and kJ/mol (96.485 kJ/mol for 1 eV)"
LIMITS = "The heads must be the same but for their units; it is compared only where most rows agree."
AVOGADRO = Constant(exactly(Fraction("6.02214076e23")), "6.02214e23 1/mol")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with such a pair of columns."""
    for records in facts.by_table().values():
        pairs: dict[tuple[str, str], list[Claim]] = {}
        for record in records:
            for one, other in _pairs(record):
                pairs.setdefault((one.unit.text, other.unit.text), []).append(_claim(record, one, other))
        for claims in pairs.values():
            yield from if_most_agree(claims, facts.settings.rounding)


def _pairs(record: Record) -> Iterator[tuple[Reading, Reading]]:
    """Two readings of a row with the same head and different units of one thing."""
    exact = [r for r in record.readings if r.unit.text and not r.sign and r.upper is None and not r.spread]
    for one, other in combinations(exact, 2):
        same = _key(one) == _key(other) and one.column != other.column
        if same and one.unit.kind == other.unit.kind and (_converts(one, other) or _per_mole(one, other)):
            yield one, other


def _key(reading: Reading) -> tuple[object, ...]:
    words = " ".join(_BRACKETS.sub(" ", reading.label).split()).lower()
    return (words, reading.quantity, reading.cycle, reading.at, reading.group, reading.of, reading.part)


def _converts(one: Reading, other: Reading) -> bool:
    return one.unit.dimension == other.unit.dimension and one.unit.scale != other.unit.scale


def _per_mole(one: Reading, other: Reading) -> bool:
    """Whether one of two energies is per particle, the other one per mole."""
    energy, molar = parse("eV"), parse("kJ/mol")
    kinds = {energy.dimension, molar.dimension} if energy and molar else set()
    return {one.unit.dimension, other.unit.dimension} == kinds


def _claim(record: Record, one: Reading, other: Reading) -> Claim:
    molar = other.unit.dimension[6] - one.unit.dimension[6]
    made = Given(one) if not molar else times(one, AVOGADRO) if molar < 0 else over(one, AVOGADRO)
    return Claim(
        rule="same_in_two_units",
        what=f"{other.label} of {record.name} in {other.unit.text}",
        target=other,
        direct=made,
        severity="warning",
        soft=True,
        ask="Which of the two was measured?",
    )

"""Young's, shear and bulk modulus and Poisson's ratio of an isotropic material: two of them give the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus, number, over, plus, times
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "G = E / (2 (1 + ν)); K = E / (3 (1 − 2ν)); E = 9 K G / (3 K + G); ν = E / (2 G) − 1; B/G"
LIMITS = "Isotropic materials, by the symbols of the heads (E or Y, G, K or B, ν); compared only where most rows agree."
FEWEST = 2  # rows: the symbols of one may mean something else
_SYMBOLS = {
    "E": re.compile(r"^(?:E|Y|young'?s?(?:'s)? modulus)\b(?!/)", re.IGNORECASE),
    "G": re.compile(r"^(?:G|shear modulus)(?:_?VRH|H)?(?:\s|$)", re.IGNORECASE),
    "K": re.compile(r"^(?:K|B|bulk modulus)(?:_?VRH|H)?(?:\s|$)", re.IGNORECASE),
}
_RATIO = re.compile(r"^(?:ν|v|nu|σ|poisson'?s?(?:'s)? ratio)(?:\s|$)", re.IGNORECASE)
_PUGH = re.compile(r"^(?:[BK]/G|pugh'?s?(?:'s)? ratio)(?:\s|$)", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check each relation for each table with moduli."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        rows = [(record, _moduli(record)) for record in records]
        made = [(record, dict(_relations(found))) for record, found in rows]
        for name in dict.fromkeys(name for _, relations in made for name in relations):
            claims = [_claim(r, rows[i][1][name[0]], ways[name]) for i, (r, ways) in enumerate(made) if name in ways]
            if len(claims) >= FEWEST:
                yield from best_agreeing([claims], rounding)


def _moduli(record: Record) -> dict[str, Reading]:
    """The moduli and ratios of a row by their symbols."""
    pressure = parse("GPa")
    found: dict[str, Reading] = {}
    for reading in record.readings:
        label = reading.label.strip()
        if pressure and reading.unit.text and reading.unit.fits(pressure):
            found |= {symbol: reading for symbol, pattern in _SYMBOLS.items() if pattern.match(label)}
        elif not reading.unit.text:
            found |= {s: reading for s, pattern in (("ν", _RATIO), ("P", _PUGH)) if pattern.match(label)}
    return found


def _relations(found: dict[str, Reading]) -> Iterator[tuple[str, Expression]]:
    """Each number that two others give; the name begins with its symbol."""
    one, two, three = number(1), number(2), number(3)
    young, shear, bulk, ratio = (found.get(symbol) for symbol in ("E", "G", "K", "ν"))
    if young and shear and ratio:
        yield "G of E and ν", over(young, times(two, plus(one, ratio)))
    if young and bulk and ratio and not shear:
        yield "K of E and ν", over(young, times(three, minus(one, times(two, ratio))))
    if young and bulk and shear:
        yield "E of K and G", over(times(number(9), bulk, shear), plus(times(three, bulk), shear))
    if bulk and shear and "P" in found:
        yield "P of K and G", over(bulk, shear)


def _claim(record: Record, target: Reading, direct: Expression) -> Claim:
    return Claim(
        rule="elastic_constants",
        what=f"{target.label} of {record.name}",
        target=target,
        direct=direct,
        severity="warning",
        soft=True,
        ask="Are all constants of one average (Voigt, Reuss, Hill), and is one of them mistyped?",
    )

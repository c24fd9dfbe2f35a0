"""The molar ratios of elements follow from their mass fractions and atomic weights."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.cell_values import RATIO_HEAD
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, Given, over, plus, times
from halfcell.audit.heads.materials import ELEMENT_RATIO, ELEMENTS
from halfcell.audit.interval import Interval
from halfcell.materials.formulas import molar_mass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = (
    "x_i = (w_i / M_i) / Σ (w_j / M_j), the sum over the metals that make 1, or over all elements; O/C = x_O / x_C"
)
LIMITS = "It is compared only where most numbers of a table agree; a second phase counts in both."
METALS = ("Ni", "Co", "Mn", "Fe", "Cr", "V", "Ti", "Al", "Mg", "Cu", "Zn", "W", "Zr", "Nb", "Mo", "Sn", "Si", "P")
CARRIERS = {"Li", "Na", "K"}
PER_VOLUME = (0, 0, 0, 1, -3, 0, 0)  # mg/L in powers of A, V, s, kg, m, K, mol
SLACK = Fraction(1, 2000)  # relative; atomic weights are in use with four digits
_FORMULA = re.compile(r"^([xyzδ]) (?:in|of) ([A-Z][a-z]?)([A-Z][a-z]?)_?\1$")  # x in SiOx
_SYMBOL = re.compile(r"\b([A-Z][a-z]?)\b")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with both for at least two elements."""
    for records in facts.by_table().values():
        ways: list[list[Claim]] = [[], []]
        for record in records:
            shares, ratios = _by_element(record, is_mass=True), _by_element(record, is_mass=False)
            both = [element for element in ratios if element in shares]
            metals = [element for element in both if element not in CARRIERS]
            for way, over_which in zip(ways, (metals, both), strict=True):
                if len(over_which) > 1:
                    way += [_claim(record, element, shares, ratios[element], over_which) for element in both]
        yield from best_agreeing(ways, facts.settings.rounding)
        for pair in sorted({pair for record in records for pair in _pairs(record)}):
            made = [[c for r in records if (c := _ratio(r, pair, is_mass))] for is_mass in (False, True)]
            yield from best_agreeing(made, facts.settings.rounding)


def _pairs(record: Record) -> dict[tuple[str, str], Reading]:
    """The columns that are called by a ratio of two elements: ``O/C``, ``atomic H/C``."""
    found: dict[tuple[str, str], Reading] = {}
    for reading in record.readings:
        label = " ".join(reading.label.split())
        match, formula = ELEMENT_RATIO.match(label), _FORMULA.match(label)
        pair = (match[1], match[2]) if match else (formula[3], formula[2]) if formula else ("", "")
        if set(pair) <= ELEMENTS and not reading.sign and not reading.unit.text:
            found.setdefault(pair, reading)
    return found


def _ratio(record: Record, pair: tuple[str, str], is_mass: bool) -> Claim | None:
    """An atomic ratio, from atomic shares or from mass fractions and atomic weights."""
    target, shares = _pairs(record).get(pair), _by_element(record, is_mass)
    parts = [shares.get(element) for element in pair]
    if target is None or parts[0] is None or parts[1] is None:
        return None
    moles = [
        _moles(part, element) if is_mass else Given(part) for part, element in zip(parts, pair, strict=True) if part
    ]
    return Claim(
        rule="element_ratios",
        what=f"{'/'.join(pair)} of {record.name}",
        target=target,
        direct=over(*moles),
        because="from mass fractions" if is_mass else "from atomic shares",
        severity="warning",
        soft=True,
        ask="Is it a ratio of atoms or of masses, and is one of the numbers mistyped?",
    )


def _by_element(record: Record, is_mass: bool) -> dict[str, Reading]:
    """The mass fractions, or the molar ratios, of a record by element."""
    found: dict[str, Reading] = {}
    for reading in record.readings:
        symbols = [symbol for symbol in _SYMBOL.findall(reading.label) if symbol in ELEMENTS]
        if RATIO_HEAD.match(reading.label) and reading.part < len(symbols):  # Ni:Co:Mn above 0.80:0.10:0.10
            symbols = [symbols[reading.part]]
        named = reading.quantity in {"composition", "mass_fraction", "element_concentration", ""}
        mass = (
            reading.unit.kind in {"wt%", "ppm"}
            or (reading.unit.kind == "%" and reading.quantity == "mass_fraction")
            or reading.unit.dimension == PER_VOLUME
        )
        moles = reading.unit.kind in {"at%", "mol%"} or not reading.has_unit
        if len(symbols) == 1 and named and (mass if is_mass else moles) and reading.point > 0:
            found.setdefault(symbols[0], reading)
    return found


def _claim(
    record: Record, element: str, shares: dict[str, Reading], target: Reading, over_which: Sequence[str]
) -> Claim:
    return Claim(
        rule="element_ratios",
        what=f"{element} in {record.name}",
        target=target,
        direct=over(_moles(shares[element], element), plus(*(_moles(shares[e], e) for e in over_which))),
        because=f"relative to {' + '.join(over_which)}",
        severity="warning",
        soft=True,
        ask="Which elements make 1, and is one of the numbers mistyped?",
    )


def _moles(share: Reading, element: str) -> Expression:
    weight = Fraction(molar_mass(element)).limit_denominator(1000)
    return over(times(share), Constant(Interval(weight * (1 - SLACK), weight * (1 + SLACK)), f"M({element})"))

"""The mass of a substance, or its concentration by mass, is its amount times its molar mass."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, times
from halfcell.audit.interval import Interval
from halfcell.materials.formulas import molar_mass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "m = n M; with volumes: mg/L = mmol/L × M; of a solution m = c V M"
LIMITS = (
    "Both heads must name one formula or salt (Na, LiPF6, LiFSI, LiTFSI, NaFSI, NaTFSI, LiBOB, LiDFOB); it is compared "
    "only where most rows agree."
)
SLACK = Fraction(1, 2000)  # relative; atomic weights are in use with four digits
MASS, VOLUME, PER_VOLUME = (
    (0, 0, 0, 1, 0, 0, 0),
    (0, 0, 0, 0, 3, 0, 0),
    (0, 0, 0, 0, -3, 0, 1),
)  # A, V, s, kg, m, K, mol
SALTS = {
    "LiFSI": "LiN(SO2F)2", "LiTFSI": "LiN(SO2CF3)2", "NaFSI": "NaN(SO2F)2", "NaTFSI": "NaN(SO2CF3)2",
    "KFSI": "KN(SO2F)2", "LiBOB": "LiB(C2O4)2", "LiDFOB": "LiBF2(C2O4)", "LiOTf": "LiSO3CF3",
}  # fmt: skip
_FORMULA = re.compile(r"(?<![A-Za-z])((?:[A-Z][a-z]?\d*|\((?:[A-Z][a-z]?\d*)+\)\d*)+)(?![a-z])")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each substance of each table."""
    for records in facts.by_table().values():
        found: dict[str, list[Claim]] = {}
        for record in records:
            for name, mass, amount in _pairs(record):
                found.setdefault(name, []).append(_claim(record, name, mass, amount))
            for name, mass, concentration, volume in _solutions(record):
                found.setdefault(f"{name} in solution", []).append(_claim(record, name, mass, concentration, volume))
        for claims in found.values():
            yield from if_most_agree(claims, facts.settings.rounding)


def _pairs(record: Record) -> Iterator[tuple[str, Reading, Reading]]:
    """A substance with its one mass (or mass per volume) and its one amount (per volume)."""
    named = [(name, r) for r in record.readings if r.unit.text and not r.sign and (name := _substance(r.label))]
    for (name, mass), (other, amount) in permutations(named, 2):
        made = [a - b for a, b in zip(mass.unit.dimension, amount.unit.dimension, strict=True)]
        both = sum(one == name for one, _ in named) == 2
        if name == other and both and made == [0, 0, 0, 1, 0, 0, -1]:
            yield name, mass, amount


def _solutions(record: Record) -> Iterator[tuple[str, Reading, Reading, Reading]]:
    """A salt with its one mass, its one concentration, and the one volume of the row."""
    exact = [r for r in record.readings if r.unit.text and not r.sign]
    named = [(name, r) for r in exact if (name := _substance(r.label))]
    volumes = [r for r in exact if r.unit.dimension == VOLUME]
    masses = [(name, r) for name, r in named if r.unit.dimension == MASS]
    molar = [(name, r) for name, r in named if r.unit.dimension == PER_VOLUME]
    if len(volumes) == 1:
        for name, mass in masses:
            amounts = [r for other, r in molar if other == name]
            if len(amounts) == 1 and sum(other == name for other, _ in masses) == 1:
                yield name, mass, amounts[0], volumes[0]


def _substance(label: str) -> str:
    """The formula in a head that names one substance."""
    found = {one for one in _FORMULA.findall(label) if one in SALTS or (len(one) > 1 and _weight(one))}
    return next(iter(found)) if len(found) == 1 else ""


def _weight(name: str) -> float:
    """Its molar mass in g/mol; zero if the name is not a formula of known elements."""
    try:
        return molar_mass(SALTS.get(name, name))
    except KeyError:
        return 0.0


def _claim(record: Record, name: str, mass: Reading, *amount: Reading) -> Claim:
    weight = Fraction(_weight(name)) / 1000
    molar = Constant(Interval(weight * (1 - SLACK), weight * (1 + SLACK)), f"{_weight(name):.2f} g/mol")
    return Claim(
        rule="moles_and_masses",
        what=f"{mass.label} of {record.name}",
        target=mass,
        direct=times(*amount, molar),
        severity="warning",
        soft=True,
        ask="Which of the two was weighed or measured?",
    )

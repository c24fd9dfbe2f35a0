"""Mass and thickness of lithium metal follow from the charge that plates or strips it, by Faraday's law."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, over
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "m = Q M / F = Q / (3861 mAh/g); t = q / (3861 mAh/g × 0.534 g/cm³) = q / (2062 mAh/cm³)"
LIMITS = (
    "The head of the mass or thickness must name lithium; dense metal is assumed. It is compared only where most rows "
    "agree: a foil in excess is another number."
)
PER_GRAM = Constant(Interval(Fraction(3860 * 3600), Fraction(3862 * 3600)), "3861 mAh/g")  # F / M, in C/kg
PER_VOLUME = Constant(  # 0.53 to 0.535 g/cm3 are in use for the density
    Interval(Fraction(2045 * 3600 * 1000), Fraction(2066 * 3600 * 1000)), "2062 mAh/cm³"
)
_LITHIUM = re.compile(r"\b(?:li|lithium)\b(?!-)", re.IGNORECASE)
CHARGES = ("charge_capacity", "discharge_capacity", "capacity", "areal_capacity", "balancing_capacity", "charge")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check both for each table."""
    for records in facts.by_table().values():
        for unit, quantity, size, divisor in (
            ("mAh", "mass", "mg", PER_GRAM),
            ("mAh/cm2", "thickness", "µm", PER_VOLUME),
        ):
            claims = [c for r in records if (c := _claim(r, _charge(r, unit), _of_lithium(r, quantity, size), divisor))]
            yield from if_most_agree(claims, facts.settings.rounding)


def _charge(record: Record, unit: str) -> Reading | None:
    """The one charge of a record."""
    found = [r for name in CHARGES for r in record.all(name, unit)]
    return found[0] if len(found) == 1 else None


def _of_lithium(record: Record, quantity: str, unit: str) -> Reading | None:
    found = [r for r in record.all(quantity, unit) if _LITHIUM.search(r.label) or _LITHIUM.search(r.group)]
    return found[0] if len(found) == 1 else None


def _claim(record: Record, charge: Reading | None, size: Reading | None, divisor: Constant) -> Claim | None:
    if charge is None or size is None:
        return None
    return Claim(
        rule="lithium_metal",
        what=f"{size.quantity} of lithium of {record.name}",
        target=size,
        direct=over(charge, divisor),
        severity="warning",
        soft=True,
        ask="Is it the lithium of this charge, or is there an excess?",
    )

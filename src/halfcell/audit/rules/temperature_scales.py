"""A temperature that is printed in kelvin and in degrees Celsius is the same one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import number, plus
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts

FORMULA = "T / K = t / °C + 273.15 (273 is accepted)"
LIMITS = "Both must stand in one row."
ZEROS = (Fraction(27315, 100), Fraction(273))


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each record with one temperature in each scale."""
    kelvin = parse("K")
    for record in facts.records:
        both = record.all("temperature")
        hot = [r for r in both if kelvin and r.unit.kind == kelvin.kind]
        cold = [r for r in both if r not in hot]
        if len(hot) == len(cold) == 1:
            zero = ZEROS[1] if (hot[0].point - cold[0].point).denominator == 1 else ZEROS[0]
            yield Claim(
                rule="temperature_scales",
                what=f"temperature of {record.name}",
                target=hot[0],
                direct=plus(number(zero, f"{float(zero):g}"), cold[0]),
                severity="warning",
                soft=True,
                ask="Which of the two was set?",
            )

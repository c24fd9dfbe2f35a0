"""A temperature that is printed in kelvin, in degrees Celsius and as its reciprocal is the same one."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, number, over, plus
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "T / K = t / °C + 273.15 (273 is accepted); 1000/T and 1/T of the same temperature"
LIMITS = "Both must stand in one row."
_RECIPROCAL = re.compile(r"^(1000|10\^?\{?3\}?|103|1)\s*/\s*T$")
ZEROS = (Fraction(27315, 100), Fraction(273))


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with one temperature in each scale."""
    kelvin = parse("K")
    for record in facts.records:
        both = record.all("temperature")
        hot = [r for r in both if kelvin and r.unit.kind == kelvin.kind]
        cold = [r for r in both if r not in hot]
        yield from _reciprocal(record, hot, cold)
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


def _reciprocal(record: Record, hot: Sequence[Reading], cold: Sequence[Reading]) -> Iterator[Claim]:
    """The axis of an Arrhenius plot."""
    for reading in record.readings:
        match = _RECIPROCAL.match(reading.label.strip())
        if match is None or not (len(hot) == 1 or (len(cold) == 1 and not hot)) or reading.sign:
            continue
        kelvin = Given(hot[0]) if hot else plus(number(ZEROS[0], "273.15"), cold[0])
        scale = number((1 if match[1] == "1" else 1000) * reading.unit.scale, "1" if match[1] == "1" else "1000")
        if reading.unit.dimension[5] == -1 or not reading.unit.text:
            yield Claim(
                rule="temperature_scales",
                what=f"{reading.label} of {record.name}",
                target=reading,
                direct=over(scale, kelvin),
                severity="warning",
                soft=True,
                ask="Which of the two was calculated?",
            )

"""An activation energy follows from the conductivities at several temperatures (Arrhenius)."""

from __future__ import annotations

import re
from fractions import Fraction
from math import log
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "Ea = −k × slope of the straight line through ln σ, or ln(σT), over 1/T (two temperatures or more)"
LIMITS = "It is compared where most rows agree: a fit over further temperatures may differ."
BOLTZMANN_JOULE = 1.380649e-23  # J/K, exact (SI)
AVOGADRO = 6.02214076e23  # 1/mol, exact (SI)
ZERO_CELSIUS = 273.15  # K at 0 degC
NAMES = (
    "conductivity", "ionic_conductivity", "total_conductivity", "bulk_conductivity", "diffusion_coefficient",
    "at_condition",
)  # fmt: skip
FEWEST = 2  # temperatures
TINY = 1e-300  # in the place of zero below a logarithm
SLACK = 1e-9  # relative; allows for floating-point error
_CELSIUS = re.compile(r"^(-?\d+(?:\.\d+)?)\s?(?:°\s?C|℃)$")
_KELVIN = re.compile(r"^(\d+(?:\.\d+)?)\s?K$")


class _Point(NamedTuple):
    """A conductivity at a temperature in K."""

    kelvin: float
    reading: Reading


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with conductivities at two temperatures and an activation energy."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        ways = [[c for r in records if (c := _claim(r, with_t, rounding))] for with_t in (False, True)]
        yield from best_agreeing([way for way in ways if len(way) > 1], rounding)


def _claim(record: Record, with_temperature: bool, rounding: Rounding) -> Claim | None:
    energy, points = record.one("activation_energy"), sorted(_points(record))
    if energy is None or len({point.kelvin for point in points}) < max(len(points), FEWEST):
        return None
    scale = AVOGADRO if energy.unit.dimension[6] else 1.0
    ends = [end * scale for end in _energies(points, with_temperature, rounding)]
    by = SLACK * max(map(abs, ends))
    words = "σT" if with_temperature else "σ"
    slope = f"−k × slope of ln {words} over 1/T of {', '.join(point.reading.text for point in points)}"
    used = tuple(point.reading for point in points)
    return Claim(
        rule="activation_energy",
        what=f"activation energy of {record.name}",
        target=energy,
        direct=Constant(Interval(Fraction(min(ends) - by), Fraction(max(ends) + by)), slope, used),
        severity="warning",
        soft=True,
        ask="Was it fitted to these temperatures only?",
    )


def _points(record: Record) -> list[_Point]:
    return [
        _Point(kelvin, r) for name in NAMES for r in record.all(name) if r.point > 0 and (kelvin := _kelvin(r.at)) > 0
    ]


def _kelvin(text: str) -> float:
    """A temperature in K; 0 for none."""
    celsius, kelvin = _CELSIUS.match(text), _KELVIN.match(text)
    return float(celsius.group(1)) + ZERO_CELSIUS if celsius else float(kelvin.group(1)) if kelvin else 0.0


def _energies(points: Sequence[_Point], with_temperature: bool, rounding: Rounding) -> tuple[float, float]:
    """The lowest and the highest energy in J that the rounding of the conductivities allows: the slope is linear."""
    inverse = [1 / point.kelvin for point in points]
    centre = sum(inverse) / len(inverse)
    square = sum((x - centre) ** 2 for x in inverse)
    ends = [0.0, 0.0]
    for x, point in zip(inverse, points, strict=True):
        span, weight = point.reading.interval(rounding), -BOLTZMANN_JOULE * (x - centre) / square
        by = point.kelvin if with_temperature else 1.0
        logs = sorted(weight * log(max(float(end), TINY) * by) for end in (span.low, span.high))
        ends = [end + part for end, part in zip(ends, logs, strict=True)]
    return ends[0], ends[1]

"""An activation energy follows from two conductivities at two temperatures (Arrhenius)."""

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
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "Ea = k ln(σ2 / σ1) / (1/T1 − 1/T2), or with σT in the place of σ"
LIMITS = "Two temperatures only: it is compared where most rows agree, a fit over more temperatures may differ."
BOLTZMANN_JOULE = 1.380649e-23  # J/K, exact (SI)
AVOGADRO = 6.02214076e23  # 1/mol, exact (SI)
ZERO_CELSIUS = 273.15  # K at 0 degC
NAMES = ("conductivity", "ionic_conductivity", "total_conductivity", "bulk_conductivity", "diffusion_coefficient")
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
    energy, points = record.one("activation_energy"), _points(record)
    if energy is None or len(points) != 2 or points[0].kelvin == points[1].kelvin:
        return None
    low, high = sorted(points)
    ends = [_energy(low, high, with_temperature, pair) for pair in _extremes(low.reading, high.reading, rounding)]
    scale = AVOGADRO if energy.unit.dimension[6] else 1.0
    by = SLACK * max(map(abs, ends))
    found = Interval(Fraction((min(ends) - by) * scale), Fraction((max(ends) + by) * scale))
    words = "σT" if with_temperature else "σ"
    slope = f"k ln({words}2 / {words}1) / (1/T1 − 1/T2)"
    return Claim(
        rule="activation_energy",
        what=f"activation energy of {record.name}",
        target=energy,
        direct=Constant(found, f"{slope} of {low.reading.text} and {high.reading.text}", (low.reading, high.reading)),
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


def _extremes(one: Reading, other: Reading, rounding: Rounding) -> list[tuple[float, float]]:
    a, b = one.interval(rounding), other.interval(rounding)
    return [(float(x), float(y)) for x in (a.low, a.high) for y in (b.low, b.high) if x > 0 and y > 0]


def _energy(low: _Point, high: _Point, with_temperature: bool, pair: tuple[float, float]) -> float:
    ratio = pair[1] / pair[0] * (high.kelvin / low.kelvin if with_temperature else 1.0)
    return BOLTZMANN_JOULE * log(ratio) / (1 / low.kelvin - 1 / high.kelvin)

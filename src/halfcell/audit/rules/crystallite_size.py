"""A Scherrer size follows from the printed line width, angle and wavelength, for a usual constant K."""

from __future__ import annotations

from fractions import Fraction
from math import cos, radians
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, over, times
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "D = K λ / (β cos θ), β in radians, K from 0.89 to 1.0 unless it is printed, λ = 1.5406 Å unless it is printed"
)
LIMITS = (
    "The width must be the sample's own (instrument broadening removed); a raw width makes the size printed too large."
)
K = Constant(Interval(Fraction(89, 100), Fraction(1)), "K (0.89 to 1)")
COPPER = Constant(Interval(Fraction(15405, 10**14), Fraction(15419, 10**14)), "λ (Cu Kα, 1.5405 to 1.5419 Å)")
RADIAN = Fraction(17453292519943, 10**15)  # of one degree


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each record with size, width and angle."""
    for record in facts.records:
        size, width, angle = (record.one(name) for name in ("crystallite_size", "line_width", "two_theta"))
        if size and width and angle:
            yield Claim(
                rule="crystallite_size",
                what=f"crystallite size of {record.name}",
                target=size,
                direct=over(
                    times(K, _wavelength(record)), times(_in_radian(width), _cosine(angle, facts.settings.rounding))
                ),
                ask="Which K, which wavelength, and is the instrument's width removed?",
            )


def _wavelength(record: Record) -> Expression:
    from halfcell.audit.expression import Given

    printed = record.one("wavelength", "Å")
    return Given(printed) if printed else COPPER


def _in_radian(width: Reading) -> Expression:
    return times(width, Constant(Interval(RADIAN, RADIAN), "π/180"))


def _cosine(angle: Reading, rounding: Rounding) -> Constant:
    """The cosine of half an angle, as an interval widened by what floats may miss."""
    ends = angle.interval(rounding)
    values = sorted(Fraction(cos(radians(float(end) / 2))) for end in (ends.low, ends.high))
    slack = Fraction(1, 10**12)
    return Constant(Interval(values[0] - slack, values[1] + slack), f"cos({angle.printed.text}°/2)")

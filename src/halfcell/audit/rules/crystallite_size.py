"""A Scherrer crystallite size follows from the printed line width, angle and wavelength, for a usual shape factor K."""

from __future__ import annotations

import re
from fractions import Fraction
from math import cos, radians
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, Given, over, times
from halfcell.audit.interval import Interval, exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "D = K λ / (β cos θ), with β in radians, K from 0.89 to 1.0 or as stated, and λ = 1.5406 Å (Cu Kα) unless it is "
    "printed"
)
LIMITS = (
    "The width must be that of the sample, without the instrumental broadening: with a width as measured, the printed "
    "size is larger than this one."
)
K = Constant(Interval(Fraction(89, 100), Fraction(1)), "K (0.89 to 1)")
_SHAPE = re.compile(r"\bK\s*=\s*(0?\.\d+|1(?:\.0+)?)\b")
COPPER = Constant(Interval(Fraction(15405, 10**14), Fraction(15419, 10**14)), "λ (Cu Kα, 1.5405 to 1.5419 Å)")
RADIAN = Fraction(17453292519943, 10**15)  # one degree in radians
SLACK = Fraction(1, 10**12)  # allows for floating-point error of the cosine


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with size, width and angle."""
    shape = _stated_shape(facts)
    for record in facts.records:
        size, width, angle = (record.one(name) for name in ("crystallite_size", "line_width", "two_theta"))
        if size and width and angle:
            cosine = _cosine(angle, facts.settings.rounding)
            yield Claim(
                rule="crystallite_size",
                what=f"crystallite size of {record.name}",
                target=size,
                direct=over(times(shape, _wavelength(record)), times(_in_radians(width), cosine)),
                ask="Which K and which wavelength were used, and was the instrumental width removed?",
            )


def _stated_shape(facts: Facts) -> Constant:
    """The shape factor that captions and text state, if it is one."""
    texts = [*(text for t in facts.paper.tables for text in (t.caption, *t.notes)), *facts.paper.paragraphs]
    found = {match for text in texts if "cherrer" in text for match in _SHAPE.findall(text[:4000])}
    value = Fraction(next(iter(found))) if len(found) == 1 else Fraction(0)
    return Constant(exactly(value), f"K ({float(value):g})") if K.value.low <= value <= K.value.high else K


def _wavelength(record: Record) -> Expression:
    printed = record.one("wavelength", "Å")
    return Given(printed) if printed else COPPER


def _in_radians(width: Reading) -> Expression:
    return times(width, Constant(Interval(RADIAN, RADIAN), "π/180"))


def _cosine(angle: Reading, rounding: Rounding) -> Constant:
    """The cosine of half the angle, as an interval."""
    ends = angle.interval(rounding)
    values = sorted(Fraction(cos(radians(float(end) / 2))) for end in (ends.low, ends.high))
    return Constant(Interval(values[0] - SLACK, values[1] + SLACK), f"cos({angle.printed.text}°/2)", (angle,))

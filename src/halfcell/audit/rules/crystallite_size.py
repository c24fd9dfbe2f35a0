"""A Scherrer crystallite size follows from the printed line width, angle and wavelength, for a usual shape factor K."""

from __future__ import annotations

import re
from fractions import Fraction
from math import cos, radians
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import closer_if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, over, times
from halfcell.audit.interval import Interval, exactly
from halfcell.audit.verdicts import agrees
from halfcell.audit.xray_wavelength import COPPER, stated_wavelength

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "D = K λ / (β cos θ), with β in radians, K from 0.89 to 1.0 or as stated, and λ as printed or stated, else 1.5406 "
    "Å (Cu Kα)"
)
LIMITS = (
    "The width must be that of the sample, without the instrumental broadening: with a width as measured, the printed "
    "size is larger than this one."
)
K = Constant(Interval(Fraction(89, 100), Fraction(1)), "K (0.89 to 1)")
_SHAPE = re.compile(r"\bK\s*=\s*(0?\.\d+|1(?:\.0+)?)\b")
LINE = Constant(Interval(Fraction(15405, 10**14), Fraction(15406, 10**14)), "λ (Cu Kα1, 1.5406 Å)")
USUAL = [Constant(exactly(Fraction(k, 100)), f"K ({k / 100:g})") for k in (90, 89, 94, 100)]
RADIAN = Fraction(17453292519943, 10**15)  # one degree in radians
SLACK = Fraction(1, 10**12)  # allows for floating-point error of the cosine


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with size, width and angle; by one usual K where most rows of a table agree with it."""
    shape, rounding = _stated_shape(facts), facts.settings.rounding
    for table, records in facts.by_table().items():
        wave = stated_wavelength(facts, table)
        safe = _claims(records, shape, wave, rounding)
        ways = [
            _claims(records, k, LINE if wave is COPPER else wave, rounding) for k in (USUAL if shape is K else [shape])
        ]
        best = max(ways, key=lambda claims: sum(agrees(claim, rounding) for claim in claims))
        yield from closer_if_most_agree(list(zip(safe, best, strict=True)), rounding)


def _claims(records: Sequence[Record], shape: Constant, usual: Constant | None, rounding: Rounding) -> list[Claim]:
    """One claim per record, with a shape factor and the wavelength where none is printed."""
    found = []
    for record in records:
        size, width, angle = (record.one(name) for name in ("crystallite_size", "line_width", "two_theta"))
        wave = record.one("wavelength", "Å") or usual
        if size and width and angle and wave:
            found.append(
                Claim(
                    rule="crystallite_size",
                    what=f"crystallite size of {record.name}",
                    target=size,
                    direct=over(times(shape, wave), times(_in_radians(width), _cosine(angle, rounding))),
                    ask="Which K and which wavelength were used, and was the instrumental width removed?",
                )
            )
    return found


def _stated_shape(facts: Facts) -> Constant:
    """The shape factor that captions and text state, if it is one."""
    sized = {r.table for r in facts.records if r.one("crystallite_size")}
    own = [text for t in facts.paper.tables if t.name in sized for text in (t.caption, *t.notes)]
    texts = [*(text for t in facts.paper.tables for text in (t.caption, *t.notes)), *facts.paper.paragraphs]
    texts = [*own, *(text for text in texts if "cherrer" in text)]
    found = {match for text in texts for match in _SHAPE.findall(text[:4000])}
    value = Fraction(next(iter(found))) if len(found) == 1 else Fraction(0)
    return Constant(exactly(value), f"K ({float(value):g})") if K.value.low <= value <= K.value.high else K


def _in_radians(width: Reading) -> Expression:
    return times(width, Constant(Interval(RADIAN, RADIAN), "π/180"))


def _cosine(angle: Reading, rounding: Rounding) -> Constant:
    """The cosine of half the angle, as an interval."""
    ends = angle.interval(rounding)
    values = sorted(Fraction(cos(radians(float(end) / 2))) for end in (ends.low, ends.high))
    return Constant(Interval(values[0] - SLACK, values[1] + SLACK), f"cos({angle.printed.text}°/2)", (angle,))

"""A lattice spacing follows from the printed diffraction angle and the wavelength (Bragg)."""

from __future__ import annotations

import re
from fractions import Fraction
from math import radians, sin
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, number, over, times
from halfcell.audit.interval import Interval
from halfcell.audit.xray_wavelength import stated_wavelength

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "d00l = c / l; d = λ / (2 sin θ), with λ as printed or stated, else 1.5406 to 1.5419 Å (Cu Kα)"
LIMITS = "Angle and spacing must be of the same line. Of a broad line, the angle of the maximum and of a fit differ."
_PLANE = re.compile(r"\bd ?_?\(? ?00([1-9])\b")
_C = re.compile(r"^(?:lattice (?:parameter|constant) )?c\b(?! ?/)")
SLACK = Fraction(1, 10**12)  # allows for floating-point error of the sine


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with one spacing and one angle."""
    waves = {table: stated_wavelength(facts, table) for table in facts.by_table()}
    for record in facts.records:
        spacing, angle = record.one("interlayer_spacing"), record.one("two_theta", "°")
        wavelength = record.one("wavelength", "Å") or waves.get(record.table)
        yield from _of_lattice(record)
        if spacing and angle and wavelength and 0 < angle.point < 180:
            yield Claim(
                rule="layer_spacing",
                what=f"spacing of {record.name}",
                target=spacing,
                direct=over(wavelength, times(number(2), _sine(angle, facts.settings.rounding))),
                severity="warning",
                ask="Which wavelength was used, and are both of the same line?",
            )


def _of_lattice(record: Record) -> Iterator[Claim]:
    """The spacing of a basal plane from the lattice parameter c: d003 = c / 3."""
    spacing = record.one("interlayer_spacing")
    heights = [r for r in record.all("lattice_parameter") if _C.match(r.label)]
    plane = _PLANE.search(spacing.label) if spacing else None
    if spacing and plane and len(heights) == 1:
        yield Claim(
            rule="layer_spacing",
            what=f"spacing of {record.name}",
            target=spacing,
            direct=over(heights[0], number(int(plane.group(1)))),
            severity="warning",
            soft=True,
            ask="Are spacing and lattice parameter of the same refinement?",
        )


def _sine(angle: Reading, rounding: Rounding) -> Constant:
    """The sine of half the angle, as an interval."""
    ends = angle.interval(rounding)
    values = sorted(Fraction(sin(radians(float(end) / 2))) for end in (ends.low, ends.high))
    return Constant(Interval(values[0] - SLACK, values[1] + SLACK), f"sin({angle.printed.text}°/2)", (angle,))

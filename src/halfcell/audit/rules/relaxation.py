"""The frequency at the top of an arc, or its time constant, follows from resistance and capacitance; C from a CPE."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, Expression, number, over, times
from halfcell.audit.interval import Interval
from halfcell.audit.only_in_unit import only_in_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "f = 1 / (2π R C); τ = R C; C = (R^(1−n) Q)^(1/n) of a constant-phase element (C. H. Hsu, F. Mansfeld, 2001)"
LIMITS = (
    "One resistance in Ω in the row, one capacitance in F, one frequency or time; the element's Q and its exponent by "
    "their symbols (Q, CPE-T; n, α, CPE-P). It is compared only where most rows agree."
)
FEWEST = 2  # rows
SLACK = Fraction(1, 10**9)  # relative; allows for floating-point error of the powers
TWO_PI = Constant(Interval(Fraction(62831853, 10**7), Fraction(62831854, 10**7)), "2π")
_SIZE = re.compile(r"^(?:Q|Y0?|CPE[- ]?(?:T|Q)?|T)(?:[ _(\[]|$)")
_EXPONENT = re.compile(r"^(?:n|α|a|P|CPE[- ]?(?:P|n)|φ)(?:[ _(\[]|$)")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check each relation for each table."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        for make in (_frequency, _time, _capacitance):
            claims = [claim for record in records if (claim := make(record, rounding))]
            if len(claims) >= FEWEST:
                yield from best_agreeing([claims], rounding)


def _product(record: Record) -> Expression | None:
    resistance, capacitance = only_in_unit(record, "ohm"), only_in_unit(record, "F")
    return times(resistance, capacitance) if resistance and capacitance else None


def _frequency(record: Record, _: Rounding) -> Claim | None:
    target, time = only_in_unit(record, "Hz"), _product(record)
    return _claim(record, target, over(number(1), times(TWO_PI, time))) if target and time else None


def _time(record: Record, _: Rounding) -> Claim | None:
    target, time = only_in_unit(record, "s"), _product(record)
    return _claim(record, target, time) if target and time else None


def _capacitance(record: Record, rounding: Rounding) -> Claim | None:
    target, resistance = only_in_unit(record, "F"), only_in_unit(record, "ohm")
    others = [r for r in record.readings if r is not target and r is not resistance and not r.sign]
    size = [r for r in others if _SIZE.match(r.label.strip())]
    exponent = [r for r in others if _EXPONENT.match(r.label.strip()) and not r.unit.text and 0 < r.point <= 1]
    if target is None or resistance is None or len(size) != 1 or len(exponent) != 1 or size[0].point <= 0:
        return None
    made = _of_element(resistance, size[0], exponent[0], rounding)
    return _claim(record, target, made) if made else None


def _of_element(resistance: Reading, size: Reading, exponent: Reading, rounding: Rounding) -> Constant | None:
    """C over the corners of the three intervals, monotonous in each; Q in the unit of its head, or in SI."""
    ranges = [r.interval(rounding) for r in (resistance, exponent)]
    value = size.interval(rounding)
    corners = [
        (float(ohm) ** (1.0 - float(power)) * float(q)) ** (1.0 / float(power))
        for ohm, power, q in product(
            (ranges[0].low, ranges[0].high), (ranges[1].low, ranges[1].high), (value.low, value.high)
        )
        if ohm > 0 and power > 0 and q > 0
    ]
    if not corners:
        return None
    low, high = Fraction(min(corners)) * (1 - SLACK), Fraction(max(corners)) * (1 + SLACK)
    text = (
        f"({resistance.printed.text}^(1 − {exponent.printed.text}) × {size.printed.text})^(1/{exponent.printed.text})"
    )
    return Constant(Interval(low, high), text, (resistance, size, exponent))


def _claim(record: Record, target: Reading, direct: Expression) -> Claim:
    return Claim(
        rule="relaxation",
        what=f"{target.label} of {record.name}",
        target=target,
        direct=direct,
        severity="warning",
        soft=True,
        ask="Are the numbers of one arc, and is one of them mistyped?",
    )

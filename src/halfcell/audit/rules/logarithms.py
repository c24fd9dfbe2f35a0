"""A column whose head is the logarithm of another column is that: log(σ / S cm-1), ln k, −log σ."""

from __future__ import annotations

import re
from fractions import Fraction
from math import log, log10
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant
from halfcell.audit.formulas.symbols import bare, compact
from halfcell.audit.interval import Interval
from halfcell.audit.rules.activation_energy import TINY
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = "log x = log10 of the number in the column x, in its unit or that of the head; ln x is the natural one"
LIMITS = "The head must name the other column by its symbol; it is compared only where most of at least two rows agree."
FEWEST = 2  # rows: one may agree by chance
SLACK = 1e-9  # allows for floating-point error
_NAMED = re.compile(
    r"^([−–-]?)\s?(log10|log_?10|lg|log|ln)\s?[(\[]?\s?([^\s()\[\]/,]+)(?:\s?[/,]\s?([^()\[\]]+))?", re.IGNORECASE
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each such column of each table."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        labels = dict.fromkeys(reading.label for record in records for reading in record.readings)
        for label in labels:
            match = _NAMED.match(" ".join(label.split()))
            ways = [_claims(records, label, match, natural, rounding) for natural in (False, True)] if match else []
            yield from best_agreeing([way for way in ways if len(way) >= FEWEST], rounding)


def _claims(
    records: Sequence[Record], label: str, match: re.Match[str], natural: bool, rounding: Rounding
) -> list[Claim]:
    """The claims of one reading; ``log`` may be the natural logarithm, ``ln`` is no other."""
    if match[2].lower() == "ln" and not natural:
        return []
    found = []
    for record in records:
        targets = [r for r in record.readings if r.label == label and r.upper is None and not r.sign]
        others = [r for r in record.readings if compact(bare(r.label)) == compact(match[3]) and _is_positive(r)]
        if len(targets) == len(others) == 1:
            unit = parse(match[4]) if match[4] else None
            scale = unit.scale if unit and unit.fits(others[0].unit) else others[0].unit.scale
            made = _logarithm(others[0], scale, natural, -1 if match[1] else 1, targets[0], rounding)
            found.append(
                Claim(
                    rule="logarithms",
                    what=f"{label} of {record.name}",
                    target=targets[0],
                    direct=made,
                    severity="warning",
                    soft=True,
                    ask="Is one of the two numbers mistyped?",
                )
            )
    return found


def _is_positive(reading: Reading) -> bool:
    return reading.point > 0 and reading.upper is None and not reading.sign


def _logarithm(
    reading: Reading, scale: Fraction, natural: bool, sign: int, target: Reading, rounding: Rounding
) -> Constant:
    """The logarithm of a number in the unit of the head, over its rounding interval, in the scale of the target."""
    span = reading.interval(rounding)
    function = log if natural else log10
    ends = sorted(sign * function(max(float(end / scale), TINY)) for end in (span.low, span.high))
    low, high = (Fraction(end) * target.unit.scale for end in (ends[0] - SLACK, ends[1] + SLACK))
    words = f"{'−' if sign < 0 else ''}{'ln' if natural else 'log10'}({reading.text})"
    return Constant(Interval(low, high), words, (reading,))

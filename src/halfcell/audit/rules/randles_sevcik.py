"""A diffusion coefficient follows from the slope of the peak current over the root of the scan rate."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, number, over, times
from halfcell.audit.formulas.symbols import defined_numbers
from halfcell.audit.interval import Interval
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "D = (slope / (2.69e5 n^1.5 A C))², of i_p in A over v^0.5 in (V/s)^0.5, A in cm2, C in mol/cm3, n = 1"
LIMITS = (
    "Caption or text must name the equation of Randles and Sevcik and define A and C; slopes in A or in mA are tried, "
    "and the one counts with which most rows agree."
)
FACTOR = Interval(Fraction(268600), Fraction(269000))  # A s^0.5 / (V^0.5 mol); 2.686e5 and 2.69e5 are both in use
_NAMED = re.compile(r"\bRandles\b")
LONGEST = 8_000  # characters of a text that is searched


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with slopes and diffusion coefficients."""
    tables = [(t.name, text) for t in facts.paper.tables for text in (t.caption, *t.notes)]
    texts = [*tables, *((f"paragraph {i}", text) for i, text in enumerate(facts.paper.paragraphs, start=1))]
    named = [(where, text) for where, text in texts if _NAMED.search(text) and len(text) <= LONGEST]
    defined = {symbol: r for where, text in named for symbol, r in defined_numbers(where, text).items()}
    area, amount = _in_unit(defined, ("A", "S"), "cm2"), _in_unit(defined, ("C", "c", "C0"), "mol/cm3")
    count = defined.get("n")
    if area is None or amount is None or (count is not None and count.printed.value != 1):
        return
    below = times(Constant(FACTOR, "2.69e5"), area, amount)
    for records in facts.by_table().values():
        ways = [_claims(records, below, scale) for scale in (Fraction(1), Fraction(1, 1000))]
        yield from best_agreeing(ways, facts.settings.rounding)


def _in_unit(defined: dict[str, Reading], symbols: Sequence[str], unit: str) -> Expression | None:
    """A defined number as a number in one unit."""
    wanted = parse(unit)
    for symbol in symbols:
        reading = defined.get(symbol)
        if reading is not None and wanted is not None and reading.unit.fits(wanted):
            return over(reading, number(wanted.scale, f"1 {unit}"))
    return None


def _claims(records: Sequence[Record], below: Expression, scale: Fraction) -> list[Claim]:
    found = []
    for record in records:
        slopes = [r for r in record.readings if "slope" in r.label.lower() and not r.sign and not r.unit.text]
        target = record.one("diffusion_coefficient", "cm2/s")
        if len(slopes) != 1 or target is None:
            continue
        slope = times(slopes[0], number(scale, f"{float(scale):g}"))
        one = over(slope, below)
        found.append(
            Claim(
                rule="randles_sevcik",
                what=f"{target.label} of {record.name}",
                target=target,
                direct=times(one, one, number(Fraction(1, 10_000), "1 cm2/s")),
                severity="warning",
                soft=True,
                ask="Which slope, area and concentration were used?",
            )
        )
    return found

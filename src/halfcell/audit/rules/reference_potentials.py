"""Potentials against two reference electrodes differ by the potential between these."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, minus
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "E vs A = E vs B − (E_A − E_B), with Li+/Li −3.04, Na+/Na −2.71, K+/K −2.93, SCE 0.24, Ag/AgCl 0.20 V vs SHE"
LIMITS = "At 25 °C in water; the references must be named in the heads. It is compared only where most rows agree."
REFERENCES = (  # V against SHE, as they are used (A. J. Bard and L. R. Faulkner, Electrochemical Methods, 2001)
    (re.compile(r"\bLi(?:\+|⁺)?\s*/\s*Li|\bLi/Li|\bvs\.? Li\b"), "-3.045", "-3.04"),
    (re.compile(r"\bNa(?:\+|⁺)?\s*/\s*Na|\bNa/Na"), "-2.714", "-2.71"),
    (re.compile(r"(?<![A-Za-z])K(?:\+|⁺)?\s*/\s*K(?:\+|⁺)?(?![A-Za-z])"), "-2.936", "-2.92"),
    (re.compile(r"\b[SN]HE\b"), "0", "0"),
    (re.compile(r"\bSCE\b"), "0.241", "0.245"),
    (re.compile(r"\bAg\s*/\s*AgCl"), "0.194", "0.222"),
)
FEWEST = 2  # rows


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with potentials in two scales."""
    for records in facts.by_table().values():
        claims = [claim for record in records if (claim := _claim(record))]
        if len(claims) >= FEWEST:
            yield from if_most_agree(claims, facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    found = [(reading, scale) for reading in record.readings if (scale := _scale(reading)) is not None]
    if len(found) != len(("one", "other")) or found[0][1] == found[1][1]:
        return None
    (one, low), (other, high) = found
    (_, least, most), (_, lower, upper) = REFERENCES[high], REFERENCES[low]
    ends = [Fraction(least) - Fraction(upper), Fraction(most) - Fraction(lower)]
    shift = Constant(Interval(min(ends), max(ends)), f"{float(max(ends)):.3g} V")
    return Claim(
        rule="reference_potentials",
        what=f"{other.label} of {record.name}",
        target=other,
        direct=minus(one, shift),
        severity="warning",
        soft=True,
        ask="Which potential was measured, and with which potential of the reference was it converted?",
    )


def _scale(reading: Reading) -> int | None:
    """Which reference the head of a potential names."""
    if reading.quantity not in {"voltage", "average_voltage"} or reading.sign or reading.upper is not None:
        return None
    places = [place for place, (pattern, *_) in enumerate(REFERENCES) if pattern.search(reading.label)]
    return places[0] if len(places) == 1 else None

"""Two shares that make up the whole are one together: the transference numbers of both ions, two atoms on one site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "t+ + t− = 1; the occupancies of two atoms on one site add up to 1"
LIMITS = "It is compared only where most rows agree: a third ion, or a vacancy, may take part."
_CATION = re.compile(r"^t\s*_?\(?(?:\+|Li\+?|Na\+?|K\+?)\)?$")
_ANION = re.compile(r"^t\s*_?\(?(?:[-−–]|\w{1,6}[-−–])\)?$")
_ON_SITE = re.compile(r"^([A-Z][a-z]?)\s+(?:on|at|in)\s+(?:the\s+)?(\S+)(?:\s+sites?)?$")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with two such columns."""
    for records in facts.by_table().values():
        claims = [_claim(record, *pair) for record in records if (pair := _pair(record))]
        yield from if_most_agree(claims, facts.settings.rounding)


def _pair(record: Record) -> tuple[Reading, Reading] | None:
    """The two shares of a row."""
    plain = [r for r in record.readings if not r.unit.text and not r.sign and r.upper is None]
    cations = [r for r in plain if _CATION.match(r.label)]
    anions = [r for r in plain if _ANION.match(r.label)]
    if len(cations) == len(anions) == 1:
        return cations[0], anions[0]
    sites: dict[str, list[Reading]] = {}
    for reading in plain:
        if match := _ON_SITE.match(reading.label):
            sites.setdefault(match[2], []).append(reading)
    shared = [found for found in sites.values() if len(found) > 1]
    return (shared[0][0], shared[0][1]) if len(shared) == 1 and len(shared[0]) == 2 else None


def _claim(record: Record, one: Reading, other: Reading) -> Claim:
    return Claim(
        rule="complements",
        what=f"{one.label} and {other.label} of {record.name}",
        target=other,
        direct=minus(number(1), one),
        severity="warning",
        soft=True,
        ask="Which of the two was measured?",
    )

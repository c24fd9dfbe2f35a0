"""The volume fractions of one electrode or separator, its pores included, add up to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus, number, plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "Σ ε_i = 1"
LIMITS = "It is compared only where most electrodes agree: a part may be left out."
PARTS = ("volume_fraction", "porosity")
FEWEST = 2  # parts of a mixture


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with the volume fractions of several parts."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    parts = [reading for name in PARTS for reading in record.all(name)]
    if len(parts) < FEWEST or not record.all("volume_fraction"):
        return None
    return Claim(
        rule="volume_fractions",
        what=f"volume fractions of {record.name}",
        target=parts[0],
        direct=minus(number(1), plus(*parts[1:])),
        severity="warning",
        soft=True,
        ask="Is a part left out, or one of the numbers mistyped?",
    )

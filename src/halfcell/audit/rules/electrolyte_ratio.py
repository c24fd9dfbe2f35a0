"""A ratio of electrolyte to sulfur (or to capacity) is the volume of the electrolyte over the mass (the capacity)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "E/S = volume of the electrolyte / mass of sulfur; E/C = volume (or mass) of the electrolyte / capacity"
LIMITS = "Of several masses in a row, the one that agrees with most rows is taken."
AMOUNTS = (("electrolyte_volume", "µL"), ("mass", "mg"))
DIVISORS = (("mass", "mg"), ("capacity", "mAh"), ("discharge_capacity", "mAh"))


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with the ratio and both amounts."""
    for records in facts.by_table().values():
        ways = [_claims(records, amount, divisor) for amount in AMOUNTS for divisor in DIVISORS]
        yield from best_agreeing(ways, facts.settings.rounding)


def _claims(records: Sequence[Record], amount: tuple[str, str], divisor: tuple[str, str]) -> list[Claim]:
    found = []
    for record in records:
        ratio = record.one("electrolyte_ratio")
        above = [r for r in record.all(*amount) if amount[0] != "mass" or r.of == "electrolyte"]
        below = [r for r in record.all(*divisor) if r.of != "electrolyte"]
        pairs = [(a, b) for a in above for b in below if ratio and _fits(a, b, ratio)]
        if ratio and len(pairs) == 1:
            found.append(
                Claim(
                    rule="electrolyte_ratio",
                    what=f"electrolyte ratio of {record.name}",
                    target=ratio,
                    direct=over(*pairs[0]),
                    severity="warning",
                    soft=True,
                    ask="On which mass or capacity is the ratio based?",
                )
            )
    return found


def _fits(above: Reading, below: Reading, ratio: Reading) -> bool:
    """Whether the units of a quotient are those of the ratio."""
    made = tuple(a - b for a, b in zip(above.unit.dimension, below.unit.dimension, strict=True))
    return made == ratio.unit.dimension

"""Percentiles of a size distribution are in order, its span follows from them, and D[4,3] is not below D[3,2]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, minus, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "D10 ≤ D50 ≤ D90; span = (D90 − D10) / D50; D[3,2] ≤ D[4,3] (ISO 9276-2)"
LIMITS = "All percentiles must be of one distribution (by volume, or by number) and stand in one row."
ORDER = ("size_10", "size_50", "size_90")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check the order, the span and the order of the means of each record."""
    for record in facts.records:
        found = [record.one(name, "µm") for name in ORDER]
        for low, high in ((found[0], found[1]), (found[1], found[2]), (found[0], found[2] if not found[1] else None)):
            if low and high:
                yield _not_below(record, high, low)
        yield from _span(record, *found)
        surface, volume = record.one("mean_diameter_surface", "µm"), record.one("mean_diameter_volume", "µm")
        if surface and volume:
            yield _not_below(record, volume, surface)


def _not_below(record: Record, high: Reading, low: Reading) -> Claim:
    return Claim(
        rule="particle_sizes",
        what=f"{high.label} of {record.name} is not below {low.label}",
        target=high,
        direct=Given(low),
        relation=">=",
        ask="Are two columns swapped, or are they of different distributions?",
    )


def _span(record: Record, low: Reading | None, middle: Reading | None, high: Reading | None) -> Iterator[Claim]:
    span = record.one("span", "")
    if span and low and middle and high:
        yield Claim(
            rule="particle_sizes",
            what=f"span of {record.name}",
            target=span,
            direct=over(minus(high, low), middle),
            ask="Is the span (D90 − D10) / D50, and of the same distribution?",
        )

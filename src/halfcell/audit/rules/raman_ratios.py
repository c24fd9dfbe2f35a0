"""The ratios ID/IG and IG/ID of one spectrum are each other's reciprocal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import number, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts

FORMULA = "(IG/ID) × (ID/IG) = 1"
LIMITS = "Both must be ratios of heights, or both of areas."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with both."""
    for record in facts.records:
        ratio, inverse = record.one("raman_ratio"), record.one("raman_inverse_ratio")
        if ratio and inverse:
            yield Claim(
                rule="raman_ratios",
                what=f"IG/ID of {record.name}",
                target=inverse,
                direct=over(number(1), ratio),
                severity="warning",
                soft=True,
                ask="Are both of the same fit?",
            )

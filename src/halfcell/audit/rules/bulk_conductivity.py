"""The total conductivity of a polycrystal is at most that of its grains (bulk)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts

FORMULA = "σ_total ≤ σ_bulk: grain boundaries add resistance in series"
LIMITS = (
    "Both must be given for the same temperature. Grain boundaries that conduct better than the grains would break it; "
    "they are rare."
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record that prints both."""
    for record in facts.records:
        total, bulk = record.one("total_conductivity"), record.one("bulk_conductivity")
        if total and bulk:
            yield Claim(
                rule="bulk_conductivity",
                what=f"total conductivity of {record.name}",
                target=total,
                direct=Given(bulk),
                relation="<=",
                severity="warning",
                ask="Are the two columns swapped?",
            )

"""A loading is the mass of an electrode over its area, in the same row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over
from halfcell.audit.rules.conductivity import area_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "loading = mass / area, with area = π d² / 4 if only the diameter is printed"
LIMITS = "The mass may be that of the active material or of the coating: the one that agrees with most rows is taken."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with loadings, areas and masses."""
    for records in facts.by_table().values():
        labels = dict.fromkeys(m.label for record in records for m in record.all("mass", "mg"))
        ways = [_claims(records, label) for label in labels]
        yield from best_agreeing(ways, facts.settings.rounding)


def _claims(records: Sequence[Record], label: str) -> list[Claim]:
    found = []
    for record in records:
        loadings, area = record.all("loading", "mg/cm2"), area_of(record)
        masses = [mass for mass in record.all("mass", "mg") if mass.label == label]
        if len(loadings) == len(masses) == 1 and area:
            found.append(
                Claim(
                    rule="loading_of_disc",
                    what=f"loading of {record.name}",
                    target=loadings[0],
                    direct=over(masses[0], area),
                    severity="warning",
                    soft=True,
                    ask="Do mass and area belong to the same electrode?",
                )
            )
    return found

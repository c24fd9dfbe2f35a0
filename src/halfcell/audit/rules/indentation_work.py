"""Elastic and plastic work of an indentation add up to the total, and their share follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "W_e ≤ W_t; W_p ≤ W_t; elastic share η = W_e / W_t (ISO 14577-1); the sum is checked by sum_of_parts"
LIMITS = "The works must be of the same indentations; a mean of shares is not the share of the means."
PARTS = ("elastic_work", "plastic_work")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check the bounds and the share of each record."""
    for record in facts.records:
        total, elastic = record.one("total_work", "J"), record.one("elastic_work", "J")
        for name in PARTS:
            part = record.one(name, "J")
            if total and part:
                yield Claim(
                    rule="indentation_work",
                    what=f"{part.label} of {record.name} within {total.label}",
                    target=part,
                    direct=Given(total),
                    relation="<=",
                    ask="Are two columns swapped?",
                )
        share = record.one("elastic_share")
        if share and elastic and total:
            yield _share(record)


def _share(record: Record) -> Claim:
    share, elastic, total = (record.all(name)[0] for name in ("elastic_share", "elastic_work", "total_work"))
    return Claim(
        rule="indentation_work",
        what=f"{share.label} of {record.name}",
        target=share,
        direct=over(elastic, total),
        severity="warning",
        ask="Is it the share of the mean works, or the mean of the shares?",
    )

"""The mass that is lost on heating and the residue add up to the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "residue = 100 % − mass loss"
LIMITS = "It is compared only where most rows agree: the loss may be that of one step."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with both."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    loss, residue = record.one("mass_loss", "%"), record.one("residue", "%")
    if loss is None or residue is None:
        return None
    return Claim(
        rule="mass_loss",
        what=f"residue of {record.name}",
        target=residue,
        direct=minus(number(1, "100 %"), loss),
        severity="warning",
        soft=True,
        ask="Is the loss that of the whole run?",
    )

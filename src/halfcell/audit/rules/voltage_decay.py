"""A voltage decay is the difference of the mean voltages of the first and of a later cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = "decay = V_1 − V_n"
LIMITS = "It is compared only where most rows agree: the decay may be counted from another cycle."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each table with both voltages."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)


def _claim(record: Record) -> Claim | None:
    volts = record.all("average_voltage", "V")
    later = [volt for volt in volts if (volt.cycle or 1) > 1]
    first = [volt for volt in volts if volt not in later]
    decays = [r for r in record.all("voltage_decay", "V") if "per" not in r.label.lower().split()]
    if not len(later) == len(first) == len(decays) == 1:
        return None
    return Claim(
        rule="voltage_decay",
        what=f"voltage decay of {record.name}",
        target=decays[0],
        direct=minus(first[0], later[0]),
        severity="warning",
        soft=True,
        ask="Which of the three numbers was measured?",
    )

"""A voltage decay is the difference of the mean voltages of the first and of a later cycle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus, number, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "decay = V_1 − V_n; per cycle: (V_1 − V_n) / n, n − 1 is accepted"
LIMITS = "It is compared only where most rows agree: the decay may be counted from another cycle."

VOLT = (0, 1, 0, 0, 0, 0, 0)  # the dimension of a voltage; "per cycle" often stands in the words alone
_CYCLE = re.compile(r"^(\d{1,4})(?:st|nd|rd|th) cycle$|^cycle (\d{1,4})$", re.IGNORECASE)
_PER_CYCLE = re.compile(r"\b(?:decay|fade|fading|drop|loss)\b.*\bper cycle\b", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with both voltages."""
    for records in facts.by_table().values():
        yield from if_most_agree([c for r in records if (c := _claim(r))], facts.settings.rounding)
        ways = [[c for r in records if (c := _per_cycle(r, less))] for less in (0, 1)]
        yield from best_agreeing(ways, facts.settings.rounding)


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


def _by_cycle(record: Record) -> list[tuple[int, Reading]]:
    """The mean voltages of a row with their cycles; where no head names them, those below the number of a cycle."""
    known = [(volt.cycle or 1, volt) for volt in record.all("average_voltage", "V")]
    bare = [(int(m[1] or m[2]), r) for r in record.all("", "V") if (m := _CYCLE.match(r.label)) and not r.sign]
    return known or bare


def _per_cycle(record: Record, less: int) -> Claim | None:
    volts = _by_cycle(record)
    later = [(cycle, volt) for cycle, volt in volts if cycle > 1]
    first = [volt for cycle, volt in volts if cycle == 1]
    rates = [r for r in record.readings if r.unit.dimension == VOLT and _PER_CYCLE.search(r.label) and not r.sign]
    cycles = later[0][0] - less if len(later) == 1 else 0
    if not len(later) == len(first) == len(rates) == 1 or cycles < 1:
        return None
    return Claim(
        rule="voltage_decay",
        what=f"voltage decay per cycle of {record.name}",
        target=rates[0],
        direct=over(minus(first[0], later[0][1]), number(cycles)),
        because=f"over {cycles} cycles",
        severity="warning",
        soft=True,
        ask="Is it the mean over the cycles between both voltages?",
    )

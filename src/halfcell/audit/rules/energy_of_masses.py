"""A specific energy per one mass follows from a capacity per another mass, the mean voltage, and both masses."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, over, plus, times
from halfcell.audit.verdicts import agrees
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "w = q V m1 / m2, or q V m1 / (m1 + m2), with the capacity q per m1 and the energy w per m2 or per both"
LIMITS = (
    "The masses are the two with which two thirds of the rows (at least two) agree; without a column of energies. The "
    "mean voltage must be the one that is weighted by charge."
)
CAPACITIES = ("capacity", "discharge_capacity", "reversible_capacity", "initial_discharge_capacity")
LEAST = 2  # rows that agree
MOST = 6  # masses of a row


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with the masses of both electrodes."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        labels = list(dict.fromkeys(r.label for record in records for r in _masses(record)))[:MOST]
        ways = [_claims(records, one, other, both) for one, other in permutations(labels, 2) for both in (False, True)]
        best = best_agreeing(ways, rounding)
        holding = sum(agrees(claim, rounding) for claim in best)
        if holding >= LEAST and 3 * holding >= 2 * len(best):
            yield from best


def _masses(record: Record) -> list[Reading]:
    """The masses of a row, whatever their heads call them."""
    unit = parse("mg")
    return [r for r in record.readings if unit and r.unit.fits(unit) and not r.sign and r.upper is None]


def _claims(records: Sequence[Record], one: str, other: str, both: bool) -> list[Claim]:
    """The claims of a table for one choice of two masses."""
    found = []
    for record in records:
        by_label = {r.label: r for r in _masses(record)}
        energy, volt = record.one("energy_density", "Wh/kg"), record.one("average_voltage", "V")
        capacity = next((r for name in CAPACITIES if (r := record.one(name, "mAh/g"))), None)
        if energy and volt and capacity and not record.one("energy") and one in by_label and other in by_label:
            counted: Expression | Reading = plus(by_label[one], by_label[other]) if both else by_label[other]
            found.append(_claim(record, energy, over(times(capacity, volt, by_label[one]), counted)))
    return found


def _claim(record: Record, energy: Reading, direct: Expression) -> Claim:
    return Claim(
        rule="energy_of_masses",
        what=f"{energy.label.lower()} of {record.name}",
        target=energy,
        direct=direct,
        because="with the masses that most rows agree with",
        severity="warning",
        soft=True,
        ask="On which masses are capacity and energy based?",
    )

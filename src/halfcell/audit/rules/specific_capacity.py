"""A specific capacity is the capacity of the cell divided by the mass of its active material."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "q = Q / m, with Q in mAh, q in mAh/g, and the printed mass that most rows agree with"
LIMITS = (
    "Both capacities must be of one kind (first discharge, charge ...) and cycle. Of several masses, the "
    "one that most rows agree with counts; where none does, nothing is claimed."
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each kind of capacity of each table."""
    for records in facts.by_table().values():
        pairs = [(record, pair) for record in records for pair in _pairs(record)]
        for key in dict.fromkeys((pair[0].quantity, pair[0].cycle) for _, pair in pairs):
            alike = [(r, pair) for r, pair in pairs if (pair[0].quantity, pair[0].cycle) == key]
            yield from best_agreeing(_ways(alike), facts.settings.rounding)


def _pairs(record: Record) -> Iterator[tuple[Reading, Reading]]:
    """Each capacity of the cell with the same one per mass."""
    whole, specific = _capacities(record, "mAh"), _capacities(record, "mAh/g")
    for name in whole.keys() & specific.keys():
        if len(whole[name]) == len(specific[name]) == 1:
            yield whole[name][0], specific[name][0]


def _capacities(record: Record, unit: str) -> dict[tuple[str, int | None, str], list[Reading]]:
    found: dict[tuple[str, int | None, str], list[Reading]] = {}
    for reading in record.readings:
        if reading.quantity.endswith("capacity") and reading in record.all(reading.quantity, unit):
            found.setdefault((reading.quantity, reading.cycle, reading.at), []).append(reading)
    return found


def _ways(pairs: Sequence[tuple[Record, tuple[Reading, Reading]]]) -> list[list[Claim]]:
    """The claims with each of the masses."""
    labels = dict.fromkeys(mass.label for record, _ in pairs for mass in record.all("mass", "mg"))
    return [[c for record, pair in pairs if (c := _claim(record, *pair, label))] for label in labels]


def _claim(record: Record, whole: Reading, specific: Reading, label: str) -> Claim | None:
    masses = [mass for mass in record.all("mass", "mg") if mass.label == label]
    if len(masses) != 1:
        return None
    return Claim(
        rule="specific_capacity",
        what=f"{specific.label} of {record.name}",
        target=specific,
        direct=over(whole, masses[0]),
        severity="warning",
        soft=True,
        ask="Which mass is the capacity based on, and is one of the three numbers mistyped?",
    )

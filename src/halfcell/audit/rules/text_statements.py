"""What sentences state agrees with the tables, and with the other numbers of the same sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, Given, over
from halfcell.audit.readings import fits
from halfcell.core import material_names
from halfcell.core.units import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record, Sentence

FORMULA = (
    "a number in a sentence = the number that a table prints for the same sample, quantity, cycle and rate; an initial "
    "Coulombic efficiency = the ratio of the two first capacities of its sentence; a retention = the capacity after n "
    "cycles over the first one of its sentence"
)
LIMITS = (
    "Only sentences that a strict grammar reads: one of the document's samples by its name, a quantity, a number with "
    "its unit. Sentences about reported, expected or calculated results, and numbers with about, over or up to, are "
    "left out. A number is only asked about if a table prints a single one that it could be. 3900 may be 3850 to 3950."
)
ANY_CAPACITY = ("reversible_capacity", "capacity", "discharge_capacity", "charge_capacity")
SAME = {"capacity": ANY_CAPACITY, "reversible_capacity": ("reversible_capacity", "charge_capacity", "capacity")}


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each number of a sentence that a table prints, too, and within each sentence."""
    by_subject: dict[str, list[Record]] = {}
    for record in facts.records:
        if not record.compares or record.own:
            for name in {record.subject, record.name, record.anode}:
                by_subject.setdefault(material_names.key(name), []).append(record)
    for sentence in facts.sentences:
        for reading in sentence.readings:
            if reading.subject:
                yield from _beside_tables(reading, sentence, by_subject.get(material_names.key(reading.subject), []))
        yield from _within(sentence.readings)


def _beside_tables(reading: Reading, sentence: Sentence, records: Sequence[Record]) -> Iterator[Claim]:
    """The claim that a table prints this number; none where the table may mean another one."""
    found = {r.place: r for record in records for r in _printed(reading, sentence, record)}
    same = [r for r in found.values() if _meets(reading, r)]
    exact = [r for r in same if r.interval().meets(reading.interval())]
    if same and not exact:
        return  # it agrees as a rounded number, which is no equation
    same = exact
    if same or len(found) == 1:
        target = same[0] if same else next(iter(found.values()))
        yield Claim(
            rule="text_statements",
            what=f"{reading.quantity.replace('_', ' ')} of {reading.subject} in {reading.where}",
            target=reading,
            direct=Given(target),
            because=f"as {target.where} prints it",
            severity="warning",
            soft=True,
            ask="Which of the two numbers is right, or are they of different tests?",
        )


def _printed(reading: Reading, sentence: Sentence, record: Record) -> Iterator[Reading]:
    """The numbers of a row that a statement could repeat."""
    for name in SAME.get(reading.quantity, (reading.quantity,)):
        for other in record.all(name):
            cycle = _cycle_of(other, record)
            same = reading.cycle == cycle or (reading.cycle in {None, 1} and cycle in {None, 1})
            if other.unit.fits(reading.unit) and same and _same_rate(reading, other, record, sentence):
                yield other


def _cycle_of(reading: Reading, record: Record) -> int | None:
    column = record.one("cycle")
    if reading.cycle is None and column is None and reading.quantity == "capacity_retention":
        later = {other.cycle for other in record.readings if (other.cycle or 1) > 1}
        return next(iter(later)) if len(later) == 1 else None  # the only cycle that its row speaks of
    if reading.cycle is not None or column is None or column.point.denominator != 1:
        return reading.cycle
    return int(column.point)


def _same_rate(reading: Reading, other: Reading, record: Record, sentence: Sentence) -> bool:
    """Whether both are of one rate, or the sentence names the table, which prints none."""
    rates = [other.at] if other.at else [r.text for name in ("c_rate", "current_density") for r in record.all(name)]
    if not reading.at:
        return True
    if not rates:
        return other.where in sentence.named
    return any(_rate_key(rate) == _rate_key(reading.at) for rate in rates)


def _rate_key(text: str) -> tuple[str, object]:
    """A rate in a form that can be compared: ``0.10 C`` and ``0.1C`` are the same."""
    match = re.match(r"^\s*(?:C\s*/\s*(\d+)|(\d+(?:\.\d+)?)\s*(.*?))\s*(?:rate)?$", text)
    if match is None:
        return ("", text)
    if match[1]:
        return ("C", 1 / float(match[1]))
    unit = parse(match[3])
    return (str(unit.dimension), float(match[2]) * float(unit.scale)) if unit else ("C", float(match[2]))


def _meets(reading: Reading, other: Reading) -> bool:
    spread = reading.spread.value * reading.unit.scale if reading.spread else 0
    low, high = reading.interval().low - spread, reading.interval().high + spread
    found = other.interval()
    return found.low <= high and low <= found.high


def _within(readings: Sequence[Reading]) -> Iterator[Claim]:
    """The relations between the numbers of one sentence about one sample."""
    if len({reading.subject for reading in readings}) > 1:
        return
    one = {name: found[0] for name in _NAMES if len(found := [r for r in readings if r.quantity == name]) == 1}
    discharge, charge = one.get("initial_discharge_capacity"), one.get("initial_charge_capacity")
    efficiency = one.get("initial_coulombic_efficiency")
    if efficiency and (discharge is None) != (charge is None):  # "an initial discharge and a charge capacity of"
        discharge = discharge or one.get("discharge_capacity")
        charge = charge or one.get("charge_capacity")
    if discharge and charge and efficiency and discharge.unit.fits(charge.unit):
        larger, smaller = sorted((discharge, charge), key=lambda r: -r.point)
        yield _asked(efficiency, over(smaller, larger), "initial Coulombic efficiency", "the smaller over the larger")
    retention = one.get("capacity_retention")
    later = [r for r in readings if r.quantity in ANY_CAPACITY and (r.cycle or 0) > 1 and fits(r.unit, "mAh/g")]
    first = [r for r in (discharge, charge, one.get("initial_capacity")) if r and fits(r.unit, "mAh/g")]
    if retention and len(later) == len(first) == 1 and retention.cycle in {None, later[0].cycle}:
        yield _asked(retention, over(later[0], first[0]), "retention", "relative to the first capacity of the sentence")


_NAMES = (
    "initial_discharge_capacity", "initial_charge_capacity", "initial_coulombic_efficiency", "capacity_retention",
    "initial_capacity", "discharge_capacity", "charge_capacity",
)  # fmt: skip


def _asked(target: Reading, direct: Expression, what: str, because: str) -> Claim:
    return Claim(
        rule="text_statements",
        what=f"{what} of {target.subject or 'the cell'} in {target.where}",
        target=target,
        direct=direct,
        because=because,
        severity="warning",
        soft=True,
        ask="Which of these numbers was measured?",
    )

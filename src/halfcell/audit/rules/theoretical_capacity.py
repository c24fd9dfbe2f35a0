"""No reversible capacity exceeds the theoretical capacity of its host, or of the components of a mixture."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.cell_kinds import is_cathode
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, Given, number, over, times
from halfcell.core.units import parse
from halfcell.materials.couples import highest_capacity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "capacity ≤ Σ (weight fraction × x F / 3.6 M) of the components; likewise areal capacity / loading"
LIMITS = (
    "The first lithiation is left out, since it includes side reactions. If weight fractions are not printed, the "
    "limit is that of the component with the highest capacity. Si counts as Li15Si4 (3579 mAh/g). A capacity per mass "
    "of silicon instead of composite makes it fail."
)
REVERSIBLE = ("initial_charge_capacity", "reversible_capacity", "charge_capacity", "discharge_capacity", "capacity")
MARGIN = Fraction(102, 100)  # for atomic weights, formula units, and Li that is or is not counted in the mass


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each reversible capacity whose host is known."""
    for record in facts.records:
        host = _host(record)
        limit = highest_capacity(host) if host else None
        if limit is None:
            continue
        for reading, capacity in _capacities(record):
            yield _claim(record, reading, capacity, limit)


def _host(record: Record) -> str:
    """The material whose mass a capacity is based on: the cathode of a full cell, else the material of the row."""
    if record.cathode:
        return record.cathode
    return record.anode or record.subject


def _capacities(record: Record) -> Iterator[tuple[Reading, Expression]]:
    """Each specific capacity, and each areal capacity divided by its loading."""
    cathode_half = is_cathode(_host(record)) and not record.cathode
    for name in REVERSIBLE:
        for reading in record.all(name, "mAh/g"):
            if not (cathode_half and "charge" in name and "discharge" not in name):
                yield reading, Given(reading)
    areal, loading = record.one("areal_capacity", "mAh/cm2"), record.one("loading", "mg/cm2")
    if areal and loading and (loading.of != "anode" or not record.cathode):
        yield areal, over(areal, loading)


def _claim(record: Record, reading: Reading, capacity: Expression, limit: tuple[float, str]) -> Claim:
    unit = parse("mAh/g")
    top = Fraction(round(limit[0] * 10), 10) * MARGIN * (unit.scale if unit else 1)
    bound = number(top, f"{limit[0]:.0f} mAh/g + 2 %")
    areal = not isinstance(capacity, Given)
    loading = record.one("loading", "mg/cm2")
    return Claim(
        rule="theoretical_capacity",
        what=f"{reading.label.lower()} of {record.name} within the theoretical capacity",
        target=reading,
        direct=times(bound, loading) if areal and loading else bound,
        relation="<=",
        because=limit[1],
        severity="warning",
        ask="On which mass is the capacity based?",
    )

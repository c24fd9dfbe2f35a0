"""No reversible capacity exceeds the theoretical capacity of its host, or of the components of a mixture."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.cell_kinds import is_cathode
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Given, number, over, times
from halfcell.core.units import parse
from halfcell.materials.alkali_hosts import bound
from halfcell.materials.confirmed_hosts import capacity_checked
from halfcell.materials.couples import highest_capacity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.materials.carriers import Carrier

FORMULA = "capacity ≤ Σ (weight fraction × x F / 3.6 M) of the components; likewise areal capacity / loading"
LIMITS = (
    "The lithiation of an anode, unless it is of a later cycle, and the charges of a cathode are left out, since they "
    "include side reactions. If weight fractions are not printed, the limit is that of the component with the highest "
    "capacity; carbon in a cathode takes up none. Si counts as Li15Si4 (3579 mAh/g), Sn as Li17Sn4 (960 mAh/g); hard "
    "carbon has no limit. For sodium and potassium cells, as captions, heads or the whole text call them, hosts "
    "(Na15Sn4 847 mAh/g, KC8 279 mAh/g), their mixtures and layered oxides (one Na per metal) are known. A capacity "
    "per mass of silicon instead of composite makes it fail."
)
DISCHARGES = ("initial_discharge_capacity", "discharge_capacity")
CHARGES = ("initial_charge_capacity", "charge_capacity")
EITHER = ("reversible_capacity", "capacity")
MARGIN = Fraction(102, 100)  # for atomic weights, formula units, and Li that is or is not counted in the mass


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each reversible capacity whose host is known."""
    for record in facts.records:
        for reading, capacity in _capacities(record):
            host = _host(record, reading)
            if reading.quantity in _irreversible(host, record, reading):
                continue
            limit = _limit(host, facts.carriers.get(record.table, "Li")) if host else None
            if limit is not None:
                yield _claim(record, reading, capacity, limit)


@dataclass(frozen=True, kw_only=True)
class _Limit:
    """The most that a host takes up (mAh/g), what that rests on, and whether it was confirmed."""

    value: float
    basis: str
    checked: bool


def _limit(host: str, carrier: Carrier) -> _Limit | None:
    """The limit of a host for one carrier; None where it is not known, or where there is none."""
    if carrier == "Li":
        found = highest_capacity(host)
        return _Limit(value=found[0], basis=found[1], checked=capacity_checked(host)) if found else None
    known = bound(carrier, host)
    return _Limit(value=known.capacity[0], basis=known.capacity[1], checked=known.checked) if known else None


def _host(record: Record, reading: Reading) -> str:
    """The material whose mass a capacity is based on: that of the electrode it is stated for, else the limiting one."""
    if reading.of.startswith("anode"):
        return record.anode or ("" if record.cathode else record.subject)
    return record.cathode or record.anode or record.subject


def _irreversible(host: str, record: Record, reading: Reading) -> tuple[str, ...]:
    """The capacities that may exceed those of the host: what a first lithiation, or a charge of a cathode, counts."""
    if is_cathode(host):
        return CHARGES
    column = record.one("cycle")
    later = (reading.cycle or 0) > 1 or bool(column and column.point > 1)
    if record.kind is None or record.kind.is_anode_half:
        return DISCHARGES[:1] if later else DISCHARGES
    return CHARGES[:1] if later else CHARGES


def _capacities(record: Record) -> Iterator[tuple[Reading, Expression]]:
    """Each specific capacity, and each areal capacity divided by its loading."""
    for name in (*CHARGES, *DISCHARGES, *EITHER):
        for reading in record.all(name, "mAh/g"):
            yield reading, Given(reading)
    areal, loading = record.one("areal_capacity", "mAh/cm2"), record.one("loading", "mg/cm2")
    if areal and loading and (loading.of != "anode" or not record.cathode) and _same_electrode(areal, loading):
        yield areal, over(areal, loading)


def _same_electrode(areal: Reading, loading: Reading) -> bool:
    """Whether an areal capacity and a loading are of one electrode, as far as their headers say."""
    one, other = (reading.of.split(" ")[0] for reading in (areal, loading))
    return not one or not other or one == other


def _claim(record: Record, reading: Reading, capacity: Expression, limit: _Limit) -> Claim:
    unit = parse("mAh/g")
    top = Fraction(round(limit.value * 10), 10) * MARGIN * (unit.scale if unit else 1)
    bound = number(top, f"{limit.value:.0f} mAh/g + 2 %")
    areal = not isinstance(capacity, Given)
    loading = record.one("loading", "mg/cm2")
    return Claim(
        rule="theoretical_capacity",
        what=f"{reading.label.lower()} of {record.name} within the theoretical capacity",
        target=reading,
        direct=times(bound, loading) if areal and loading else bound,
        relation="<=",
        because=limit.basis,
        severity="warning",
        soft=not limit.checked,
        ask="On which mass is the capacity based?",
    )

"""The energy of a cell is its specific capacity times the mass that it is based on times its mean voltage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.basis_search import Found, search
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = (
    "E = q m V; the mass m that q is based on is found among the printed masses; efficiency = E_discharge / E_charge"
)
LIMITS = "The mean voltage must be the one that is weighted by charge (E/Q); with another mean the claim need not hold."
_CAPACITIES = ("capacity", "discharge_capacity", "reversible_capacity")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with an energy, a specific capacity, a mean voltage and masses."""
    found = capacity_bases(facts)
    for table, records in facts.by_table().items():
        yield from (claim for record in records if (claim := _efficiency(record)))
        for record in records:
            claim = _claim(record, found[table].basis) if table in found else None
            if claim or (claim := _of_cell(record)):
                yield claim


def _efficiency(record: Record) -> Claim | None:
    """The energy efficiency of a cycle whose two energies are printed."""
    efficiency = record.one("energy_efficiency")
    energies = [
        r for unit in ("Wh", "Wh/kg") for r in (*record.all("energy", unit), *record.all("energy_density", unit))
    ]
    out = [r for r in energies if re.search(r"discharg", r.label, re.IGNORECASE)]
    into = [r for r in energies if r not in out and re.search(r"charg", r.label, re.IGNORECASE)]
    if efficiency is None or len(out) != 1 or len(into) != 1:
        return None
    return Claim(
        rule="energy",
        what=f"energy efficiency of {record.name}",
        target=efficiency,
        direct=over(out[0], into[0]),
        severity="warning",
        ask="Which of the three numbers was measured?",
    )


def capacity_bases(facts: Facts) -> dict[str, Found[str]]:
    """For each table, the part of the cell whose mass the specific capacity is based on."""
    return search(facts.by_table(), _candidates, _claim, facts.settings.rounding)


def specific_capacity(record: Record) -> Reading | None:
    """The specific capacity of a record."""
    return next((found for name in _CAPACITIES if (found := record.one(name, "mAh/g"))), None)


def _candidates(record: Record) -> list[str]:
    order = ("cathode active", "anode active", "cathode", "anode")
    return [part for part in order if record.one("mass", "mg", part)]


def _claim(record: Record, part: str) -> Claim | None:
    energy, volt = record.one("energy", "Wh"), record.one("average_voltage", "V")
    mass = record.one("mass", "mg", part)
    capacity = specific_capacity(record)
    if energy is None or volt is None or mass is None or capacity is None:
        return None
    return Claim(
        rule="energy",
        what=f"energy of {record.name} at {_rate(record)}",
        target=energy,
        direct=times(capacity, mass, volt),
        because=f"the capacity is per mass of the {part}{' material' if 'active' in part else ''}",
        ask="Which of the four numbers was measured?",
    )


def _of_cell(record: Record) -> Claim | None:
    """The energy of a cell from its capacity in mAh."""
    energy, volt = record.one("energy", "Wh"), record.one("average_voltage", "V")
    found = [r for name in (*_CAPACITIES, "rate_capacity") for r in record.all(name, "mAh")]
    if energy is None or volt is None or len(found) != 1:
        return None
    return Claim(
        rule="energy",
        what=f"energy of {record.name} at {_rate(record)}",
        target=energy,
        direct=times(found[0], volt),
        ask="Which of the three numbers was measured?",
    )


def _rate(record: Record) -> str:
    current = next((r for r in record.readings if r.quantity in {"current_density", "c_rate"}), None)
    return current.text if current else f"row {record.row + 1}"

"""The initial Coulombic efficiency is the ratio of the first capacities; the kind of cell decides which ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts

FORMULA = "anode half cell: ICE = charge / discharge; cathode half cell and full cell: ICE = discharge / charge"
LIMITS = (
    "The kind of the cell is taken from the words around the table, never from which ratio is below 100 %. If it is "
    "not stated, the efficiency is not checked."
)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each record that prints the efficiency and both capacities."""
    for record in facts.records:
        efficiency = record.one("initial_coulombic_efficiency")
        for unit in ("mAh/g", "mAh/cm2", "mAh"):
            discharge = record.one("initial_discharge_capacity", unit)
            charge = record.one("initial_charge_capacity", unit)
            if efficiency is None or discharge is None or charge is None:
                continue
            anode = record.kind is not None and record.kind.is_anode_half
            ratio = over(charge, discharge) if anode else over(discharge, charge)
            formula = "charge / discharge" if anode else "discharge / charge"
            yield Claim(
                rule="coulombic_efficiency",
                what=f"initial Coulombic efficiency of {record.name}",
                target=efficiency,
                direct=ratio if record.kind else None,
                because=f"{record.kind} cell: {formula}" if record.kind else "the kind of the cell is not stated",
                ask="Which of the three numbers was measured?",
            )

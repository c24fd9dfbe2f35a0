"""The irreversible capacity of the first cycle is the difference of its capacities, or their relative difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus, number, over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = (
    "Q_irr = Q_1 − Q_2; in per cent: Q_irr / Q_1 = 1 − ICE, where Q_1 is the first and Q_2 the second half of cycle 1"
)
LIMITS = "Q_1 is the discharge of an anode half cell, else the charge; if the kind is not stated, it is the larger one."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each record with an irreversible capacity and both first capacities, or the efficiency."""
    for record in facts.records:
        yield from _of_record(record)


def _of_record(record: Record) -> Iterator[Claim]:
    for unit in ("mAh/g", "mAh/cm2", "mAh"):
        discharge, charge = (record.one(f"initial_{name}_capacity", unit) for name in ("discharge", "charge"))
        if discharge is None or charge is None:
            continue
        anode = record.kind.is_anode_half if record.kind else discharge.point >= charge.point
        first, second = (discharge, charge) if anode else (charge, discharge)
        absolute = next((r for r in record.all("irreversible_loss", unit) if r.cycle in {None, 1}), None)
        share = next((r for r in record.all("irreversible_loss", "%") if r.cycle in {None, 1}), None)
        for target, value in ((absolute, minus(first, second)), (share, over(minus(first, second), first))):
            if target:
                yield Claim(
                    rule="irreversible_capacity",
                    what=f"irreversible capacity of {record.name}",
                    target=target,
                    direct=value,
                    soft=record.kind is None,
                    severity="error" if record.kind else "warning",
                    ask="Which of the three numbers was measured?",
                )
    efficiency, share = record.one("initial_coulombic_efficiency"), record.one("irreversible_loss", "%")
    if efficiency and share and share.cycle in {None, 1} and efficiency.unit.kind == "%":
        yield Claim(
            rule="irreversible_capacity",
            what=f"irreversible share of {record.name}",
            target=share,
            direct=minus(number(1, "100 %"), efficiency),
            ask="Are both of the first cycle?",
        )

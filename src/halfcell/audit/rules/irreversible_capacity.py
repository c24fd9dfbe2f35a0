"""The irreversible capacity of the first cycle is the difference of its capacities, or their relative difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import minus, number, over, plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Record

FORMULA = (
    "Q_irr = Q_1 − Q_2; in per cent: Q_irr / Q_1 = 1 − ICE, where Q_1 is the first and Q_2 the second half of cycle 1"
)
REVERSIBLE = ("reversible_capacity", "initial_charge_capacity", "charge_capacity")
LIMITS = "Q_1 is the discharge of an anode half cell, else the charge; if the kind is not stated, it is the larger one."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each record with an irreversible capacity and both first capacities, or the efficiency."""
    for record in facts.records:
        yield from _of_record(record)
    for records in facts.by_table().values():
        claims = [claim for record in records for claim in _of_parts(record)]
        yield from if_most_agree(claims, facts.settings.rounding)


def _of_parts(record: Record) -> Iterator[Claim]:
    """Efficiency and loss from the reversible and the irreversible capacity: ICE = Q_rev / (Q_rev + Q_irr)."""
    discharge, charge = (record.one(f"initial_{name}_capacity", "mAh/g") for name in ("discharge", "charge"))
    lost = record.one("irreversible_loss", "mAh/g")
    kept = [r for name in REVERSIBLE for r in record.all(name, "mAh/g") if r.cycle in {None, 1}]
    if lost is None or len(kept) != 1 or (discharge and charge):
        return
    ratio = over(lost, kept[0])
    share = over(number(1, "1"), plus(number(1, "1"), ratio))
    efficiency, part = record.one("initial_coulombic_efficiency"), record.one("irreversible_loss", "%")
    for target, value in ((efficiency, share), (part, minus(number(1, "1"), share))):
        if target:
            yield Claim(
                rule="irreversible_capacity",
                what=f"{target.label} of {record.name}",
                target=target,
                direct=value,
                because="of the reversible and the irreversible capacity",
                severity="warning",
                soft=True,
                ask="Are the capacities those of the first cycle?",
            )


def _of_record(record: Record) -> Iterator[Claim]:
    for unit in ("mAh/g", "mAh/cm2", "mAh"):
        discharge, charge = (record.one(f"initial_{name}_capacity", unit) for name in ("discharge", "charge"))
        if discharge is None or charge is None:
            continue
        anode = record.kind.is_anode_half if record.kind else discharge.point >= charge.point
        first, second = (discharge, charge) if anode else (charge, discharge)
        absolute = next((r for r in record.all("irreversible_loss", unit) if r.cycle in {None, 1}), None)
        share = next((r for r in record.all("irreversible_loss", "%") if r.cycle in {None, 1}), None)
        for target, value in ((absolute, minus(first, second)), (share, minus(number(1, "1"), over(second, first)))):
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

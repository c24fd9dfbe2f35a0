"""The irreversible capacity of the first cycle is the difference of its capacities, or their relative difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim, Finding, Verdict
from halfcell.audit.expression import minus, number, over, plus
from halfcell.audit.verdicts import agrees

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.readings import Facts, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "Q_irr = Q_1 − Q_2; in per cent: Q_irr / Q_1 = 1 − ICE, where Q_1 is the first and Q_2 the second half of cycle 1"
)
REVERSIBLE = ("reversible_capacity", "initial_charge_capacity", "charge_capacity")
LIMITS = "Q_1 is the discharge of an anode half cell, else the charge; if the kind is not stated, it is the larger one."


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each record with an irreversible capacity and both first capacities, or the efficiency."""
    for records in facts.by_table().values():
        yield from _of_table(records, facts.settings.rounding)
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


def _of_table(records: Sequence[Record], rounding: Rounding) -> Iterator[Claim | Finding]:
    """The claims of one table; where no row agrees and most agree with the exchanged names, those, and a note."""
    read = [claim for record in records for claim in _of_capacities(record)]
    turned = [claim for record in records for claim in _of_capacities(record, turned=True)]
    is_turned = (
        len(read) > 1
        and not any(agrees(claim, rounding) for claim in read)
        and 2 * sum(agrees(claim, rounding) for claim in turned) > len(turned)
    )
    yield from turned if is_turned else read
    if is_turned and not any(record.one("initial_coulombic_efficiency") for record in records):
        yield _note(turned[0], records[0])
    for record in records:
        yield from _of_efficiency(record)


def _note(claim: Claim, record: Record) -> Finding:
    """That charge and discharge are named the other way round; with efficiencies, `coulombic_efficiency` says it."""
    return Finding(
        rule="irreversible_capacity",
        verdict=Verdict.SEEN,
        severity="note",
        what=f"charge and discharge in {record.table}",
        explain=f"the irreversible capacities of {record.table} agree if charge and discharge are exchanged: its "
        "columns seem to be named the other way round",
        places=(claim.target.place,),
        ask="Is lithiation called charge here?",
    )


def _of_capacities(record: Record, turned: bool = False) -> Iterator[Claim]:
    """The irreversible capacity from both capacities; `turned` exchanges the names of the two."""
    for unit in ("mAh/g", "mAh/cm2", "mAh"):
        discharge, charge = (record.one(f"initial_{name}_capacity", unit) for name in ("discharge", "charge"))
        if discharge is None or charge is None:
            continue
        anode = record.kind.is_anode_half if record.kind else discharge.point >= charge.point
        first, second = (discharge, charge) if anode != turned else (charge, discharge)
        absolute = next((r for r in record.all("irreversible_loss", unit) if r.cycle in {None, 1}), None)
        share = next((r for r in record.all("irreversible_loss", "%") if r.cycle in {None, 1}), None)
        for target, value in ((absolute, minus(first, second)), (share, minus(number(1, "1"), over(second, first)))):
            if target:
                yield Claim(
                    rule="irreversible_capacity",
                    what=f"irreversible capacity of {record.name}",
                    target=target,
                    direct=value,
                    because="this table names charge and discharge so" if turned else "",
                    soft=record.kind is None,
                    severity="error" if record.kind else "warning",
                    ask="Which of the three numbers was measured?",
                )


def _of_efficiency(record: Record) -> Iterator[Claim]:
    """The lost share as what the efficiency leaves of 100 %."""
    efficiency, share = record.one("initial_coulombic_efficiency"), record.one("irreversible_loss", "%")
    if efficiency and share and share.cycle in {None, 1} and efficiency.unit.kind == "%":
        yield Claim(
            rule="irreversible_capacity",
            what=f"irreversible share of {record.name}",
            target=share,
            direct=minus(number(1, "100 %"), efficiency),
            ask="Are both of the first cycle?",
        )

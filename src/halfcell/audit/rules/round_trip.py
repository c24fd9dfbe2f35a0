"""The energy efficiency of a cycle is its Coulombic efficiency times its voltage efficiency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing, if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.expression import Expression
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "η_E = Q_discharge V_discharge / (Q_charge V_charge) = CE × η_V, with η_V = V_discharge / V_charge"
LIMITS = (
    "The voltages must be those weighted by charge (E/Q). Compared only where most rows agree; where both energies "
    "are printed, see the rule energy."
)
_OUT = re.compile(r"\bdis-?ch|\bdchg?\b|\bdis\b|(?<![A-Za-z])d(?:is|ch)", re.IGNORECASE)
_MEAN = re.compile(r"\bavg\b|average|mean|mid|nominal|⟨|<", re.IGNORECASE)
VOLTAGES = ("average_voltage", "voltage")
CAPACITIES = (
    ("discharge_capacity", "charge_capacity"),
    ("initial_discharge_capacity", "initial_charge_capacity"),
)
EFFICIENCIES = ("coulombic_efficiency", "initial_coulombic_efficiency")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check both efficiencies of each table."""
    rounding = facts.settings.rounding
    for records in facts.by_table().values():
        pairs = [(record, found) for record in records if (found := _voltages(record))]
        yield from if_most_agree([c for r, volts in pairs if (c := _of_voltages(r, *volts))], rounding)
        ways = [
            [c for r, volts in pairs if (c := _of_capacities(r, *volts))],
            [c for r in records if (c := _product(r))],
        ]
        ways.append([c for r, volts in pairs if (c := _of_efficiency(r, *volts))])
        yield from best_agreeing(ways, rounding)


def _voltages(record: Record) -> tuple[Reading, Reading] | None:
    """The mean voltages of discharge and charge."""
    found = [r for name in VOLTAGES for r in record.all(name, "V") if name in VOLTAGES[:1] or _MEAN.search(r.label)]
    out = [r for r in found if _OUT.search(r.label)]
    into = [r for r in found if r not in out]
    return (out[0], into[0]) if len(out) == len(into) == 1 else None


def _of_voltages(record: Record, out: Reading, into: Reading) -> Claim | None:
    target = record.one("voltage_efficiency")
    return _claim("voltage efficiency", record, target, over(out, into)) if target else None


def _of_capacities(record: Record, out: Reading, into: Reading) -> Claim | None:
    target = record.one("energy_efficiency")
    for discharge, charge in CAPACITIES:
        given, taken = record.one(discharge), record.one(charge)
        if target and given and taken and given.unit.fits(taken.unit):
            return _claim("energy efficiency", record, target, over(times(given, out), times(taken, into)))
    return None


def _of_efficiency(record: Record, out: Reading, into: Reading) -> Claim | None:
    target, coulombic = record.one("energy_efficiency"), _coulombic(record)
    return (
        _claim("energy efficiency", record, target, over(times(coulombic, out), into)) if target and coulombic else None
    )


def _product(record: Record) -> Claim | None:
    target, coulombic = record.one("energy_efficiency"), _coulombic(record)
    volts = record.one("voltage_efficiency")
    return (
        _claim("energy efficiency", record, target, times(coulombic, volts)) if target and coulombic and volts else None
    )


def _coulombic(record: Record) -> Reading | None:
    return next((found for name in EFFICIENCIES if (found := record.one(name))), None)


def _claim(what: str, record: Record, target: Reading, direct: Expression) -> Claim:
    return Claim(
        rule="round_trip",
        what=f"{what} of {record.name}",
        target=target,
        direct=direct,
        severity="warning",
        soft=True,
        ask="Are the mean voltages those of the same cycle, weighted by charge?",
    )

"""A transference number follows from currents and resistances before and after a polarisation (Bruce and Vincent)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import best_agreeing
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, minus, over, times
from halfcell.audit.interval import exactly
from halfcell.audit.same_cell import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "t+ = I_ss (ΔV − I_0 R_0) / (I_0 (ΔV − I_ss R_ss)) (Bruce and Vincent, J. Electroanal. Chem. 225 (1987) 1)"
LIMITS = "ΔV is the one of the text, or the usual 5, 10, 20, 30, 50 or 100 mV that most rows agree with."
USUAL_MILLIVOLT = (5, 10, 20, 30, 50, 100)  # steps that are usual for the method of Bruce and Vincent


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each table with both currents and both resistances."""
    told = {
        r.point for name in ("voltage", "polarization_voltage") for r in stated(facts, name, "V") if 0 < r.point < 1
    }
    volts = sorted({*told, *(Fraction(value, 1000) for value in USUAL_MILLIVOLT)})
    for records in facts.by_table().values():
        ways = [[c for r in records if (c := _claim(r, volt))] for volt in volts]
        yield from best_agreeing(ways, facts.settings.rounding)


def _claim(record: Record, volt: Fraction) -> Claim | None:
    number = record.one("transference_number")
    first, last = _one(record, ("initial_current", "exchange_current")), record.one("steady_current")
    before, after = _one(record, ("resistance", "area_resistance")), record.one("steady_resistance")
    if not (number and first and last and before and after):
        return None
    applied = Constant(exactly(volt), f"{float(volt) * 1000:g} mV")
    return Claim(
        rule="transference_number",
        what=f"transference number of {record.name}",
        target=number,
        direct=over(
            times(last, minus(applied, times(first, before))), times(first, minus(applied, times(last, after)))
        ),
        severity="warning",
        soft=True,
        ask="Which voltage was applied, and are the resistances those of the interfaces?",
    )


def _one(record: Record, names: tuple[str, ...]) -> Reading | None:
    found = [r for name in names for r in record.all(name)]
    return found[0] if len(found) == 1 else None

"""The quantities of the first cycle, the numbers of cycles, and rests long enough to be storage."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.cycling.efficiency import efficiency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.cycle_rows import RowBasis
    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.half_cycles import Half

_DAY_S = 86400.0  # a longer rest is a storage


def initial(cycles: Sequence[Cycle], basis: RowBasis) -> dict[str, Quantity]:
    """Capacities, efficiency and mean voltages of the first cycle.

    Parameters
    ----------
    cycles
        All cycles of a test.
    basis
        What capacities are per, the kind of the cell, its area, and the errors of the instrument.

    Returns
    -------
    dict of Quantity
        mAh/g (or mAh), mAh/cm2, % and V.

    Source: definition.
    """
    first = next((cycle for cycle in cycles if cycle.number > 0), None)
    if first is None:
        return {}
    made = {}
    for name, half in (("discharge", first.discharge), ("charge", first.charge)):
        if half is not None:
            made[f"initial_{name}_capacity"] = basis.scale.of(half)
            made |= {f"initial_mean_{name}_voltage": _mean_voltage(half, basis)} if basis.cell_voltage else {}
    main = first.half(basis.retained)
    if main is not None and basis.area_cm2:
        per_area = 1e3 / basis.area_cm2
        made["initial_areal_capacity"] = Quantity(main.charge_ah * per_area, "mAh/cm2", decimals=2)
    quantity = efficiency(first, basis.kind, basis.scale.instrument)
    return made | ({"initial_coulombic_efficiency": quantity} if quantity else {})


def _mean_voltage(half: Half, basis: RowBasis) -> Quantity:
    """E / Q, with the error of the voltage where it is known; that of the current is the same in both."""
    error = basis.scale.instrument
    std = error.mean_voltage_v if error else None
    return Quantity(half.mean_voltage, "V", std or None, "limits of error" if std else "", 4)


def counts(cycles: Sequence[Cycle], one_c_a: float) -> dict[str, Quantity]:
    r"""How many cycles there are, how many are complete, and how many full ones the charge that passed is worth.

    .. math:: N = \frac{\sum_i |Q_i|}{2\, I_{1C} \cdot 1\,\mathrm{h}}

    Parameters
    ----------
    cycles
        All cycles; incomplete ones, those that are left out and a leading half cycle moved charge, too.
    one_c_a
        The current of 1C (A); not a number where it is not known or was refused.

    Returns
    -------
    dict of Quantity
        Numbers of cycles.

    Source: definition.
    """
    real = [cycle for cycle in cycles if cycle.number > 0]
    found = {
        "cycle_count": Quantity(len(real), "", decimals=0),
        "complete_cycle_count": Quantity(sum(cycle.complete for cycle in real), "", decimals=0),
    }
    passed_ah = sum(half.charge_ah for cycle in cycles for half in cycle.halves)
    if one_c_a > 0.0 and math.isfinite(passed_ah):
        found["equivalent_full_cycles"] = Quantity(passed_ah / (2.0 * one_c_a), "", decimals=1)
    return found


def storage(cycles: Sequence[Cycle]) -> tuple[Note, ...]:
    """A note on rests of more than a day before or within a cycle: its charge holds self-discharge."""
    rested = [(cycle.number, sum(half.rest_s for half in cycle.halves)) for cycle in cycles]
    long = [(number, rest) for number, rest in rested if rest > _DAY_S]
    if not long:
        return ()
    number, most = max(long, key=lambda pair: pair[1])
    text = f"the cell rested for more than a day before or within {len(long)} cycles, up to {most / 3600.0:.0f} h at "
    text += f"cycle {number}: its efficiency holds what was lost in that time"
    return (Note("info", "storage", text),)

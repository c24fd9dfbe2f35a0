"""Quantities over many cycles: mean Coulombic efficiency, cumulative irreversible capacity, hysteresis of voltages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.cycling.efficiency import efficiency, out_and_in, unmeasured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.cycle_rows import RowBasis
    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.settings import Settings

_LEAST = 5  # cycles of which a mean is formed
_SCATTERING = 2  # cycles: one has no scatter


def over_cycles(cycles: Sequence[Cycle], settings: Settings, basis: RowBasis) -> Findings:
    """Mean efficiency over a range of cycles, charge lost up to the last complete cycle, hysteresis of the first cycle.

    The mean is over `efficiency_cycles`, or over the complete cycles after the first one without formation and
    pulses. Its uncertainty is the instrument's, which is the same for every cycle and does not average out, and the
    scatter from one cycle to the next; that the efficiency rises over the cycles is none. The irreversible capacity
    is the sum of what went in less what came out.

    Parameters
    ----------
    cycles
        All cycles of a test.
    settings, basis
        The range; what capacities are per, the kind of the cell, and the errors of the instrument.

    Returns
    -------
    Findings
        %, mAh/g (or mAh) and V.

    Source: definition.
    """
    left_out = {0, *unmeasured(cycles, basis.kind)}
    real = [cycle for cycle in cycles if cycle.number not in left_out]
    known = [(c, q) for c in real if (q := efficiency(c, basis.kind, basis.scale.instrument))]
    mean = _mean_over(known, settings.efficiency_cycles)
    made, notes = dict(mean.quantities), list(mean.notes)
    if len(known) >= _LEAST:
        lost = _lost([c for c, _ in known], basis)
        if lost.value < 0:
            text = "no cumulative irreversible capacity: more charge came out of the cycles than went in"
            notes.append(Note("refused", "irreversible_refused", text))
        else:
            made["cumulative_irreversible_capacity"] = lost
            text = f"cumulative irreversible capacity: the sum of {len(known)} complete cycles, up to cycle "
            notes.append(Note("info", "irreversible_cycles", f"{text}{known[-1][0].number}"))
    first = next((c for c in cycles if c.number > 0 and c.charge and c.discharge), None)
    if first is not None and first.charge and first.discharge and basis.cell_voltage:
        gap = first.charge.mean_voltage - first.discharge.mean_voltage
        made["initial_voltage_hysteresis"] = Quantity(gap, "V", decimals=4)
    return Findings(quantities=made, notes=tuple(notes))


def _mean_over(known: Sequence[tuple[Cycle, Quantity]], wanted: Sequence[int]) -> Findings:
    """The mean efficiency over the cycles that are asked for, or over those after the first one."""
    if wanted:
        chosen = [(c, q) for c, q in known if wanted[0] <= c.number <= wanted[-1]]
    else:
        chosen = [(c, q) for c, q in known if c.number > 1 and c.role == "cycling"]
    if wanted and len(chosen) < _SCATTERING:
        text = f"no mean efficiency of cycles {wanted[0]} to {wanted[-1]}: {len(chosen)} of them are complete"
        return refused("mean_efficiency_refused", text)
    if len(chosen) < (2 if wanted else _LEAST):
        return Findings()
    text = f"the mean Coulombic efficiency is that of {len(chosen)} cycles, {chosen[0][0].number} to "
    note = Note("info", "mean_efficiency_range", f"{text}{chosen[-1][0].number}")
    return Findings(quantities={"mean_coulombic_efficiency": _mean([q for _, q in chosen])}, notes=(note,))


def _mean(found: Sequence[Quantity]) -> Quantity:
    values = np.array([quantity.value for quantity in found])
    stds = [quantity.std for quantity in found if quantity.std]
    scatter = float(np.sqrt(np.mean(np.diff(values) ** 2) / 2.0)) if len(values) > 1 else 0.0
    std = math.hypot(max(stds), scatter / math.sqrt(len(values))) if stds else None
    return Quantity(float(values.mean()), "%", std, "limits of error" if std else "", 3)


def _lost(cycles: Sequence[Cycle], basis: RowBasis) -> Quantity:
    """What went in less what came out of all cycles, in the unit of the capacities."""
    pairs = [pair for cycle in cycles if (pair := out_and_in(cycle, basis.kind))]
    lost = sum(put.net_ah - out.net_ah for out, put in pairs)
    error = basis.scale.instrument
    std = error.difference_ah(pairs) * basis.scale.factor if error else None
    decimals = 1 if basis.scale.unit == "mAh/g" else 4
    kind: Kind = "limits of error" if std else ""
    return Quantity(lost * basis.scale.factor, basis.scale.unit, std or None, kind, decimals)

"""The internal resistance at the beginning of each half cycle: the step of the voltage over that of the current."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.core.sample import CellKind
    from halfcell.maths.current_record import Record
    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

_STEADY = 0.05  # relative change of the current within the time of the step, at most
_MOVES = 0.25  # of the step: how far the open circuit may move in as long a time
_MOST = 0.25  # of the range of the half cycle: a larger step is not that of a resistance
_NAMES = ("discharge_resistance", "charge_resistance")


def with_step_resistances(
    rows: Sequence[Row], cycles: Sequence[Cycle], record: Record, settings: Settings
) -> tuple[Row, ...]:
    """The rows of all cycles with the resistance (ohm) at the beginning of discharge and charge, None where unknown."""
    by_number = {cycle.number: cycle for cycle in cycles}
    made = []
    for row in rows:
        cycle = by_number[int(row["cycle"] or 0)]
        halves = _told(cycle, settings.kind)
        found = [step_resistance(record, half, settings.pulse_after_s) for half in halves]
        made.append({**row, **{n: v if math.isfinite(v) else None for n, v in zip(_NAMES, found, strict=True)}})
    return tuple(made)


def _told(cycle: Cycle, kind: CellKind | None) -> tuple[Half | None, Half | None]:
    """The discharge and the charge whose beginning tells a resistance.

    That of the discharge of an anode half cell does not: the electrode is empty, and its own potential falls by more
    than any resistance explains. Neither does anything where the kind of the cell is not known.
    """
    if kind is None:
        return None, None
    return (None if kind.is_anode_half else cycle.discharge), cycle.charge


def step_resistance(record: Record, half: Half | None, after_s: float) -> float:
    r"""Resistance (ohm) at a time after the current was switched on or turned round.

    .. math:: R = \frac{[V(t_0 + \Delta t) - V(t_0)] - [V(t_0 + 2 \Delta t) - V(t_0 + \Delta t)]}{I_1 - I_0}

    with the last record before the half cycle at :math:`t_0`. The second bracket is what the open circuit moves in the
    time of the first. The voltage is interpolated between records. Not a number where the first record comes later than
    :math:`\Delta t`, the current is not steady, another file begins, the open circuit moves by more than a quarter
    of the step, or the step is more than a quarter of the range of the half cycle: an electrode that is empty or full
    moves by a volt without any resistance.

    Parameters
    ----------
    record
        Time (s), current (A) and voltage (V).
    half
        The half cycle; None where there is none.
    after_s
        The time after the step (s).

    Returns
    -------
    float
        Ohm.

    Source: definition.
    """
    if half is None or half.first_row == 0:
        return math.nan
    before, first = half.first_row - 1, half.first_row
    if record.part is not None and record.part[before] != record.part[first]:
        return math.nan
    stop = (
        int(np.searchsorted(record.time_s[first : half.last_row + 1], record.time_s[before] + 2.0 * after_s))
        + first
        + 1
    )
    since = record.time_s[first:stop] - record.time_s[before]
    current, voltage = record.current_a[first:stop], record.voltage_v[first:stop]
    if not len(since) or not 0.0 < since[0] <= after_s < 2.0 * after_s <= since[-1]:
        return math.nan
    usual = float(np.median(current))
    if float(np.max(np.abs(current - usual))) > _STEADY * abs(usual):
        return math.nan
    soon, later = (float(value) for value in np.interp((after_s, 2.0 * after_s), since, voltage))
    step, moved = soon - float(record.voltage_v[before]), later - soon
    if abs(moved) > _MOVES * abs(step) or abs(step) > _MOST * abs(half.voltage_reached - record.voltage_v[before]):
        return math.nan
    resistance = (step - moved) / (usual - float(record.current_a[before]))
    return resistance if resistance > 0.0 else math.nan


def step_findings(rows: Sequence[Row], settings: Settings) -> Findings:
    """The median of the resistances over complete cycles, and how they changed.

    Parameters
    ----------
    rows
        Of cycles, with both resistances (ohm).
    settings
        The time after the step (s).

    Returns
    -------
    Findings
        Ohm, with the first and the last cycle in a note.

    Source: definition.
    """
    made, notes = {}, []
    for name in _NAMES:
        ohms = [(int(row["cycle"] or 0), v) for row in rows if row["complete"] and isinstance(v := row[name], float)]
        if not ohms:
            continue
        made[name] = Quantity(float(np.median([ohm for _, ohm in ohms])), "ohm")
        cycles = f"{len(ohms)} cycle{'s' * (len(ohms) > 1)}"
        text = f"the resistance at the beginning of the {name.split('_')[0]} is the median of {cycles}, "
        text += f"{settings.pulse_after_s:g} s after the step ({ohms[0][1]:.3g} ohm in cycle {ohms[0][0]}, "
        notes.append(Note("info", "step_resistance_of", f"{text}{ohms[-1][1]:.3g} ohm in cycle {ohms[-1][0]})"))
    return Findings(quantities=made, notes=tuple(notes))

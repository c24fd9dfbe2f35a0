"""Coulombic and energy efficiency of a cycle, by the cell's kind, and doubts about them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.sample import CellKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.instrument_error import InstrumentError

_IMPOSSIBLE = 150.0  # %: no efficiency; the cell held charge before the cycle began
_SURELY = 0.2  # % above 100: more than the accuracy of a cycler's current explains
_FAR, _SAME = 0.2, 0.5  # of the window before the cutoff of others, and % by which charges out and in may differ
_MANY = 3  # this many cycles above 100 %, and half of all, point to the measurement or the cell


def out_and_in(cycle: Cycle, kind: CellKind | None) -> tuple[Half, Half] | None:
    """The half cycle that takes charge out of the electrode under study, and the one that puts it in."""
    if kind is None or kind is CellKind.SYMMETRIC or cycle.out == "open":
        return None
    if not cycle.complete or not (cycle.charge and cycle.discharge):
        return None
    charge = cycle.out == "charge" or (cycle.out == "auto" and kind.is_anode_half)
    return (cycle.charge, cycle.discharge) if charge else (cycle.discharge, cycle.charge)


def _percent(out: Half, put: Half) -> float:
    """Charge out over charge in (%), both net: less what flowed the other way within the half cycle, as in pulses."""
    return 100.0 * out.net_ah / put.net_ah if put.net_ah > 0 else math.inf


def efficiency(cycle: Cycle, kind: CellKind | None, error: InstrumentError | None = None) -> Quantity | None:
    """Coulombic efficiency: charge / discharge in an anode half cell, discharge / charge otherwise; of net charges.

    The setting ``efficiency_of`` chooses one of them for all cells. Without the instrument's error no uncertainty is
    given: its offset and the difference of its gains are larger than what the records leave open.

    Parameters
    ----------
    cycle
        Both half cycles, with their charges (Ah).
    kind
        The kind of the cell.
    error
        Errors of the instrument's current.

    Returns
    -------
    Quantity or None
        %; None where the kind is not known, the cell is symmetric, the cycle is incomplete, or the ratio is above 150
        %: the charge that came out was then not put in during this cycle.

    Source: definition.
    """
    pair = out_and_in(cycle, kind)
    if pair is None:
        return None
    out, put = pair
    value = _percent(out, put)
    if value > _IMPOSSIBLE:
        return None
    std = value * error.ratio(out, put) if error else 0.0
    return Quantity(value, "%", std or None, "limits of error" if std else "", 2)


def unmeasured(cycles: Sequence[Cycle], kind: CellKind | None) -> tuple[int, ...]:
    """The numbers of cycles whose charge out was ended by time or charge, and therefore is the charge that went in.

    Others of the test end at a cutoff, which these do not come near (a fifth of the window). So a foil that is shorted
    is stripped for as long as it was plated, and shows 100 %. Only of anode half cells: in other cells the charge that
    goes in ends at a cutoff, so that it is measured.
    """
    if kind is None or not kind.is_anode_half:
        return ()
    found = [(cycle.number, *pair) for cycle in cycles if cycle.number > 0 and (pair := out_and_in(cycle, kind))]
    if not found:
        return ()
    ends = [out.direction * out.voltage_reached for _, out, _ in found]
    begins = [out.direction * put.voltage_reached for _, out, put in found]
    near = max(ends) - _FAR * (max(ends) - min(begins))
    same = [abs(_percent(out, put) - 100.0) <= _SAME for _, out, put in found]
    if not any(end >= near and not alike for end, alike in zip(ends, same, strict=True)):
        return ()
    return tuple(n for (n, _, _), end, alike in zip(found, ends, same, strict=True) if alike and end < near)


def energy_efficiency(cycle: Cycle, kind: CellKind | None) -> float:
    """Energy efficiency of a full cell: energy out over energy in, of net energies.

    Parameters
    ----------
    cycle
        Both half cycles, with their energies (Wh).
    kind
        The kind of the cell.

    Returns
    -------
    float
        %; not a number where the cell is no full cell (a half cell's energy is not a device's) or the cycle is
        incomplete.

    Source: definition.
    """
    pair = out_and_in(cycle._replace(out="auto"), kind)
    if pair is None or kind is None or kind.is_half or _percent(*pair) > _IMPOSSIBLE:
        return math.nan
    out, put = pair
    taken = put.energy_wh - put.reverse_wh
    return 100.0 * (out.energy_wh - out.reverse_wh) / taken if taken > 0 else math.nan


def doubts(cycles: Sequence[Cycle], with_energy: CellKind | None, kind: CellKind | None) -> tuple[Note, ...]:
    """Notes on efficiencies above 100 %: refused ones, the first one, many of the later ones, and those of energy.

    `with_energy` is the kind of the cell, or None where its voltage gives no energy.
    """
    real = [(cycle, pair) for cycle in cycles if cycle.number > 0 and (pair := out_and_in(cycle, kind))]
    ratio = {cycle.number: _percent(out, put) for cycle, (out, put) in real}
    notes = [_refused(cycle, *pair) for cycle, pair in real if ratio[cycle.number] > _IMPOSSIBLE][:1]
    first = ratio.get(1, 0.0)
    if 100.0 + _SURELY < first <= _IMPOSSIBLE:
        text = f"the first Coulombic efficiency is {first:.1f} %: more charge came out than went in; "
        lead = any(cycle.role == "precycle" and cycle.discharge for cycle in cycles)
        text += 'does the cell begin with its discharge (cycle 0)? Then set first = "discharge"' if lead else ""
        text += "" if lead else "was the cell charged before the test?"
        notes.append(Note("doubt", "efficiency_above_100", text))
    later = [cycle for cycle, _ in real if cycle.number > 1]
    notes += _unmeasured_note(unmeasured(cycles, kind), len(real))
    return (*notes, *_energy_above(cycles, with_energy), *_often_above(later, ratio, kind))


def _unmeasured_note(numbers: Sequence[int], count: int) -> list[Note]:
    """A doubt about efficiencies that the schedule makes."""
    if not numbers:
        return []
    span = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
    text = (
        f"in {len(numbers)} of {count} cycles ({span}) as much charge comes out as went in, and the charge ends long "
    )
    text += (
        "before the cutoff that others reach: time or charge ended it, as in a cell with a soft short circuit; these "
    )
    text += "efficiencies measure nothing, and are not in the mean"
    return [Note("doubt", "efficiency_by_schedule", text)]


def _energy_above(cycles: Sequence[Cycle], kind: CellKind | None) -> tuple[Note, ...]:
    """A doubt where a full cell gives more energy than it took."""
    if kind is None or kind.is_half:
        return ()
    found = [(cycle.number, energy_efficiency(cycle, kind)) for cycle in cycles if cycle.number > 0]
    above = [(number, value) for number, value in found if value > 100.0 + _SURELY]
    if not above:
        return ()
    number, worst = max(above, key=lambda pair: pair[1])
    text = f"the energy efficiency is above 100 % in {len(above)} cycles, up to {worst:.1f} % in cycle {number}: "
    text += (
        "energy came out than went in; was the cell charged before, or is a voltage or current of one direction off?"
    )
    return (Note("doubt", "energy_efficiency_above_100", text),)


def _refused(cycle: Cycle, out: Half, put: Half) -> Note:
    """The note on the first cycle whose ratio is no efficiency."""
    text = f"no efficiency of cycle {cycle.number}: {1e3 * put.charge_ah:.4g} mAh went in and {1e3 * out.charge_ah:.4g}"
    return Note("refused", "efficiency_impossible", f"{text} mAh came out: the cell held charge before the cycle began")


def _often_above(cycles: Sequence[Cycle], ratio: dict[int, float], kind: CellKind | None) -> tuple[Note, ...]:
    """A doubt where many cycles give more charge than they took in, each by more than its uncertainty."""
    suspect = [cycle for cycle in cycles if 100.0 + _SURELY < ratio[cycle.number] <= _IMPOSSIBLE]
    if len(suspect) < _MANY:
        return ()
    found = [(c.number, q.value) for c in suspect if (q := efficiency(c, kind)) and q.value > 100 + 2 * (q.std or 0.0)]
    if len(found) < max(_MANY, 0.5 * len(cycles)):
        return ()
    low, high = min(value for _, value in found), max(value for _, value in found)
    text = (
        f"the Coulombic efficiency is above 100 % in {len(found)} of {len(cycles)} complete cycles after the first "
        f"({low:.1f} to {high:.1f} %): more comes out than goes in. Possible causes: drift or offset of the current, "
        "a leak or shuttle, charge that the cell held before, or a drifting cutoff"
    )
    return (Note("doubt", "efficiencies_above_100", text),)

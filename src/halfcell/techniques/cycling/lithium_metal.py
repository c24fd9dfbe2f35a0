"""Cells of lithium (sodium, potassium) metal: overpotential, short circuit and critical current of symmetric cells, and
the efficiency of plating by the reservoir method.

Sources: the reservoir method, B. D. Adams, J. Zheng, X. Ren, W. Xu, J.-G. Zhang, Adv. Energy Mater. 8 (2018) 1702097,
method 3: ``CE = (n Q_C + Q_S) / (n Q_C + Q_T)``; a fall of the polarisation at a current that does not fall as the sign
of a short circuit is the common criterion of critical current densities.
"""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.instrument_error import InstrumentError
    from halfcell.techniques.cycling.settings import Settings

_SHORTED = 0.5  # of the polarisation before: a fall below this at no smaller current is a short circuit
_SOFT = 0.75  # a fall below this may be a soft one
_BEFORE = 4  # half cycles before, whose median is the polarisation
_STEP = 1.05  # currents that grow by this factor are steps of a search for the critical current
_RESERVOIR = 1.5  # times the charge of the cycles: the reservoir is larger than what is cycled
_STRIPPED_VOLT = 0.3  # V above the plating: the last stripping has come to its end


def metal_cell(halves: Sequence[Half], settings: Settings, error: InstrumentError | None) -> Findings:
    """What a cell of two metal electrodes, or one of metal and a foil by the reservoir method, gives."""
    if settings.efficiency_method == "reservoir":
        return reservoir(halves, error)
    return symmetric(halves, settings) if settings.kind is CellKind.SYMMETRIC else Findings()


def symmetric(halves: Sequence[Half], settings: Settings) -> Findings:
    """Overpotential (mV, mean of the first cycles at the first current), short circuit and critical current.

    The overpotential of one electrode is half of the polarisation between two alike ones. A short circuit is a fall of
    the polarisation to less than half of the median of four half cycles before, at a current that is no smaller. Where
    the current was raised step by step the critical current is the last one before the short circuit; without one, a
    note gives the highest current as its lower limit.
    """
    size = [abs(half.mean_voltage) for half in halves]
    if len(size) < 2:
        return Findings()
    first = [v for half, v in zip(halves, size, strict=True) if half.current_a <= 1.1 * halves[0].current_a][:4]
    made = {"overpotential": Quantity(500.0 * median(first), "mV", decimals=2)}
    notes = [Note("info", "overpotential_of", "the overpotential is half of the polarisation of the first half cycles")]
    fallen = _falls(halves, size, _SHORTED)
    shorted = fallen[0] if fallen else None
    if shorted is not None:
        made["short_circuit_half_cycle"] = Quantity(float(shorted + 1), "", decimals=0)
        text = f"{_fallen(halves, size, shorted)}: a short circuit"
        notes.append(Note("doubt", "short_circuit", text))
    elif soft := _falls(halves, size, _SOFT):
        text = f"{_fallen(halves, size, soft[0])}: a soft short circuit, or an interface that was activated"
        notes.append(Note("doubt", "soft_short", text))
    critical, said = _critical(halves, shorted, settings.area_cm2)
    return Findings(quantities=made | critical, notes=(*notes, *said))


def _fallen(halves: Sequence[Half], size: Sequence[float], place: int) -> str:
    """What was seen of a fall of the polarisation, as text."""
    usual, now = 1e3 * _usual(halves, size, place), 1e3 * size[place]
    text = f"the polarisation falls from {usual:.3g} to {now:.3g} mV in half cycle {place + 1}"
    return f"{text}, at a current that does not fall"


def _usual(halves: Sequence[Half], size: Sequence[float], place: int) -> float:
    """The median polarisation of the half cycles before at currents that are no larger; not a number without such."""
    most = _STEP * halves[place].current_a
    before = [v for half, v in zip(halves[:place], size, strict=False) if half.current_a <= most][-_BEFORE:]
    return median(before) if before else math.nan


def _falls(halves: Sequence[Half], size: Sequence[float], part: float) -> list[int]:
    """The half cycles in which the polarisation falls below a part of that before and does not come back."""
    found = []
    for place in range(1, len(size)):
        limit, most = part * _usual(halves, size, place), _STEP * halves[place].current_a
        later = [v for half, v in zip(halves[place:], size[place:], strict=True) if half.current_a <= most]
        if size[place] < limit and median(later) < limit:
            found.append(place)
    return found


def _critical(
    halves: Sequence[Half], shorted: int | None, area_cm2: float | None
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """The last current before a short circuit of a test whose current was raised; else its lower limit as a note."""
    currents = [half.current_a for half in halves]
    steps = sum(b > _STEP * a for a, b in pairwise(currents))
    if steps < 2:
        return {}, ()
    scale, unit = (1e3 / area_cm2, "mA/cm2") if area_cm2 else (1e3, "mA")
    if shorted is None:
        text = f"no short circuit up to {scale * max(currents):.3g} {unit}: the critical current is higher"
        return {}, (Note("info", "critical_current_above", text),)
    lower = [current for current in currents[:shorted] if current < currents[shorted] / _STEP]
    if not lower:
        return {}, ()
    text = f"the critical current lies between {scale * max(lower):.3g} and {scale * currents[shorted]:.3g} {unit}"
    value = Quantity(scale * max(lower), unit, decimals=3)
    return {"critical_current": value}, (Note("info", "critical_current_range", text),)


def reservoir(halves: Sequence[Half], error: InstrumentError | None) -> Findings:
    """Efficiency of plating and stripping by the reservoir method, ``CE = (n Q_C + Q_S) / (n Q_C + Q_T)`` (%).

    Plating is the discharge of the foil. The reservoir is the last discharge that is 1.5 times larger than the charge
    of the cycles after it; the last charge strips what is left and must have come to its end.
    """
    last = len(halves) - 1
    if last < 3 or halves[last].direction < 0:
        return _none("the record does not end with a stripping")
    if halves[last].voltage_reached - abs(halves[last].mean_voltage) < _STRIPPED_VOLT:
        return _none(f"the last stripping ends at {halves[last].voltage_reached:.2f} V, before the foil is empty")
    cycled = [half.charge_ah for half in halves[1:last]]
    usual = median(cycled)
    starts = [i for i in range(last) if halves[i].direction < 0 and halves[i].charge_ah > _RESERVOIR * usual]
    starts = [i for i in starts if (last - i) % 2 == 1 and last - i >= 3]
    if not starts:
        return _none("no plating is 1.5 times larger than the cycles after it")
    used = halves[starts[-1] : last + 1]
    plated = sum(half.charge_ah for half in used if half.direction < 0)
    stripped = sum(half.charge_ah for half in used if half.direction > 0)
    value, cycles = 100.0 * stripped / plated, (len(used) - 2) // 2
    std = None
    if error:
        drift = error.offset_a * sum(half.duration_s for half in used) / 3600.0 / plated
        std = value * math.hypot(math.sqrt(2.0) * error.gain, drift)
    text = f"reservoir of {1e3 * used[0].charge_ah:.4g} mAh, {cycles} cycles of {1e3 * usual:.4g} mAh, "
    text += f"{1e3 * used[-1].charge_ah:.4g} mAh stripped at the end"
    made = {
        "reservoir_efficiency": Quantity(value, "%", std, "propagated" if std else "", 2),
        "reservoir_cycles": Quantity(float(cycles), "", decimals=0),
    }
    return Findings(quantities=made, notes=(Note("info", "reservoir", text),))


def _none(why: str) -> Findings:
    return refused("reservoir_refused", f"no efficiency by the reservoir method: {why}")

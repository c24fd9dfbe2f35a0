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
from typing import TYPE_CHECKING, NamedTuple

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
_LEVEL, _LEVEL_VOLT = 0.1, 2e-3  # of the polarisation, and V: charges and discharges lie about zero within this
_RESERVOIR = 1.5  # times the charge of the cycles: the reservoir is larger than what is cycled
_SURELY = 0.2  # % above 100: more than the accuracy of a cycler's current explains
_STRIPPED_VOLT = 0.3  # V above the plating: the last stripping has come to its end
_BOTH = 2  # half cycles: plating and stripping
_SEARCHED = 2  # steps of the current: a single one is no search
_CYCLED = 3  # half cycles before the last stripping: plating, and a cycle between


def metal_cell(halves: Sequence[Half], settings: Settings, error: InstrumentError | None) -> Findings:
    """What a cell of two metal electrodes, or one of metal and a foil by the reservoir method, gives."""
    if settings.efficiency_method == "reservoir":
        return reservoir(halves, error)
    return symmetric(halves, settings) if settings.kind is CellKind.SYMMETRIC else Findings()


def symmetric(halves: Sequence[Half], settings: Settings) -> Findings:
    """Overpotential (mean of the first cycles at the first current), short circuit and critical current.

    The overpotential of one electrode is half of the polarisation between two alike ones; the polarisation is counted
    from the middle between charges and discharges. A short circuit is a fall of the polarisation, over a half cycle
    or at its end, to less than half of the median of four half cycles before, at a current that is no smaller, after
    which it stays low. Where the current was raised step by step the critical current is the last one before the
    short circuit; without one, a note gives the highest current as its lower limit.

    Parameters
    ----------
    halves
        Half cycles in order.
    settings
        With the area (cm2).

    Returns
    -------
    Findings
        mV, the half cycle of the short circuit, and mA/cm2 (mA without an area).

    Source: definition; the sign of a short circuit is the common criterion of critical current densities.
    """
    if len(halves) < _BOTH:
        return Findings()
    trace = _trace(halves)
    mean = trace.mean
    first = [v for half, v in zip(halves, mean, strict=True) if half.current_a <= 1.1 * halves[0].current_a][:4]
    made = {"overpotential": Quantity(500.0 * median(first), "mV", decimals=2)}
    notes = [Note("info", "overpotential_of", "the overpotential is half of the polarisation of the first half cycles")]
    notes += _unlike(trace, first)
    shorted, said = _shorted(halves, trace)
    if shorted is not None:
        made["short_circuit_half_cycle"] = Quantity(float(shorted + 1), "", decimals=0)
    critical, more = _critical(halves, shorted, settings.area_cm2, soft=shorted is None and bool(said))
    return Findings(quantities=made | critical, notes=(*notes, *said, *more))


class _Trace(NamedTuple):
    """The polarisation (V) of each half cycle, its mean and at its end, and the middle between both directions."""

    mean: list[float]
    end: list[float]
    middle: float


def _trace(halves: Sequence[Half]) -> _Trace:
    """The polarisation of half cycles, counted from the middle, which two unlike electrodes or an offset shift."""
    both = [
        0.5 * (one.mean_voltage + two.mean_voltage)
        for one, two in pairwise(halves)
        if _same_current(one, two) and one.direction != two.direction
    ]
    middle = median(both) if both else 0.0
    return _Trace(
        mean=[abs(half.mean_voltage - middle) for half in halves],
        end=[abs(half.voltage_end - middle) for half in halves],
        middle=middle,
    )


def _same_current(one: Half, two: Half) -> bool:
    """Whether two half cycles ran at one current, within 5 %."""
    return max(one.current_a, two.current_a) <= _STEP * min(one.current_a, two.current_a)


def _unlike(trace: _Trace, first: Sequence[float]) -> list[Note]:
    """A doubt where charges and discharges do not lie about zero."""
    if abs(trace.middle) <= max(_LEVEL_VOLT, _LEVEL * median(first)):
        return []
    text = (
        f"charges and discharges lie about {1e3 * trace.middle:.3g} mV, not about zero: an offset of the voltage, or "
    )
    text += "electrodes that are not alike, whose overpotentials are then not half of the polarisation"
    return [Note("doubt", "electrodes_unlike", text)]


def _shorted(halves: Sequence[Half], trace: _Trace) -> tuple[int | None, list[Note]]:
    """The half cycle of the first lasting short circuit, and what is said of it or of softer ones."""
    fallen = _falls(halves, trace, _SHORTED, lasting=True)
    if fallen:
        text = f"{_fallen(halves, trace, fallen[0])}: a short circuit"
        return fallen[0], [Note("doubt", "short_circuit", text)]
    soft = _falls(halves, trace, _SOFT, lasting=True)
    back = _falls(halves, trace, _SHORTED, lasting=False)
    if soft:
        text = f"{_fallen(halves, trace, soft[0])}: a soft short circuit, or an interface that was activated"
    elif back:
        text = f"{_fallen(halves, trace, back[0])}, and comes back: a short circuit that opened again?"
    elif slow := _slow_fall(halves, trace.mean):
        text = slow
    else:
        return None, []
    return None, [Note("doubt", "soft_short", text)]


def _fallen(halves: Sequence[Half], trace: _Trace, place: int) -> str:
    """What was seen of a fall of the polarisation, as text."""
    sizes = [(_usual(halves, size, place), size[place]) for size in (trace.mean, trace.end)]
    usual, now = min(sizes, key=lambda pair: pair[1] / pair[0] if pair[0] > 0 else math.inf)
    text = f"the polarisation falls from {1e3 * usual:.3g} to {1e3 * now:.3g} mV in half cycle {place + 1}"
    return f"{text}, at a current that does not fall"


def _usual(halves: Sequence[Half], size: Sequence[float], place: int) -> float:
    """The median polarisation of four half cycles before at currents that are no larger; not a number without such."""
    most, found = _STEP * halves[place].current_a, []
    for before in range(place - 1, -1, -1):
        if halves[before].current_a <= most:
            found.append(size[before])
        if len(found) == _BEFORE:
            break
    return median(found) if found else math.nan


def _falls(halves: Sequence[Half], trace: _Trace, part: float, *, lasting: bool) -> list[int]:
    """The half cycles in or at the end of which the polarisation falls below a part of that before.

    With `lasting` only those after which it does not come back.
    """
    found = []
    for place in range(1, len(halves)):
        for size in (trace.mean, trace.end):
            limit = part * _usual(halves, size, place)
            if size[place] < limit and (not lasting or _later(halves, size, place) < limit):
                found.append(place)
                break
    return found


def _later(halves: Sequence[Half], size: Sequence[float], place: int) -> float:
    """The median polarisation from a half cycle on, at currents that are no larger."""
    most = _STEP * halves[place].current_a
    return median(v for half, v in zip(halves[place:], size[place:], strict=True) if half.current_a <= most)


def _slow_fall(halves: Sequence[Half], size: Sequence[float]) -> str:
    """A fall to less than half over many half cycles at one current, as text; empty without one."""
    for current in _currents(halves):
        near = [current <= half.current_a <= _STEP * current for half in halves]
        mine = [(place, v) for place, (v, close) in enumerate(zip(size, near, strict=True)) if close]
        if len(mine) < 3 * _BEFORE:
            continue
        smooth = [(mine[k][0], median(v for _, v in mine[k : k + _BEFORE])) for k in range(len(mine) - _BEFORE + 1)]
        place, most = max(smooth, key=lambda pair: pair[1])
        last, now = smooth[-1]
        if last > place and now < _SHORTED * most:
            text = f"the polarisation falls slowly from {1e3 * most:.3g} mV (half cycle {place + 1}) to "
            text += f"{1e3 * now:.3g} mV at the same current: a soft short circuit that grows, or an interface that "
            return f"{text}was activated"
    return ""


def _currents(halves: Sequence[Half]) -> list[float]:
    """The lowest current (A) of each group of currents that differ by less than 5 %."""
    found: list[float] = []
    for current in sorted(half.current_a for half in halves):
        if not found or current > _STEP * found[-1]:
            found.append(current)
    return found


def _critical(
    halves: Sequence[Half], shorted: int | None, area_cm2: float | None, *, soft: bool
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """The last current before a short circuit of a test whose current was raised; else its lower limit as a note."""
    currents = [half.current_a for half in halves]
    steps = sum(b > _STEP * a for a, b in pairwise(currents))
    if steps < _SEARCHED:
        return {}, ()
    scale, unit = (1e3 / area_cm2, "mA/cm2") if area_cm2 else (1e3, "mA")
    if shorted is None and soft:
        text = f"whether the critical current was reached up to {scale * max(currents):.3g} {unit} is open: a short "
        return {}, (Note("doubt", "critical_current_open", f"{text}circuit that is soft or passes was seen"),)
    if shorted is None:
        text = f"no short circuit up to {scale * max(currents):.3g} {unit}: the critical current is higher"
        return {}, (Note("info", "critical_current_above", text),)
    lower = [current for current in currents[:shorted] if current < currents[shorted] / _STEP]
    if not lower:
        text = (
            f"the short circuit came at the lowest current: the critical one is below {scale * currents[shorted]:.3g}"
        )
        return {}, (Note("info", "critical_current_range", f"{text} {unit}"),)
    text = f"the critical current lies between {scale * max(lower):.3g} and {scale * currents[shorted]:.3g} {unit}"
    value = Quantity(scale * max(lower), unit, decimals=3)
    return {"critical_current": value}, (Note("info", "critical_current_range", text),)


def reservoir(halves: Sequence[Half], error: InstrumentError | None) -> Findings:
    """Efficiency of plating and stripping by the reservoir method, ``CE = (n Q_C + Q_S) / (n Q_C + Q_T)``.

    Plating is the discharge of the foil. The reservoir is the last discharge that is 1.5 times larger than the charge
    of the cycles after it; the last charge strips what is left and must have come to its end.

    Parameters
    ----------
    halves
        Half cycles in order, with their charges (Ah).
    error
        Errors of the instrument's current.

    Returns
    -------
    Findings
        ``reservoir_efficiency`` (%) and the number of cycles, or why there is none.

    Source: B. D. Adams et al., Adv. Energy Mater. 8 (2018) 1702097, method 3.
    """
    last = len(halves) - 1
    if last < _CYCLED or halves[last].direction < 0:
        return _none("the record does not end with a stripping")
    if not _emptied(halves[last]):
        return _none(f"the last stripping ends at {halves[last].voltage_reached:.2f} V, before the foil is empty")
    cycled = [half.charge_ah for half in halves[1:last]]
    usual = median(cycled)
    starts = [i for i in range(last) if halves[i].direction < 0 and halves[i].charge_ah > _RESERVOIR * usual]
    starts = [i for i in starts if (last - i) % 2 == 1 and last - i >= _CYCLED]
    if not starts:
        return _none("no plating is 1.5 times larger than the cycles after it")
    if starts[-1] > 0 and not _emptied(halves[starts[-1] - 1]):
        end = halves[starts[-1] - 1].voltage_reached
        return _none(f"the stripping before the reservoir ends at {end:.2f} V, so that metal was left on the foil")
    used = halves[starts[-1] : last + 1]
    plated = sum(half.charge_ah for half in used if half.direction < 0)
    stripped = sum(half.charge_ah for half in used if half.direction > 0)
    value, cycles = 100.0 * stripped / plated, (len(used) - 2) // 2
    if value > 100.0 + _SURELY:
        return _none(f"{value:.2f} % came out of what was plated, so that the foil was not empty before")
    ways = ([half for half in used if half.direction == direction] for direction in (1, -1))
    std = value * error.share(*ways) if error else None
    text = f"reservoir of {1e3 * used[0].charge_ah:.4g} mAh, {cycles} cycles of {1e3 * usual:.4g} mAh, "
    text += f"{1e3 * used[-1].charge_ah:.4g} mAh stripped at the end"
    made = {
        "reservoir_efficiency": Quantity(value, "%", std, "limits of error" if std else "", 2),
        "reservoir_cycles": Quantity(float(cycles), "", decimals=0),
    }
    return Findings(quantities=made, notes=(Note("info", "reservoir", text),))


def _emptied(half: Half) -> bool:
    """Whether a stripping came to its end: its voltage rises well above that of the plating."""
    return half.direction > 0 and half.voltage_reached - abs(half.mean_voltage) >= _STRIPPED_VOLT


def _none(why: str) -> Findings:
    return refused("reservoir_refused", f"no efficiency by the reservoir method: {why}")

"""Capacity retention: one cycle's capacity over that of a named reference cycle at the same rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.cycling.cell_kind import SAY_KIND
from halfcell.techniques.cycling.cycles import Cycle, same_pair, same_rate
from halfcell.techniques.cycling.instrument_error import instrument_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.instrument_error import InstrumentError
    from halfcell.techniques.cycling.settings import Settings

MOST_PERCENT = 200.0  # no material retains more: the reference was not a full cycle, or the cycle not of this test
_CUTOFF_VOLT = 0.02  # V: cutoffs that differ by more are another window
_SHARING = 3  # cycles that end within a quarter of it share a cutoff
_PRINTED = 0.05  # %: half of the last digit of a retention
_USUAL = 3  # times as many cycles at another pair of currents than at that of the last cycle
_UNUSUAL_PERCENT = 120.0  # more than activation usually gives
_TWO_CYCLES = 2  # a retention is a ratio of two


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Retention with its two cycles, notes on it, and the reference cycle of the rows."""

    found: Findings = field(default_factory=Findings)
    reference: Cycle | None = None


def retention(cycles: Sequence[Cycle], settings: Settings) -> Retention:
    """Capacity retention of one cycle against another at the same pair of currents, Q_n/Q_reference.

    Parameters
    ----------
    cycles
        All cycles of a test, with their charges (Ah).
    settings
        Which half cycle, which cycle and which reference.

    Returns
    -------
    Retention
        %, the reference, and a note where there is none.

    Source: definition.
    """
    which = settings.retained
    if not which:
        return _none("retention_refused", f"no retention: {SAY_KIND}, or set retention_of")
    if len(cycles) == 1:
        note = Note("info", "single_cycle", "only one cycle was recorded, so there is no retention")
        return Retention(found=Findings(notes=(note,)))
    done = {c.number: c for c in cycles if c.complete and c.role != "pulses"}
    end = settings.retention_cycle or _last_of_usual_pair(done)
    if len(done) < _TWO_CYCLES or end not in done:
        complete = f"complete cycle{'s' * (len(done) != 1)} (without pulses)"
        what = f"cycle {end} is not among the {len(done)} {complete}"
        return _none("retention_refused", f"no retention: {what if len(done) > 1 else f'only {len(done)} {complete}'}")
    alike = [n for n, c in done.items() if same_pair(c, done[end])]
    near = next((n for n in alike if done[n].role != "formation"), alike[0])
    begin = settings.reference_cycle or near
    window = _other_window(done, begin, end)
    if begin not in done or same_pair(done[begin], done[end]):
        return _with_notes(_retained(done.get(begin), done[end], which, instrument_error(settings)), window)
    if not same_rate(_current(done[begin], which), _current(done[end], which)):
        text = (
            f"no retention of cycle {end} against cycle {begin}: they ran at {_pair(done[end])} and "
            f"{_pair(done[begin])}; the first cycle at the same rate is {near} (reference_cycle)"
        )
        return _none("retention_mixed_rates", text)
    text = f"cycle {end} ran at {_pair(done[end])}, its reference cycle {begin} at {_pair(done[begin])}: the retention "
    text += f"holds the effect of the other half cycle's rate; the first cycle at the same pair is {near}"
    found = _retained(done[begin], done[end], which, instrument_error(settings))
    return _with_notes(found, (*window, Note("doubt", "retention_other_partner", text)))


def _with_notes(found: Retention, notes: Sequence[Note]) -> Retention:
    """The retention with notes on its two cycles, where there is one."""
    if found.reference is None:
        return found
    return replace(found, found=replace(found.found, notes=(*found.found.notes, *notes)))


def _other_window(done: Mapping[int, Cycle], begin: int, end: int) -> tuple[Note, ...]:
    """A doubt where both cycles ended at cutoffs, as other cycles did, but at different ones."""
    if begin not in done:
        return ()
    for which in ("charge", "discharge"):
        one, two = done[begin].half(which), done[end].half(which)
        volts = [half.voltage_reached for cycle in done.values() if (half := cycle.half(which))]
        if one is None or two is None or abs(one.voltage_reached - two.voltage_reached) <= _CUTOFF_VOLT:
            continue
        shared = [sum(abs(v - half.voltage_reached) <= 0.25 * _CUTOFF_VOLT for v in volts) for half in (one, two)]
        if min(shared) >= _SHARING:
            text = (
                f"the {which} of cycle {end} ends at {two.voltage_reached:.3f} V, that of its reference cycle {begin} "
            )
            text += f"at {one.voltage_reached:.3f} V: the retention holds the change of the cutoff (reference_cycle)"
            return (Note("doubt", "retention_other_window", text),)
    return ()


def _last_of_usual_pair(done: Mapping[int, Cycle]) -> int:
    """The last cycle, or, where another pair of currents has three times as many cycles (slow checks), its last one."""
    if not done:
        return 0
    last = done[max(done)]
    groups: list[list[Cycle]] = []
    for block in sorted({cycle.block for cycle in done.values()}):
        members = [cycle for cycle in done.values() if cycle.block == block]
        mine = next((group for group in groups if same_pair(group[0], members[0])), None)
        if mine is None:
            groups.append(members)
        else:
            mine.extend(members)
    most = max(groups, key=lambda group: sum(cycle.role == "cycling" for cycle in group))
    many = sum(cycle.role == "cycling" for cycle in most)
    own = next(len(group) for group in groups if same_pair(group[0], last))
    return most[-1].number if many >= _USUAL * own else last.number


def _pair(cycle: Cycle) -> str:
    """The currents of a cycle as text."""
    halves = (("charge", cycle.charge), ("discharge", cycle.discharge))
    parts = [f"{1e3 * half.current_a:.3g} mA {name}" for name, half in halves if half]
    return " and ".join(parts)


def _none(code: str, text: str) -> Retention:
    return Retention(found=refused(code, text))


def _retained(begin: Cycle | None, end: Cycle, which: str, error: InstrumentError | None) -> Retention:
    one, two = begin.half(which) if begin else None, end.half(which)
    if begin is None or one is None or two is None or begin.number >= end.number:
        text = f"no retention of cycle {end.number}: no earlier complete cycle at its rate (check reference_cycle)"
        return _none("retention_refused", text)
    value = 100.0 * two.charge_ah / one.charge_ah
    if value > MOST_PERCENT:
        text = f"no retention: cycle {end.number} has {value:.0f} % of the {which} capacity of cycle {begin.number}"
        text += ", so that was no full cycle; name another (reference_cycle)"
        return _none("retention_impossible", text)
    std = _std(value, (one, two), error)
    made = {
        "capacity_retention": Quantity(value, "%", std or None, "propagated" if std else "", 1),
        "reference_cycle": Quantity(begin.number, "", decimals=0),
        "retention_cycle": Quantity(end.number, "", decimals=0),
    }
    text = f"retention is the {which} capacity of cycle {end.number} against cycle {begin.number}"
    notes = [Note("info", "retention_reference", text)]
    if value > _UNUSUAL_PERCENT:
        text = f"the retention is {value:.0f} %: was cycle {begin.number} a full cycle at the same temperature?"
        notes.append(Note("doubt", "retention_above_100", f"{text} Else name another (reference_cycle)"))
    return Retention(found=Findings(quantities=made, notes=tuple(notes)), reference=begin)


def _std(percent: float, halves: tuple[Half, Half], error: InstrumentError | None) -> float:
    """Standard uncertainty (%): the disagreement of counters and integral on the ratio, and the instrument's error.

    Zero, which is printed as none, where the latter is not known and the former is below what is printed: that both
    agree tells nothing of an offset that both have.
    """
    one, two = halves
    other = 100.0 * two.other_ah / one.other_ah if one.other_ah > 0 else math.nan
    away = abs(percent - other) if math.isfinite(other) else 0.0
    if error:
        return math.hypot(away, percent * error.same_way(one, two))
    return away if away >= _PRINTED else 0.0


def _current(cycle: Cycle, which: str) -> float:
    half = cycle.half(which)
    return half.current_a if half else math.nan

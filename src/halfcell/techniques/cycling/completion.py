"""Whether half cycles are complete: by the voltage that they reach, by their charge, or by their duration.

A schedule ends a half cycle at a voltage, at a charge (capacity-limited silicon) or after a time. What several half
cycles of one direction share is such an end. The first half cycles may have an end voltage of their own (formation).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

_SHORT = 0.05  # of the voltage window: a half cycle that ends this far before the others is incomplete
_SHARED = 0.005  # of the voltage window: half cycles that reach the same voltage within this share a cutoff
_SAME = 0.002  # charges or durations within this fraction were ended by the same limit
_ENOUGH = 3  # half cycles that must share an end
_MOST = 0.6  # share of a direction's half cycles whose charge is one: that limit ends them all
_LESS = 0.98  # of the shared charge: less is not the limit
_FORMED = 5  # at most this many half cycles of a direction at the beginning have an end voltage of their own
_FEWEST = 2  # other half cycles: one shares nothing
_WILD = 0.2  # of the half cycles of a direction, chosen: with more the ends are not those of a limit
_SHORTER = 0.95  # of the charge before, chosen: beyond what cycles differ by
_CUT = 1.5  # times the usual ratio of currents at the end of a hold, chosen


class Completion(NamedTuple):
    """Whether each half cycle is complete, which of them ended at a voltage of their own, and notes."""

    finished: tuple[bool, ...]
    own_end: frozenset[int]
    notes: tuple[Note, ...]


class _Ends(NamedTuple):
    """What the half cycles of one direction share: indices, sorted end voltages, charges and durations, the target."""

    mine: tuple[int, ...]
    volts: tuple[float, ...]
    charges: tuple[float, ...]
    durations: tuple[float, ...]
    cutoff: float | None
    target: float


def completion(halves: Sequence[Half], settings: Settings, rows: int) -> Completion:
    """Judge each half cycle; `rows` is the length of the record.

    A half cycle is complete if it comes within 5 % of the voltage window of the end of its direction (as set, or the
    median), or if at least three of its direction share its end voltage, its charge or its duration. Where most of a
    direction have one charge, the last of a record needs that charge. With a voltage that never changes only charge and
    duration count.
    """
    ends = {d: _ends(halves, d, settings) for d in (1, -1)}
    window = abs(ends[1].target - ends[-1].target)
    constant = len({half.voltage_reached for half in halves}) == 1
    ended = halves[-1].last_row < rows - 1  # a later record means that the schedule continued
    short = [_is_short(i, halves, ends, window, ended=ended) for i in range(len(halves))]
    own = _own_ends(halves, ends, short)
    finished = [not bad or i in own for i, bad in enumerate(short)]
    notes = _own_notes(halves, ends, own)
    if not ended and len(halves) > 1:
        finished[-1] = finished[-1] and not _cut(halves, ends[halves[-1].direction], window, constant=constant)
    alone = len(ends[halves[-1].direction].mine) == 1 and ends[halves[-1].direction].cutoff is None
    if not ended and (alone or (constant and finished[-1] and not _limited(ends[halves[-1].direction]))):
        where = "in its only half cycle of that direction" if alone else "and the voltage tells nothing of its end"
        text = f"the record ends while current flows {where}, which may be incomplete"
        text = text if alone else f"the record ends while current flows, {where}: the last half cycle may be incomplete"
        notes = (*notes, Note("doubt", "end_not_judged", text))
    return Completion(tuple(finished), own, notes)


def _ends(halves: Sequence[Half], direction: int, settings: Settings) -> _Ends:
    mine = tuple(i for i, half in enumerate(halves) if half.direction == direction)
    volts = tuple(sorted(halves[i].voltage_reached for i in mine))
    cutoff = settings.upper_cutoff_volt if direction > 0 else settings.lower_cutoff_volt
    return _Ends(
        mine=mine,
        volts=volts,
        charges=tuple(sorted(halves[i].charge_ah for i in mine)),
        durations=tuple(sorted(halves[i].duration_s for i in mine)),
        cutoff=cutoff,
        target=cutoff if cutoff is not None else median(volts) if volts else math.nan,
    )


def _is_short(i: int, halves: Sequence[Half], ends: dict[int, _Ends], window: float, *, ended: bool) -> bool:
    """Whether a half cycle ended before the others of its direction, by all three criteria."""
    half = halves[i]
    own = ends[half.direction]
    if not _before(half, own, window):
        return False
    if _count(own.charges, half.charge_ah) >= _ENOUGH or _count(own.durations, half.duration_s) >= _ENOUGH:
        return False
    if own.cutoff is not None:
        return True
    if _between(own.volts, half.voltage_reached, _SHARED * window) >= _ENOUGH:
        return False
    wild = sum(_before(halves[j], own, window) for j in own.mine) > max(_WILD * len(own.mine), 1)
    last = i == len(halves) - 1 and not ended
    return not wild or (last and _less_charge(halves))


def _before(half: Half, ends: _Ends, window: float) -> bool:
    return (ends.target - half.voltage_reached) * half.direction > _SHORT * window


def _between(values: Sequence[float], value: float, within: float) -> int:
    """How many of some sorted values lie within an interval."""
    return bisect_right(values, value + within) - bisect_left(values, value - within)


def _count(values: Sequence[float], value: float) -> int:
    """How many of some sorted values are the same as one, itself included."""
    return _between(values, value, _SAME * abs(value))


def _limited(ends: _Ends) -> float:
    """The charge (Ah) with which most half cycles of a direction end; 0 where there is none."""
    if len(ends.charges) < _ENOUGH:
        return 0.0
    usual = median(ends.charges)
    shared = _count(ends.charges, usual)
    return usual if shared >= max(_ENOUGH, _MOST * len(ends.charges)) else 0.0


def _own_ends(halves: Sequence[Half], ends: dict[int, _Ends], short: Sequence[bool]) -> frozenset[int]:
    """The first half cycles of a direction that ended before the later ones, after which the schedule went on."""
    found = []
    for own in ends.values():
        lead = []
        for i in own.mine:
            if not short[i] or i == len(halves) - 1:
                break
            lead.append(i)
        if own.cutoff is None and 0 < len(lead) <= _FORMED and len(own.mine) - len(lead) >= max(2, len(lead)):
            found += lead
    return frozenset(found)


def _own_notes(halves: Sequence[Half], ends: dict[int, _Ends], own: frozenset[int]) -> tuple[Note, ...]:
    """A note on first half cycles to another voltage; a doubt where only one ended there: was it interrupted?"""
    notes = []
    for direction, what in ((1, "charge"), (-1, "discharge")):
        lead = [halves[i] for i in ends[direction].mine if i in own]
        if not lead:
            continue
        many = len(lead) > 1
        text = f"the first {len(lead)} {what}s end" if many else f"the first {what} ends"
        text += f" at {lead[-1].voltage_reached:.3f} V, the later ones at {ends[direction].target:.3f} V: "
        text += "taken as formation to another voltage"
        text += "" if many else "; if it was interrupted, its efficiency and capacity are not those of a full cycle"
        notes.append(Note("info" if many else "doubt", "own_end_voltage", text))
    return tuple(notes)


def _less_charge(halves: Sequence[Half]) -> bool:
    """Whether the last half cycle passed clearly less charge than the one of its direction before it."""
    same = [half for half in halves[:-1] if half.direction == halves[-1].direction]
    return bool(same) and halves[-1].charge_ah < _SHORTER * same[-1].charge_ah


def _cut(halves: Sequence[Half], ends: _Ends, window: float, *, constant: bool) -> bool:
    """Whether the last half cycle was cut off: in its hold, or before the charge with which the others end."""
    if _hold_cut(halves):
        return True
    if constant:
        return _less_charge(halves)
    limit = _limited(ends)
    at_cutoff = _between(ends.volts, halves[-1].voltage_reached, _SHARED * window) > 0.5 * len(ends.volts)
    return bool(limit) and halves[-1].charge_ah < _LESS * limit and not at_cutoff


def _hold_cut(halves: Sequence[Half]) -> bool:
    """Whether the last half cycle was cut off in the hold at constant voltage with which the others end."""
    last = halves[-1]
    others = [half for half in halves[:-1] if half.direction == last.direction and half.cv_ah > 0]
    if len(others) < _FEWEST or last.current_a <= 0:
        return False
    usual = median(half.end_current_a / half.current_a for half in others if half.current_a > 0)
    return last.end_current_a / last.current_a > max(_CUT * usual, usual + 0.05)

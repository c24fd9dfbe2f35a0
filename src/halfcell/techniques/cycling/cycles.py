"""Pair half cycles into cycles: which half cycle comes first, which are complete, which ran at one rate."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

from halfcell.core.result import Note
from halfcell.core.sample import CellKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

_SHORT = 0.05  # of the voltage window: a half cycle that ends this far before the others is incomplete
_SHARED = 0.005  # of the voltage window: half cycles that reach the same voltage within this share a cutoff
_SAME_RATE = 0.10  # currents that differ by less than this fraction are one rate
_PULSED = 10  # a half cycle with at least this many rests inside is pulsed (GITT)

Role = Literal["precycle", "formation", "pulses", "cycling"]


class Cycle(NamedTuple):
    """Two half cycles; `number` counts from 1, and a leading half cycle of the wrong kind is cycle 0.

    `block` numbers the stretches of cycles at one pair of currents.
    """

    number: int
    charge: Half | None
    discharge: Half | None
    complete: bool
    role: Role = "cycling"
    block: int = 0

    def half(self, which: str) -> Half | None:
        """The charge or the discharge."""
        return self.charge if which == "charge" else self.discharge

    @property
    def halves(self) -> tuple[Half, ...]:
        """The half cycles that were recorded, in order of time."""
        one, other = self.charge, self.discharge
        if one is None or other is None:
            return tuple(half for half in (one, other) if half is not None)
        return (one, other) if one.first_row < other.first_row else (other, one)


def first_direction(settings: Settings, halves: Sequence[Half]) -> int:
    """Direction of the first half cycle: an anode half cell is discharged, other cells are charged, unless set."""
    kind = settings.kind
    if settings.first != "auto":
        return 1 if settings.first == "charge" else -1
    if kind is None or kind is CellKind.SYMMETRIC:
        return halves[0].direction if halves else 1
    return -1 if kind.is_anode_half else 1


def pair(halves: Sequence[Half], settings: Settings, rows: int) -> tuple[tuple[Cycle, ...], tuple[Note, ...]]:
    """Pair half cycles into cycles; `rows` is the length of the record."""
    if not halves:
        return (), ()
    finished, notes = _finished(halves, settings, rows)
    first = first_direction(settings, halves)
    lead = halves[0].direction != first
    cycles = [_cycle(0, halves[:1], finished[:1], alone=True)] if lead else []
    rest = range(int(lead), len(halves), 2)
    cycles += [_cycle(n, halves[i : i + 2], finished[i : i + 2]) for n, i in enumerate(rest, start=1)]
    cycles = _blocks(cycles)
    if lead:
        what = "charge" if halves[0].direction > 0 else "discharge"
        notes += (
            Note(
                "info",
                "precycle",
                f"the test begins with a {what}, which is counted as cycle 0, before the first cycle",
            ),
        )
    open_ones = [str(cycle.number) for cycle in cycles if not cycle.complete and cycle.number > 0]
    if open_ones:
        numbers = f"cycle{'s' * (len(open_ones) > 1)} {', '.join(open_ones)}"
        text = f"incomplete: {numbers}; shown, but left out of efficiency and retention"
        notes += (Note("correction", "unfinished_cycle", text),)
    return tuple(cycles), notes + _role_notes(cycles) + _other_count(cycles)


def _cycle(number: int, halves: Sequence[Half], finished: Sequence[bool], *, alone: bool = False) -> Cycle:
    found = {half.direction: half for half in halves}
    return Cycle(
        number=number,
        charge=found.get(1),
        discharge=found.get(-1),
        complete=len(halves) == 2 and all(finished) and not alone,
        role="precycle" if alone else "pulses" if max(h.interruptions for h in halves) >= _PULSED else "cycling",
    )


def _finished(halves: Sequence[Half], settings: Settings, rows: int) -> tuple[list[bool], tuple[Note, ...]]:
    """Whether each half cycle is complete, judged by the voltage that the others of its direction reached."""
    reached = {d: sorted(h.voltage_reached for h in halves if h.direction == d) for d in (1, -1)}
    cutoff = {1: settings.upper_cutoff_volt, -1: settings.lower_cutoff_volt}
    target = {d: _end_of(cutoff[d], v) for d, v in reached.items()}
    window = abs(target[1] - target[-1])
    last = halves[-1]
    ended = last.last_row < rows - 1  # a later record means that the schedule continued
    alone = len(reached[last.direction]) == 1 and cutoff[last.direction] is None
    notes: tuple[Note, ...] = ()
    if alone and not ended:
        text = "the record ends while current flows in its only half cycle of that direction, which may be incomplete"
        notes = (Note("doubt", "end_not_judged", text),)
    short = [(target[h.direction] - h.voltage_reached) * h.direction > _SHORT * window for h in halves]
    for d in (1, -1):
        mine = [i for i, h in enumerate(halves) if h.direction == d]
        wild = cutoff[d] is None and sum(short[i] for i in mine) > max(0.2 * len(mine), 1)
        for i in (i for i in mine if short[i]):
            often = cutoff[d] is None and _shared(reached[d], halves[i].voltage_reached, _SHARED * window)
            ongoing = halves[i] is not last or ended
            short[i] = not often and (not wild or (not ongoing and _less_charge(halves)))
    finished = [not value for value in short]
    if not ended and _hold_cut(halves):
        finished[-1] = False
    return finished, notes


def _shared(reached: Sequence[float], value: float, within: float) -> bool:
    """Whether at least three half cycles reached this voltage, which is then a cutoff; `reached` is sorted."""
    return bisect_right(reached, value + within) - bisect_left(reached, value - within) >= 3


def _end_of(cutoff: float | None, reached: Sequence[float]) -> float:
    """The voltage at which half cycles of one direction end: as set, or the median of those reached."""
    if cutoff is not None:
        return cutoff
    return median(reached) if reached else math.nan


def _less_charge(halves: Sequence[Half]) -> bool:
    """Whether the last half cycle passed clearly less charge than the one of its direction before it."""
    same = [half for half in halves[:-1] if half.direction == halves[-1].direction]
    return bool(same) and halves[-1].charge_ah < 0.95 * same[-1].charge_ah


def _hold_cut(halves: Sequence[Half]) -> bool:
    """Whether the last half cycle was cut off in the hold at constant voltage with which the others end."""
    last = halves[-1]
    others = [half for half in halves[:-1] if half.direction == last.direction and half.cv_ah > 0]
    if len(others) < 2 or last.current_a <= 0:
        return False
    usual = median(half.end_current_a / half.current_a for half in others if half.current_a > 0)
    return last.end_current_a / last.current_a > max(1.5 * usual, usual + 0.05)


def same_rate(one: float, other: float) -> bool:
    """Whether two currents are one rate: within 10 % of the larger."""
    return abs(one - other) <= _SAME_RATE * max(abs(one), abs(other))


def _currents(cycle: Cycle) -> tuple[float, float]:
    charge, discharge = cycle.charge, cycle.discharge
    return charge.current_a if charge else math.nan, discharge.current_a if discharge else math.nan


def _blocks(cycles: Sequence[Cycle]) -> list[Cycle]:
    """Number the stretches of cycles at one pair of currents, and tell formation from the cycles after it."""
    block, key, role, made = 0, (math.nan, math.nan), "precycle", []
    for cycle in cycles:
        now = _currents(cycle)
        new = cycle.role != role or _another(now[0], key[0]) or _another(now[1], key[1])
        if cycle.number > 0 and (new or block == 0):
            block, key, role = block + 1, now, cycle.role
        made.append(cycle._replace(block=block if cycle.number > 0 else 0))
    return _formation(made)


def _another(one: float, other: float) -> bool:
    """Whether both currents are known and are different rates."""
    return not math.isnan(one + other) and not same_rate(one, other)


def _formation(cycles: list[Cycle]) -> list[Cycle]:
    """The first block is formation when it is short, slower than the next and not come back to as a rate."""
    sizes = Counter(cycle.block for cycle in cycles if cycle.block)
    if len(sizes) < 2 or sizes[1] > 5:
        return cycles
    one, two = (next(c for c in cycles if c.block == b) for b in (1, 2))
    slower = all(a < b or math.isnan(a + b) for a, b in zip(_currents(one), _currents(two), strict=True))
    other_kind = two.role != one.role
    if not (slower or other_kind) or (len(sizes) > 2 and sizes[2] <= 5 and not other_kind):
        return cycles  # a rate test, which begins at its slowest rate
    return [c._replace(role="formation") if c.block == 1 and c.role == "cycling" else c for c in cycles]


def _other_count(cycles: Sequence[Cycle]) -> tuple[Note, ...]:
    """A note where the instrument counts other cycles."""
    marks = {half.instrument_cycle for cycle in cycles for half in cycle.halves if half.part == 0}
    mine = sum(cycle.number > 0 for cycle in cycles)
    if None in marks or len(marks) in {mine, mine + 1} or any(h.part for c in cycles for h in c.halves):
        return ()
    text = f"the instrument counts {len(marks)} cycles, the half cycles make {mine}; its number is given for each cycle"
    return (Note("info", "instrument_counts", text),)


def _role_notes(cycles: Sequence[Cycle]) -> tuple[Note, ...]:
    notes = []
    for role, what in (("formation", "formation at another current"), ("pulses", "pulses with rests between")):
        numbers = [cycle.number for cycle in cycles if cycle.role == role]
        if numbers:
            span = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
            notes.append(f"cycle{'s' * (len(numbers) > 1)} {span}: {what}")
    return (Note("info", "cycle_roles", "; ".join(notes)),) if notes else ()

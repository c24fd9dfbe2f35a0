"""Pair half cycles into cycles: which half cycle comes first, which are complete, which ran at one rate."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.techniques.cycling.completion import Completion, completion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

_SAME_RATE = 0.10  # currents that differ by less than this fraction are one rate
_HELD = 0.9  # of its charge: with more at constant voltage a half cycle has no rate
_PULSED = 10  # a half cycle with at least this many rests inside is pulsed (GITT)

_MORE_OUT = 1.002  # times the charge of the first cycle: a larger first discharge put in more than the charge took out

Role = Literal["precycle", "formation", "pulses", "cycling"]
Out = Literal["auto", "charge", "discharge", "open"]

_BOTH = 2  # half cycles of a whole cycle
_SECOND = 2  # number of the block that follows on a formation
_SLOWER = 1.1  # times the current of the next block: currents that are one rate count as slower


class Cycle(NamedTuple):
    """Two half cycles; `number` counts from 1, and a leading half cycle of the wrong kind is cycle 0.

    `block` numbers the stretches of cycles at one pair of currents. `out` is the half cycle that takes charge out where
    the author says so; ``open`` where it is not known, and ``auto`` where the kind of the cell tells it.
    """

    number: int
    charge: Half | None
    discharge: Half | None
    complete: bool
    role: Role = "cycling"
    block: int = 0
    out: Out = "auto"

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
    """Direction of the first half cycle: an anode half cell is discharged, other cells are charged, unless set.

    Parameters
    ----------
    settings
        The kind of the cell, or which half cycle comes first.
    halves
        Half cycles in order.

    Returns
    -------
    int
        1 for a charge, -1 for a discharge.

    Source: definition: a fresh anode half cell is lithiated first, by a discharge.
    """
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
    judged = completion(halves, settings, rows)
    notes = judged.notes
    first = first_direction(settings, halves)
    lead = halves[0].direction != first
    cycles = [_cycle(0, halves, slice(0, 1), judged, alone=True)] if lead else []
    rest = range(int(lead), len(halves), 2)
    cycles += [_cycle(n, halves, slice(i, i + 2), judged) for n, i in enumerate(rest, start=1)]
    out, undefined = _taken_out(cycles, settings)
    cycles = [cycle._replace(out=out) for cycle in _blocks(cycles)]
    cycles, excluded = _without_excluded(cycles, settings.exclude_cycles)
    notes += (*undefined, *excluded)
    if lead:
        what = "charge" if halves[0].direction > 0 else "discharge"
        notes += (
            Note(
                "info",
                "precycle",
                f"the test begins with a {what}, which is counted as cycle 0, before the first cycle",
            ),
        )
    left_out = {0, *settings.exclude_cycles}
    open_ones = [str(cycle.number) for cycle in cycles if not cycle.complete and cycle.number not in left_out]
    if open_ones:
        numbers = f"cycle{'s' * (len(open_ones) > 1)} {', '.join(open_ones)}"
        text = f"incomplete: {numbers}; shown, but left out of efficiency and retention"
        notes += (Note("correction", "unfinished_cycle", text),)
    return tuple(cycles), notes + _role_notes(cycles) + _other_count(cycles)


def _taken_out(cycles: Sequence[Cycle], settings: Settings) -> tuple[Out, tuple[Note, ...]]:
    """The half cycle that takes charge out of the electrode, where the kind of the cell alone does not tell it.

    A cathode that is discharged first takes up in this discharge what the charge after it takes out (conversion), but
    is also known by its discharge over its charge (Li-S, whose shuttle lengthens the charge). Where its first discharge
    is the larger one, discharge over charge would be above 100 %: which one is meant has to be said.
    """
    if settings.efficiency_of != "auto":
        return ("charge" if settings.efficiency_of == "charge/discharge" else "discharge"), ()
    first = next((cycle for cycle in cycles if cycle.number == 1), None)
    cathode = settings.kind is not None and settings.kind.is_half and not settings.kind.is_anode_half
    if not cathode or first is None or first.charge is None or first.discharge is None:
        return "auto", ()
    put, out = first.discharge, first.charge
    if put.first_row > out.first_row or put.net_ah <= _MORE_OUT * out.net_ah:
        return "auto", ()
    text = (
        f"no Coulombic efficiency: the first discharge ({1e3 * put.net_ah:.4g} mAh) is larger than the charge after it"
    )
    text += (
        f' ({1e3 * out.net_ah:.4g} mAh); say which is over which (efficiency_of = "charge/discharge" for conversion, '
    )
    return "open", (Note("refused", "efficiency_open", f'{text}"discharge/charge" for Li-S)'),)


def _without_excluded(cycles: list[Cycle], numbers: Sequence[int]) -> tuple[list[Cycle], tuple[Note, ...]]:
    """The cycles, those that the author leaves out marked as not complete, and what is said of them."""
    there = {cycle.number for cycle in cycles}
    found, missing = ([str(n) for n in sorted(set(numbers)) if (n in there) is wanted] for wanted in (True, False))
    notes = []
    if found:
        text = f"left out as asked (exclude_cycles): cycle{'s' * (len(found) > 1)} {', '.join(found)}"
        notes.append(Note("correction", "excluded_cycles", text))
    if missing:
        text = (
            f"exclude_cycles names cycle{'s' * (len(missing) > 1)} {', '.join(missing)}, which the test does not have"
        )
        notes.append(Note("doubt", "excluded_missing", text))
    marked = [cycle._replace(complete=False) if cycle.number in set(numbers) else cycle for cycle in cycles]
    return marked, tuple(notes)


def _cycle(number: int, halves: Sequence[Half], part: slice, judged: Completion, *, alone: bool = False) -> Cycle:
    mine = halves[part]
    found = {half.direction: half for half in mine}
    role: Role = "precycle" if alone else "pulses" if max(h.interruptions for h in mine) >= _PULSED else "cycling"
    if role == "cycling" and judged.own_end.intersection(range(part.start, part.stop)):
        role = "formation"
    return Cycle(
        number=number,
        charge=found.get(1),
        discharge=found.get(-1),
        complete=len(mine) == _BOTH and all(judged.finished[part]) and not alone,
        role=role,
    )


def same_rate(one: float, other: float) -> bool:
    """Whether two currents are one rate: within 10 % of the larger.

    Parameters
    ----------
    one, other
        A, or any unit that both have.

    Returns
    -------
    bool
        False where one is not a number.

    Source: definition.
    """
    return abs(one - other) <= _SAME_RATE * max(abs(one), abs(other))


def _currents(cycle: Cycle) -> tuple[float, float]:
    charge, discharge = cycle.charge, cycle.discharge
    return _rate_of(charge), _rate_of(discharge)


def _rate_of(half: Half | None) -> float:
    """The current of a half cycle (A); not a number where there is none, or nearly all flowed at constant voltage."""
    return math.nan if half is None or half.cv_ah > _HELD * half.charge_ah else half.current_a


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
    """The first block is formation when it is slower than the next, shorter, and not a rate that is returned to.

    Slow checks between stretches at the second pair of currents do not count as a return.
    """
    sizes = Counter(cycle.block for cycle in cycles if cycle.block)
    if len(sizes) < _SECOND:
        return cycles
    one, two = (next(c for c in cycles if c.block == b) for b in (1, 2))
    slower = all(a <= _SLOWER * b or math.isnan(a + b) for a, b in zip(_currents(one), _currents(two), strict=True))
    other_kind = two.role != one.role
    later = {c.block: c for c in cycles if c.block > _SECOND and c.role == one.role}
    back = [block for block, c in later.items() if same_pair(c, one)]
    again = [block for block, c in later.items() if same_pair(c, two)]
    returned = bool(back) and not again
    shorter = sizes[1] < sizes[2] or (len(sizes) == _SECOND and sizes[1] == sizes[2])
    if not other_kind and (not slower or returned or not shorter):
        return cycles  # a rate test, which begins at its slowest rate
    return [c._replace(role="formation") if c.block == 1 and c.role == "cycling" else c for c in cycles]


def same_pair(one: Cycle, other: Cycle) -> bool:
    """Whether two cycles ran at one pair of currents; a half cycle that is missing, or held throughout, fits any.

    Parameters
    ----------
    one, other
        Two cycles with their currents (A).

    Returns
    -------
    bool
        False where charge or discharge ran at another current.

    Source: procedure of this package.
    """
    if one.block == other.block > 0:
        return True
    for a, b in ((one.charge, other.charge), (one.discharge, other.discharge)):
        if a is not None and b is not None and _another(_rate_of(a), _rate_of(b)):
            return False
    return True


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

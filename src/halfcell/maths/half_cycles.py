"""Runs and half cycles of a current record, separated by charge and never by a threshold on the current.

A *run* is a stretch of records with one sign of the current inside one step. A *half cycle* lies between two turning
points of the charge. A reversal counts once it has moved more than a small fraction (1 %) of the charge of the median
half cycle, so that single stray records, resistance pulses and relaxations do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.current_record import Record
from halfcell.maths.row_spans import Spans
from halfcell.maths.turning_points import turning_points, without_pulses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

CHUNK = 1 << 16  # rows at once: small enough to stay in the cache, so memory does not grow with the record
_TRIM = 1e-4  # fraction of its charge by which a half cycle's ends may be cut back to where it really begins and ends
_DUST = 1e-6  # fraction of the largest run below which a run cannot matter
_INTERVALS = 3.0  # of a run's own: a longer one before it is a pause, in which its current did not flow


@dataclass(frozen=True, kw_only=True, eq=False)
class Runs:
    """Runs of a record, one entry per run. `stop` is one past the last row; charge and energy are signed."""

    start: Integers
    stop: Integers
    sign: Floats
    charge_ah: Floats
    energy_wh: Floats
    duration_s: Floats

    def __len__(self) -> int:
        """Number of runs."""
        return len(self.start)


@dataclass(frozen=True, kw_only=True, eq=False)
class HalfCycles:
    """Half cycles in order, one entry per half cycle.

    `direction` is +1 for charge, -1 for discharge; `first_run` .. `last_run` (inclusive) are the runs it spans,
    `first_row` .. `last_row` (inclusive) the rows between its true ends. `charge_ah`, `energy_wh` and `duration_s`
    count the current in its direction only (gross); `reverse_ah` and `reverse_wh` are the charge and the energy that
    flowed the other way within it, positive.
    `interruptions` is the number of rests within it.
    """

    direction: Integers
    first_run: Integers
    last_run: Integers
    first_row: Integers
    last_row: Integers
    charge_ah: Floats
    reverse_ah: Floats
    energy_wh: Floats
    reverse_wh: Floats
    duration_s: Floats
    interruptions: Integers

    def __len__(self) -> int:
        """Number of half cycles."""
        return len(self.direction)


def interval_charges(record: Record, first: int, stop: int) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Charge, energy and time of the intervals between records, and where runs begin.

    Within a run the trapezoid rule holds, ``(I0 + I1) / 2 * dt``. In the interval before the first record of a run the
    current of that record has flowed for the time since the step began. Without a step clock the whole interval
    counts, unless it is longer than three of the run's own intervals; before the very first record the test time is
    used in the same way. Nothing is counted between two files, where the clock jumps back, or during a pause.

    Parameters
    ----------
    record
        Time (s), current (A), voltage (V) and steps, shape (n,).
    first, stop
        The intervals that end at the rows ``first`` .. ``stop - 1``.

    Returns
    -------
    tuple
        Charge (As), energy (Ws), time (s) of each, and whether a run begins at its end, shape (stop - first,) each.

    Source: definition; the trapezoid rule within a run.
    """
    low = max(first - 1, 0)
    rows = slice(low, stop)
    current, voltage, time = record.current_a[rows], record.voltage_v[rows], record.time_s[rows]
    step_s = np.diff(time)
    begins, breaks = _borders(record, rows, current, step_s)
    power = current * voltage
    charge = 0.5 * (current[1:] + current[:-1]) * step_s
    energy = 0.5 * (power[1:] + power[:-1]) * step_s
    at = np.flatnonzero(begins)
    lead = _lead_time(record, step_s, at, low)
    step_s[at], charge[at], energy[at] = lead, current[at + 1] * lead, power[at + 1] * lead
    for values in (charge, energy, step_s):
        values[breaks] = 0.0
    if first > 0:
        return charge, energy, step_s, begins
    seconds = _first_lead(record)
    begin = (current[0] * seconds, power[0] * seconds, seconds)
    charge, energy, step_s = (np.insert(v, 0, x) for v, x in zip((charge, energy, step_s), begin, strict=True))
    return charge, energy, step_s, np.insert(begins, 0, True)


def _borders(
    record: Record, rows: slice, current: Floats, step_s: Floats
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where a run begins, and where no charge may be counted."""
    sign = np.sign(current)
    breaks = step_s < 0
    if record.part is not None:
        part = record.part[rows]
        breaks |= part[1:] != part[:-1]
    begins = (sign[1:] != sign[:-1]) | breaks | (step_s > record.pause_s)
    if record.step is not None:
        step = record.step[rows]
        begins |= step[1:] != step[:-1]
    return begins, breaks


def _lead_time(record: Record, step_s: Floats, at: Integers, low: int) -> Floats:
    """Time for which the current of a run's first record has flowed before it; zero where that would be a pause."""
    before = step_s[at]
    if record.step_time_s is not None:
        since = np.minimum(before, np.maximum(record.step_time_s[at + 1 + low], 0.0))
        return np.where(since > record.pause_s, 0.0, since)
    following = step_s[np.minimum(at + 1, len(step_s) - 1)] if len(step_s) else before
    known = (before <= _INTERVALS * np.maximum(following, 1e-3)) & (before <= record.pause_s)
    return np.where(known, before, 0.0)


def _first_lead(record: Record) -> float:
    """Time for which the first record's current has flowed: since the test began, unless that is too long ago."""
    elapsed = float(record.time_s[0])
    if record.step_time_s is not None:
        return min(elapsed, max(float(record.step_time_s[0]), 0.0))
    following = float(record.time_s[1]) - elapsed if len(record.time_s) > 1 else 0.0
    return elapsed if 0.0 < elapsed <= _INTERVALS * following else 0.0


def find_runs(record: Record) -> Runs:
    r"""Split a record into runs, in chunks of rows: charge :math:`\int I\,dt` and energy :math:`\int I U\,dt` of each.

    Parameters
    ----------
    record
        Time (s), current (A), voltage (V) and steps, shape (n,).

    Returns
    -------
    Runs
        The first row of each run, its charge (Ah), energy (Wh) and duration (s).

    Source: definition; sums as in `interval_charges`.
    """
    starts: list[Integers] = []
    sums: list[list[Floats]] = [[], [], []]
    size = len(record.time_s)
    for first in range(0, size, CHUNK):
        *values, begins = interval_charges(record, first, min(first + CHUNK, size))
        at = np.flatnonzero(begins)
        starts.append(at + first)
        heads = at if len(at) and at[0] == 0 else np.concatenate((np.zeros(1, np.int64), at))
        for column, kept in zip(values, sums, strict=True):
            part = np.add.reduceat(column, heads)
            if len(heads) != len(at):  # the chunk begins inside the last run
                kept[-1][-1] += part[0]
                part = part[1:]
            if len(part):
                kept.append(part)
    start = np.concatenate(starts) if starts else np.zeros(0, np.int64)
    charge, energy, duration = (np.concatenate(kept) if kept else np.zeros(0) for kept in sums)
    return Runs(
        start=start,
        stop=np.append(start[1:], size).astype(np.int64) if size else start,
        sign=np.sign(record.current_a[start]),
        charge_ah=charge / 3600.0,
        energy_wh=energy / 3600.0,
        duration_s=duration,
    )


def find_half_cycles(runs: Runs, blip_part: float = 0.01) -> HalfCycles:
    """Join runs into half cycles.

    A reversal of the charge begins a new half cycle once it exceeds `blip_part` of the charge of the median half
    cycle. The median is found by iteration, which starts from the largest run. A stretch of less than 5 % of both its
    neighbours is a pulse within one half cycle: what goes in cannot come out in the charges between them.

    Parameters
    ----------
    runs
        The runs of a record.
    blip_part
        Part of the charge of the median half cycle.

    Returns
    -------
    HalfCycles
        Their runs, charges (Ah), energies (Wh) and durations (s), in the order of the record.

    Source: procedure of this package (see docs/explanation/half-cycles-and-efficiency.md).
    """
    matter = np.flatnonzero(np.abs(runs.charge_ah) > _DUST * np.max(np.abs(runs.charge_ah), initial=0.0))
    charge = runs.charge_ah[matter]
    if not len(charge):
        return _no_half_cycles()
    typical, ends, before = float(np.max(np.abs(charge))), [0], [0]
    for _ in range(16):
        ends, before = turning_points(charge, blip_part * typical), ends
        if ends == before:
            break
        typical = float(np.median(np.abs(np.add.reduceat(charge, ends[:-1]))))
    bounds = [(int(matter[a]), int(matter[b - 1])) for a, b in pairwise(without_pulses(charge, ends))]
    return _collect(runs, bounds)


def _no_half_cycles() -> HalfCycles:
    whole, real = np.zeros(0, np.int64), np.zeros(0)
    return HalfCycles(
        direction=whole,
        first_run=whole,
        last_run=whole,
        first_row=whole,
        last_row=whole,
        charge_ah=real,
        reverse_ah=real,
        energy_wh=real,
        reverse_wh=real,
        duration_s=real,
        interruptions=whole,
    )


def _collect(runs: Runs, bounds: list[tuple[int, int]]) -> HalfCycles:
    """Sum the runs of each half cycle (first and last run given) and find its true ends."""
    first, last = (np.array(side, np.int64) for side in zip(*bounds, strict=True))
    spans = Spans(first, last + 1)
    charge, sign, energy, duration = map(spans.lay, (runs.charge_ah, runs.sign, runs.energy_wh, runs.duration_s))
    net = spans.sum(charge)
    direction = np.where(net >= 0, 1, -1)
    along = np.maximum(charge * spans.spread(direction), 0.0)
    gross = spans.sum(along)
    begin, end = _trimmed(spans, along, gross)
    rests = (sign == 0) & (spans.places >= spans.spread(begin)) & (spans.places <= spans.spread(end))
    shift = first - spans.begin
    return HalfCycles(
        direction=direction,
        first_run=first,
        last_run=last,
        first_row=runs.start[begin + shift],
        last_row=runs.stop[end + shift] - 1,
        charge_ah=gross,
        reverse_ah=np.maximum(gross - net * direction, 0.0),
        energy_wh=spans.sum(np.where(along > 0, energy, 0.0)) * direction,
        reverse_wh=-spans.sum(np.where(along > 0, 0.0, energy)) * direction,
        duration_s=spans.sum(np.where(along > 0, duration, 0.0)),
        interruptions=spans.sum(rests.astype(np.int64)),
    )


def _trimmed(spans: Spans, along: Floats, gross: Floats) -> tuple[Integers, Integers]:
    """First and last place of each half cycle, cut back at either end by what holds less than 1e-4 of its charge."""
    reached = np.cumsum(along)
    before = reached - along
    early = reached - spans.spread(before[spans.begin]) <= spans.spread(_TRIM * gross)
    late = spans.spread(reached[spans.last]) - before <= spans.spread(_TRIM * gross)
    return spans.begin + spans.sum(early.astype(np.int64)), spans.last - spans.sum(late.astype(np.int64))

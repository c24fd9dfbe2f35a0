"""Measures of many half cycles at once, besides their charge: hold, current, end voltages, uncertainty, gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.half_cycles import CHUNK
from halfcell.maths.row_samples import batches, sampled
from halfcell.maths.row_spans import Spans, first_where, largest, median, smallest, steps, weighted_median
from halfcell.techniques.cycling.held_voltage import Rows, held_charge

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.current_record import Record
    from halfcell.maths.half_cycles import HalfCycles

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_GAP = 10.0  # an interval longer than this many mean ones may hide a pause
_CURRENTS, _NOISES = 512, 512  # a median is taken over about this many records at most
_FEWEST_NOISY = 4  # records: a scatter of fewer says nothing of the current's noise
_MANY = 20  # records: in fewer an interval of a twentieth of the time is usual


@dataclass(frozen=True, kw_only=True, eq=False)
class Measures:
    """One entry per half cycle, in A, V and As.

    `held_as` is the charge of the part at constant voltage, `current_a` the current before it, `charge_std_as` the
    standard uncertainty of the integrated charge, `reached_v` the extreme voltage in its direction, `longest_part` the
    fraction of its charge that flowed between two records much further apart than the others (0 where there are none).
    """

    held_as: Floats
    current_a: Floats
    charge_std_as: Floats
    end_v: Floats
    reached_v: Floats
    longest_part: Floats


def measure(record: Record, table: HalfCycles) -> Measures:
    """Measure all half cycles in batches of rows, so that the memory needed does not grow with the record."""
    start, stop = table.first_row, table.last_row + 1
    parts = [_batch(record, table, part, Spans(start[part], stop[part])) for part in batches(start, stop, CHUNK)]
    if not parts:
        return Measures(**dict.fromkeys(Measures.__dataclass_fields__, np.zeros(0)))
    return Measures(**{name: np.concatenate([part[name] for part in parts]) for name in Measures.__dataclass_fields__})


def _batch(record: Record, table: HalfCycles, part: slice, spans: Spans) -> dict[str, Floats]:
    time, current, voltage = (spans.lay(c) for c in (record.time_s, record.current_a, record.voltage_v))
    step_s = steps(spans, time)
    pause = step_s > record.pause_s
    if record.part is not None:  # nothing is counted at the seam of two files
        pause |= steps(spans, spans.lay(record.part)) != 0
    rows = Rows(spans, time, current, voltage, np.where(pause, 0.0, step_s))
    direction = table.direction[part]
    held_as, begin = held_charge(rows, None if record.mode is None else spans.lay(record.mode))
    steady = steady_current(rows, direction, begin)
    return {
        "held_as": held_as,
        "current_a": steady,
        "charge_std_as": charge_std(rows, record, steady),
        "end_v": voltage[spans.last],
        "reached_v": np.where(direction > 0, largest(spans, voltage), smallest(spans, voltage)),
        "longest_part": longest_part(rows, table.charge_ah[part]),
    }


def steady_current(rows: Rows, direction: Integers, begin: Integers) -> Floats:
    """Current before the part at constant voltage: time-weighted median of about 512 records with current.

    Parameters
    ----------
    rows
        Rows of all half cycles: current (A), time (s), voltage (V).
    direction
        +1 for charge, -1 for discharge, shape (half cycles,).
    begin
        Place where the part at constant voltage begins, shape (half cycles,); -1 for none.

    Returns
    -------
    numpy.ndarray
        A, positive, shape (half cycles,).

    Source: definition.
    """
    spans = rows.spans
    along = rows.current * spans.spread(direction)
    held = spans.spread(np.where(begin < 0, np.inf, rows.time[begin]))
    count = np.minimum(first_where(spans, rows.time >= held) - spans.begin + 1, spans.length)
    at, number = sampled(spans.begin, count, _CURRENTS)
    live = along[at] > 0
    number = np.add.reduceat(live.astype(np.int64), np.cumsum(number) - number)
    at, some = at[live], number > 0
    current = largest(spans, along)
    if len(at):
        stop = np.cumsum(number[some])
        chosen = Spans(stop - number[some], stop)
        current[some] = weighted_median(chosen, along[at], _weights(chosen, rows.time[at]))
    return current


def _weights(spans: Spans, time: Floats) -> Floats:
    """The time that each sampled record represents: half of that between its neighbours; 1 for a single record."""
    before, after = np.maximum(spans.places - 1, spans.spread(spans.begin)), spans.places + 1
    after = np.minimum(after, spans.spread(spans.last))
    weights: Floats = np.maximum((time[after] - time[before]) / np.maximum(after - before, 1), 0.0)
    weights[spans.begin[spans.length == 1]] = 1.0
    return weights


def charge_std(rows: Rows, record: Record, current: Floats) -> Floats:
    """Standard uncertainty of each integrated charge: noise, sparse records, an unknown first interval.

    The noise is taken from the differences of neighbouring records (their median, so that steps do not count); white
    noise adds up as the root of the sum of dt squared. What sparse records leave open lies between the sums that take
    the first and the last current of each interval: half of it is the limit of a uniform distribution, which gives
    the std.

    Parameters
    ----------
    rows, record
        Rows of all half cycles, and the record they are of.
    current
        Steady current of each (A), shape (half cycles,).

    Returns
    -------
    numpy.ndarray
        As, shape (half cycles,).

    Source: JCGM 100:2008 (GUM), 4.3.7 and 5.1.2.
    """
    spans = rows.spans
    change = steps(spans, rows.current)
    many = spans.length >= _FEWEST_NOISY
    noise = np.zeros(len(spans))
    at, number = sampled(spans.begin[many], spans.length[many] - 1, _NOISES)
    if len(at):
        stop = np.cumsum(number)
        noise[many] = 1.4826 * median(Spans(stop - number, stop), np.abs(change[at])) / np.sqrt(2.0)
    spread = noise * np.sqrt(spans.sum(rows.step_s * rows.step_s))
    sparse = np.abs(spans.sum(change * rows.step_s)) / (2.0 * np.sqrt(3.0))
    inner = np.zeros(len(spans)) if record.step_time_s is not None else _pulse_leads(rows)
    std = np.sqrt(spread**2 + sparse**2 + (_lead(rows, record, current) + inner) ** 2)
    return np.where(many, std, 0.0)


def _pulse_leads(rows: Rows) -> Floats:
    """Uncertainty (As) of the charge before the first record of every pulse within a half cycle (titrations).

    It has one sign, so that the pulses of a half cycle add up.
    """
    size = np.abs(rows.current)
    if size.all():
        return np.zeros(len(rows.spans))
    following = np.append(rows.step_s[1:], 0.0)
    begins = (size == 0) & (np.append(size[1:], 0.0) > 0) & (rows.step_s > 3.0 * np.maximum(following, 1e-3))
    open_as = np.where(begins, np.append(size[1:], 0.0) * 3.0 * following / np.sqrt(12.0), 0.0)
    return rows.spans.sum(open_as)


def _lead(rows: Rows, record: Record, current: Floats) -> Floats:
    """Uncertainty (As) of the charge before each first record, where no step time tells when the step began."""
    spans = rows.spans
    if record.step_time_s is not None:
        return np.zeros(len(spans))
    gap = rows.time[spans.begin] - record.time_s[np.maximum(spans.start - 1, 0)]
    following = np.maximum(rows.step_s[spans.begin], 1e-3)
    open_ = (gap > 3.0 * following) & (spans.start > 0)
    return np.where(open_, current * 3.0 * following / np.sqrt(12.0), 0.0)


def longest_part(rows: Rows, charge_ah: Floats) -> Floats:
    """Fraction of each charge that flowed between two records much further apart than the others.

    Parameters
    ----------
    rows
        Rows of all half cycles: current (A), time (s).
    charge_ah
        Charges (Ah), shape (half cycles,).

    Returns
    -------
    numpy.ndarray
        0 to 1, shape (half cycles,); 0 without such.

    Source: procedure of this package.
    """
    spans = rows.spans
    longest = largest(spans, rows.step_s)
    at = first_where(spans, rows.step_s == spans.spread(longest))
    current = np.abs(rows.current[at]), np.abs(rows.current[np.minimum(at + 1, spans.last)])
    far = longest >= _GAP * spans.sum(rows.step_s) / np.maximum(spans.length - 1, 1)
    distant = far & (spans.length > _MANY) & (charge_ah > 0) & (np.minimum(*current) > 0) & (at < spans.last)
    part = np.zeros(len(spans))
    part[distant] = (0.5 * longest * (current[0] + current[1]))[distant] / 3600.0 / charge_ah[distant]
    return part

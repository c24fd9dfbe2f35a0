"""Join the files of one test in order of time; charge is counted between two of them where the records run on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.techniques.cycling.repeated_records import without_repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP_S = 1.0  # test time between two files whose clocks are not known
_OVERLAP_S = 60.0  # clocks of one instrument may be set back by as much between two files
_RUNS_ON = 1.5  # intervals of the records: a file that begins within as many goes on where the one before ends
_AS_GIVEN = "in the order given, as they have no start time"
_BY_TIMES = "ordered by their test times"


def join(measurements: Sequence[Measurement]) -> Measurement:
    """Put several files of one test end to end.

    They are ordered by the instrument's clock, else by ``meta["started"]``, else by their test times where each begins
    after the one before ends, and kept in the order given where nothing tells. The test time continues over the files;
    the column ``source_index`` numbers them. Where the first record of a file follows the last of the one before as
    records of one file do, both belong to one stretch (``stretch_index``), and the charge between them counts; else
    none is counted from one file to the next. Columns that are missing in a file are left out. Records that two files
    share, as an export of the whole test so far does with earlier ones, are used once.

    Raises
    ------
    InputError
        If there is nothing to join, or two files overlap in time.
    """
    if not measurements:
        raise InputError("there is no file to join")
    if len(measurements) == 1:
        return measurements[0]
    measurements, repeated = without_repeats(measurements)
    ordered, how = _in_order(measurements)
    columns = [name for name in ordered[0].columns if all(name in m.columns for m in ordered)]
    offsets, stretches = _offsets(ordered)
    joined = {name: np.concatenate([m.columns[name] for m in ordered]) for name in columns}
    shifted = [m["test_time_second"] + offset for m, offset in zip(ordered, offsets, strict=True)]
    joined["test_time_second"] = np.concatenate(shifted)
    for name, numbers in (("source_index", range(len(ordered))), ("stretch_index", stretches)):
        joined[name] = np.concatenate([np.full(len(m), float(i)) for i, m in zip(numbers, ordered, strict=True)])
    note = Note("doubt" if how == _AS_GIVEN else "info", "joined", f"{len(ordered)} files are read as one test, {how}")
    first = ordered[0]
    meta = dict(first.meta) | {"files": [m.where for m in ordered]}
    meta["simulated"] = any(m.is_simulated for m in ordered)
    notes = tuple(dict.fromkeys(note for m in ordered for note in m.notes))
    notes = (*notes, *repeated, note) if len(ordered) > 1 else (*notes, *repeated)
    return Measurement(technique=first.technique, columns=joined, meta=meta, notes=notes, source=first.source)


def _in_order(measurements: Sequence[Measurement]) -> tuple[list[Measurement], str]:
    """The files in order of time, and what tells it."""
    if all("unix_time_second" in m for m in measurements):
        return sorted(measurements, key=lambda m: float(m["unix_time_second"][0])), "ordered by their clocks"
    by_time = sorted(measurements, key=_begin)
    one_after_another = all(_begin(later) > _end(earlier) for earlier, later in pairwise(by_time))
    if all(m.meta.get("started") for m in measurements):
        if one_after_another and len({str(m.meta["started"]) for m in measurements}) == 1:
            return by_time, _BY_TIMES
        return sorted(measurements, key=lambda m: str(m.meta["started"])), "ordered by their clocks"
    return (by_time, _BY_TIMES) if one_after_another else (list(measurements), _AS_GIVEN)


def _begin(m: Measurement) -> float:
    return float(m["test_time_second"][0])


def _end(m: Measurement) -> float:
    return float(m["test_time_second"][-1])


def _offsets(ordered: Sequence[Measurement]) -> tuple[list[float], list[int]]:
    """What to add to the test time of each file so that the time continues, and the stretch to which each belongs."""
    clocks = all("unix_time_second" in m for m in ordered)
    offsets, stretches = [0.0], [0]
    for before, m in pairwise(ordered):
        end = _end(before) + offsets[-1]
        gap = _gap(before, m, clocks=clocks)
        runs_on = _runs_on(before, m, gap)
        stretches.append(stretches[-1] + (not runs_on))
        if runs_on or (gap > 0 and not clocks):
            offsets.append(end + gap - _begin(m))
            continue
        by_clock = _begin_by_clock(ordered[0], m) if clocks else -np.inf
        if clocks and by_clock < end - _OVERLAP_S:
            raise InputError("two files of the test overlap in time", m.where, "give only the files of one cell")
        offsets.append(max(by_clock, end + _GAP_S) - _begin(m))
    return offsets, stretches


def _gap(before: Measurement, after: Measurement, *, clocks: bool) -> float:
    """Seconds from the last record of a file to the first of the next, by clock or test time; below zero: not known."""
    name = "unix_time_second" if clocks else "test_time_second"
    return float(after[name][0]) - float(before[name][-1])


def _begin_by_clock(first: Measurement, m: Measurement) -> float:
    """When a file begins, in the test time of the first."""
    return float(m["unix_time_second"][0]) - float(first["unix_time_second"][0]) + _begin(first)


def _runs_on(before: Measurement, after: Measurement, gap: float) -> bool:
    """Whether a file goes on where the one before ends: within an interval of the records, and within its step.

    A step that began only after the last record, under the number of the step before, is a test that was started anew.
    """
    usual = max(_interval(before, -2), _interval(after, 0))
    if not 0.0 < gap <= _RUNS_ON * usual:
        return False
    if any("step_time_second" not in m for m in (before, after)):
        return True
    number = next((n for n in ("step_count", "step_id") if n in before and n in after), None)
    another = number is not None and before[number][-1] != after[number][0]
    return another or float(after["step_time_second"][0]) >= gap / _RUNS_ON


def _interval(m: Measurement, place: int) -> float:
    """The interval (s) that begins at a record; zero for a single record."""
    time = m["test_time_second"]
    return float(time[place + 1] - time[place]) if len(time) > 1 else 0.0

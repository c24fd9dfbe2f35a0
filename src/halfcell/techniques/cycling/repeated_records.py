"""Records that two files of one test share: an export of the whole test so far repeats those of earlier exports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Floats = NDArray[np.float64]

_COMPARED = ("voltage_volt", "current_ampere", "step_time_second", "cycle_count", "step_id", "unix_time_second")
_LEAST = 10  # fewer equal records than this may be a coincidence


def without_repeats(measurements: Sequence[Measurement]) -> tuple[list[Measurement], tuple[Note, ...]]:
    """The measurements without records that another of them holds as well, and a note on each file that repeats some.

    Records are the same where voltage, current and whatever else both files hold of them (times within the step, cycle,
    step, clock) are equal to the last digit, over the whole stretch that the files would share; a stretch without
    current, or of less than ten records, tells nothing.
    """
    kept: dict[int, Measurement] = {}
    notes: list[Note] = []
    for place in sorted(range(len(measurements)), key=lambda place: -len(measurements[place])):
        left = measurements[place]
        for other in kept.values():
            left, shared = _without(left, other)
            if shared:
                where = f"{shared} records of {measurements[place].where or f'part {place + 1}'}"
                text = f"{where} are also in {other.where or 'another part'}; they are used once"
                notes.append(Note("correction", "records_repeated", text))
            if not len(left):
                break
        if len(left):
            kept[place] = left
    return [kept[place] for place in sorted(kept)], tuple(notes)


def _without(one: Measurement, longer: Measurement) -> tuple[Measurement, int]:
    """What is left of a measurement besides the records it shares with a longer one, and how many it shares."""
    names = [name for name in _COMPARED if name in one and name in longer]
    mine, theirs = (np.column_stack([m[name].astype(np.float64) for name in names]) for m in (one, longer))
    at = _inside(mine, theirs)
    if at is not None:
        return _part(one, slice(0, 0)), len(one)
    end = _overlap(theirs, mine)  # the longer file ends with what this one begins with
    if end:
        return _part(one, slice(end, None)), end
    begin = _overlap(mine, theirs)
    return (_part(one, slice(0, len(one) - begin)), begin) if begin else (one, 0)


def _inside(small: Floats, large: Floats) -> int | None:
    """Where all records of one file stand in another."""
    if not _telling(small) or len(small) > len(large):
        return None
    for at in _starts(small[0], large[: len(large) - len(small) + 1]):
        if np.array_equal(small, large[at : at + len(small)], equal_nan=True):
            return at
    return None


def _overlap(first: Floats, second: Floats) -> int:
    """How many records at the end of one file are those at the beginning of the other; 0 where there are none."""
    low = max(len(first) - len(second), 0)
    for at in _starts(second[0], first[low:]):
        shared = first[low + at :]
        if np.array_equal(shared, second[: len(shared)], equal_nan=True) and _telling(shared):
            return len(shared)
    return 0


def _starts(row: Floats, rows: Floats) -> list[int]:
    found: list[int] = np.flatnonzero(((rows == row) | (np.isnan(rows) & np.isnan(row))).all(axis=1)).tolist()
    return found


def _telling(records: Floats) -> bool:
    """Whether equal records can only be the same ones: enough of them, with current and a voltage that changes."""
    return len(records) >= _LEAST and bool(np.any(records[:, 1] != 0)) and bool(np.ptp(records[:, 0]) > 0)


def _part(measurement: Measurement, rows: slice) -> Measurement:
    return replace(measurement, columns={name: column[rows] for name, column in measurement.columns.items()})

"""The times of a cycler's records: dates as written, units that contradict the clock, test time that is not given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common import times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from polars import Series

    Values = NDArray[Any]  # floats or integers
    Columns = dict[str, Values]

_UNITS = {1000.0: ("milliseconds", 1e-3), 1 / 60: ("minutes", 60.0), 1 / 3600: ("hours", 3600.0)}
_NEAR = 1.25  # the largest ratio between the clock and a unit of the test time that is taken for it
_PAUSE = 10.0  # clock steps longer than this many usual ones may be pauses and do not tell the unit
_TOLERANCE = 2.0  # s; clocks that show whole seconds differ by one or two from the time within the step
_AGREE = 0.95  # share of the intervals in which clock and step time must agree before one corrects the other
_HOUR = 3600.0  # s, by which daylight saving moves the clock
_KINDS = {"unix_time_second": "clock times", "test_time_second": "test times", "step_time_second": "times in the step"}
_LATER = {
    "unix_time_second": ("test_time_second", "step_time_second"),
    "test_time_second": ("unix_time_second", "step_time_second"),
    "step_time_second": ("unix_time_second", "test_time_second"),
}
_STATED = re.compile(r"(?i)[\[(（/_#,]\s*(?:s|sec\w*|m?s|min\w*|h|hr\w*|hours?\w*|秒|분|시간|時間)\b")
_FORMS = "dates as 2024-03-05 22:00:00, durations as 27:30:00 or 1d 03:30:00"


def clock(texts: Series, day_first: bool, test_time: Values | None, said: list[Note]) -> Values | None:
    """Clock times of a column of dates, and what was decided about their form; None if they cannot be read."""
    known = test_time is not None and np.isfinite(test_time).any()
    lasted = float(np.nanmax(test_time) - np.nanmin(test_time)) if test_time is not None and known else 0.0
    found, told = times.dates_told(texts, day_first, lasted)
    if told:
        said.append(Note("correction" if "apart" in told else "info", "date_order", told))
    return found


def unit_told(head: str, times_given: Series) -> tuple[Note, ...]:
    """A note where the head of the test time states no unit, and the times are plain numbers."""
    import polars as pl

    told = times_given.dtype == pl.String or times_given.dtype.is_temporal() or _STATED.search(head)
    text = f"the head {head.strip()!r} states no unit of the test time; taken as seconds"
    return () if told else (Note("info", "time_unit_not_stated", text),)


def without_unread(columns: Columns, given: Mapping[str, tuple[Series, float]], said: list[Note]) -> None:
    """Leave out times that cannot be read, and say what they look like; changes `columns`.

    Raises
    ------
    InputError
        If no other time is left.
    """
    import polars as pl

    for name in ("unix_time_second", "test_time_second", "step_time_second"):
        if name not in columns or given[name][0].dtype != pl.String:
            continue
        texts = given[name][0].fill_null("").str.strip_chars()
        unread = np.isnan(columns[name]) & (texts != "").to_numpy()
        if not unread.any() or (name != "unix_time_second" and not unread.all()):
            continue
        del columns[name]
        shown = texts[int(np.argmax(unread))][:40]
        what = f"{shown!r} is in no known form of a time"
        if not any(other in columns or other in given for other in _LATER[name]):
            raise InputError(what, f"column {name}", f"known are {_FORMS}")
        text = f"{what}; the {_KINDS[name]} were left out: pauses may not be seen (known are {_FORMS})"
        said.append(Note("doubt", "time_unread", text))


def settle(columns: Columns, said: list[Note]) -> None:
    """Settle the test time: its unit by the clock, or derived from clock times and step times; changes `columns`."""
    told = columns.get("unix_time_second")
    if told is not None and not np.isfinite(told).all():
        del columns["unix_time_second"]
        said.append(Note("info", "columns_left_out", "some clock times are missing; the clock was left out"))
        told = None
    if "test_time_second" in columns:
        said += _plausible(columns)
    elif told is not None:
        columns["test_time_second"], note = _by_clock(columns)
        said.append(note)
    elif "step_time_second" in columns:
        step = columns["step_time_second"]
        lasted = np.where(np.diff(step, prepend=0.0) < 0, np.roll(step, 1), 0.0)
        columns["test_time_second"] = np.cumsum(lasted) + step
        said.append(Note("correction", "time_rebuilt", "test time was derived from the step times"))
    said += _repaired(columns)


def _by_clock(columns: Columns) -> tuple[Values, Note]:
    """Test time by the clock; where the clock contradicts the time within a step (daylight saving), by the latter."""
    told, step = columns["unix_time_second"], columns.get("step_time_second")
    plain = Note("info", "clock_only", "the file has clock times only; test time starts at the first record")
    lasted = np.diff(told)
    if step is None or not np.isfinite(step).all() or len(told) < 3:
        return told - told[0], plain
    inside = _inside(columns)
    wanted = np.where(inside, np.diff(step), step[1:])
    off = lasted - wanted
    if np.mean(np.abs(off[inside]) <= np.maximum(_TOLERANCE, 0.05 * lasted[inside])) < _AGREE:
        return told - told[0], plain
    moved = np.abs(np.abs(off) - _HOUR) < _TOLERANCE
    wrong = (off < -_TOLERANCE) | moved | (inside & (off > _TOLERANCE))
    if not wrong.any():
        return told - told[0], plain
    first = int(np.argmax(wrong))
    text = (
        f"the clock runs {off[first]:+.0f} s against the time within the step at record {first + 2}"
        f" ({'daylight saving' if moved[first] else 'the clock was set, or the step was paused'};"
        f" {int(wrong.sum())} such places); the time within the step was used there"
    )
    passed = np.cumsum(np.where(wrong, wanted, lasted))
    return np.concatenate([[0.0], passed]), Note("correction", "clock_jump", text)


def _inside(columns: Columns) -> Values:
    """Whether a record belongs to the same step as the one before it."""
    same: Values = np.diff(columns["step_time_second"]) >= 0
    for name in ("step_id", "step_count", "cycle_count"):
        if name in columns:
            same = same & (np.diff(columns[name]) == 0)
    return same


def _plausible(columns: Columns) -> list[Note]:
    """Convert test times whose unit is not the one their header states, found by the clock times."""
    time, told = columns["test_time_second"], columns.get("unix_time_second")
    if told is None or len(time) < 2 or not told[-1] - told[0] > _PAUSE:
        return []
    passed, lasted = np.diff(time), np.diff(told)
    good = np.isfinite(passed) & (lasted > 0)
    if not good.any():
        return []
    good &= lasted <= _PAUSE * np.median(lasted[good])
    ratio = float(time[-1] - time[0]) / float(told[-1] - told[0])
    steady = float(passed[good].sum() / lasted[good].sum())
    for usual, (unit, factor) in _UNITS.items():
        if any(usual / _NEAR < one < usual * _NEAR for one in (ratio, steady)):
            for name in ("test_time_second", "step_time_second"):
                if name in columns:
                    columns[name] = columns[name] * factor
            speed = f"{steady:.0f} times as fast as" if steady > 1 else f"{1 / max(steady, 1e-9):.0f} times slower than"
            text = f"the test time runs {speed} the clock; read as {unit}, not seconds"
            return [Note("correction", "unit_by_plausibility", text)]
    return []


def _repaired(columns: Columns) -> list[Note]:
    """Repair single records whose time jumps back and returns with the next record; changes `columns`."""
    time = columns.get("test_time_second")
    if time is None or len(time) < 3:
        return []
    back = np.flatnonzero(time[1:-1] < time[:-2]) + 1
    dips = back[time[back + 1] >= time[back - 1]]
    if not len(dips):
        return []
    fixed = time.copy()
    fixed[dips] = fixed[dips - 1]
    columns["test_time_second"] = fixed
    text = f"{len(dips)} of {len(time)} records are earlier than the record before; given the time of that record"
    return [Note("correction", "time_repaired", text)]

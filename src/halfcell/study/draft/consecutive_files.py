"""Files that follow one another in time and number: perhaps parts of one test."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_NUMBERED = re.compile(r"(.*?\w)[-_ ]?(\d+)")
_LONGEST = 60 * 86400.0  # s, the longest break between two parts of one test


class TimeSpan(NamedTuple):
    """The time of the first and the last record, in seconds.

    By the instrument's clock, or (`is_started`) by the time at which the file says it was started.
    """

    first: float
    last: float
    is_started: bool = False


def clock_span(measurements: Sequence[Measurement]) -> TimeSpan | None:
    """When the first and the last record were taken; None if the file does not say."""
    spans = [_span(m) for m in measurements]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans) or len({span.is_started for span in known}) > 1:
        return None
    return TimeSpan(min(s.first for s in known), max(s.last for s in known), known[0].is_started)


def _span(measurement: Measurement) -> TimeSpan | None:
    """The span of one measurement: by the clock of each record, else by the start of the file and the test time."""
    if "unix_time_second" in measurement and len(measurement):
        clock = measurement["unix_time_second"]
        return TimeSpan(float(clock[0]), float(clock[-1]))
    if "test_time_second" not in measurement or not len(measurement):
        return None
    try:
        started = dt.datetime.fromisoformat(str(measurement.meta.get("started", "")))
    except ValueError:
        return None
    zero = started.replace(tzinfo=started.tzinfo or dt.UTC).timestamp()
    time = measurement["test_time_second"]
    return TimeSpan(zero + float(time[0]), zero + float(time[-1]), is_started=True)


def follow(spans: Sequence[TimeSpan]) -> bool:
    """Whether files follow one another in this order, by one clock, each within 60 days of the one before."""
    if len({span.is_started for span in spans}) > 1:
        return False
    gaps = [later.first - earlier.last for earlier, later in pairwise(spans)]
    return bool(gaps) and all(0.0 <= gap <= _LONGEST for gap in gaps)


def consecutive(names: Iterable[tuple[str, TimeSpan | None]]) -> list[tuple[str, ...]]:
    """Names that differ only in a rising number and whose files do not overlap in time, in order.

    Parameters
    ----------
    names
        Name of the subject and time span of each file of one pattern.
    """
    series: dict[str, list[tuple[int, TimeSpan, str]]] = {}
    for name, span in names:
        match = _NUMBERED.fullmatch(name)
        if match and span is not None and span.first < span.last:
            series.setdefault(match[1], []).append((int(match[2]), span, name))
    found = []
    for members in series.values():
        members.sort()
        if follow([span for _, span, _ in members]):
            found.append(tuple(name for _, _, name in members))
    return found


def question(names: Sequence[str], pattern: str) -> str:
    """What to ask and what to write if the answer is yes."""
    match = _NUMBERED.fullmatch(names[0])
    stem = match[1] if match else names[0]
    joint = names[0][len(stem) : len(names[0]) - len(match[2])] if match else ""
    wild = re.sub(r"(\{\w+\})", rf"\1{joint}*", pattern, count=1)
    shown = ", ".join(names) if len(names) < 5 else f"{names[0]} to {names[-1]}"
    return f"{shown} follow one another in time: files of one test? then name one cell {stem} and write {wild}"

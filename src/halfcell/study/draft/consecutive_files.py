"""Files that follow one another in time and number: perhaps parts of one test."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_NUMBERED = re.compile(r"(.*?\w)[-_ ]?(\d+)")
_LONGEST = 60 * 86400.0  # s, the longest break between two parts of one test


class TimeSpan(NamedTuple):
    """The time of the first and the last record by the instrument's clock, in seconds."""

    first: float
    last: float


def clock_span(measurements: Sequence[Measurement]) -> TimeSpan | None:
    """When the first and the last record were taken; None if the file does not say."""
    clocks = [m["unix_time_second"] for m in measurements if "unix_time_second" in m]
    if not clocks or len(clocks) < len(measurements):
        return None
    return TimeSpan(float(min(clock[0] for clock in clocks)), float(max(clock[-1] for clock in clocks)))


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
        gaps = [later[1].first - earlier[1].last for earlier, later in pairwise(members)]
        if gaps and all(0.0 <= gap <= _LONGEST for gap in gaps):
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

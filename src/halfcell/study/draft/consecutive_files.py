"""Files that follow one another in time and number: parts of one test, perhaps; said when a study is drafted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_NUMBERED = re.compile(r"(.*?\w)[-_ ]?(\d+)")
_LONGEST = 60 * 86400.0  # s between two parts of one test, at most
Span = tuple[float, float]  # first and last record by the instrument's clock, in seconds


def clock_span(measurements: Sequence[Measurement]) -> Span | None:
    """When the first and the last record were taken; None where the file does not tell."""
    clocks = [m["unix_time_second"] for m in measurements if "unix_time_second" in m]
    if not clocks or len(clocks) < len(measurements):
        return None
    return float(min(clock[0] for clock in clocks)), float(max(clock[-1] for clock in clocks))


def followers(names: Iterable[tuple[str, Span | None]]) -> list[tuple[str, ...]]:
    """Names that differ by a rising number alone, whose files do not overlap in time: each with the next, in order.

    Parameters
    ----------
    names
        Name of the subject and span of time of each file of one pattern.
    """
    series: dict[str, list[tuple[int, Span, str]]] = {}
    for name, span in names:
        match = _NUMBERED.fullmatch(name)
        if match and span is not None and span[0] < span[1]:
            series.setdefault(match[1], []).append((int(match[2]), span, name))
    found = []
    for members in series.values():
        members.sort()
        follow = all(0.0 <= two[1][0] - one[1][1] <= _LONGEST for one, two in pairwise(members))
        if len(members) > 1 and follow:
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

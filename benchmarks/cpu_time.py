"""The CPU time of a call: the best of several turns, each long enough for the processor's clock, which has steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

LEAST = 0.02
"""CPU seconds of a turn; a quick call is made several times in it."""
ENOUGH = 2.0
"""CPU seconds after which no further turn begins; there are three at least."""


def best_of(calls: Mapping[str, Callable[[], object]], turns: int = 15) -> dict[str, float]:
    """CPU seconds of the best turn of each call, taking turns, after one that does not count."""
    best = dict.fromkeys(calls, float("inf"))
    for call in calls.values():
        call()
    begun = time.process_time()
    for turn in range(turns):
        if turn >= 3 and time.process_time() - begun > ENOUGH * len(calls):
            break
        for name, call in calls.items():
            best[name] = min(best[name], _turn(call))
    return best


def _turn(call: Callable[[], object]) -> float:
    """CPU seconds of a call, the mean over as many as a turn takes."""
    start, count, spent = time.process_time(), 0, 0.0
    while spent < LEAST:
        call()
        count, spent = count + 1, time.process_time() - start
    return spent / count

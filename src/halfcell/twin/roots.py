"""The zero of a falling function of one variable, in a bracket that is widened until it holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

WIDER = 40  # doublings of the bracket
SEARCHES = 80  # steps at most, every fourth of them a halving; chosen
SMALLEST = 1e-13  # of the bracket beside its ends
_HALVED = 3  # of each four steps, the one that halves the bracket


def falling_root(of: Callable[[float], float], start: float, width: float, near: float) -> float:
    """Where a falling function is zero, by false position with halved ends.

    M. Dowell and P. Jarratt, BIT 11 (1971) 168.

    Parameters
    ----------
    of
        The function.
    start, width
        Where to look first, and how far to each side.
    near
        Magnitude of the function that counts as zero.

    Raises
    ------
    Refused
        If no sign changes.
    """
    low, at_low, high, at_high = _bracket(of, start, width)
    for k in range(SEARCHES):
        share = at_low / (at_low - at_high)
        middle = low + (share if k % 4 != _HALVED else 0.5) * (high - low)
        value = of(middle)
        if abs(value) < near or high - low < SMALLEST * (abs(low) + abs(high)):
            return middle
        if value > 0:
            low, at_low, at_high = middle, value, at_high / 2
        else:
            high, at_high, at_low = middle, value, at_low / 2
    return middle


def _bracket(of: Callable[[float], float], start: float, width: float) -> tuple[float, float, float, float]:
    """Two places with a positive and a negative value, and these."""
    value = of(start)
    side = 1.0 if value > 0 else -1.0
    here, before = start, value
    for k in range(WIDER):
        there = start + side * width * 2.0**k
        found = of(there)
        if (found > 0) != (value > 0) or found == 0:
            ends = (here, before, there, found) if side > 0 else (there, found, here, before)
            return ends[0], max(ends[1], 1e-300), ends[2], min(ends[3], -1e-300)
        here, before = there, found
    raise Refused(f"no solution was found between {start:g} and {there:g}")

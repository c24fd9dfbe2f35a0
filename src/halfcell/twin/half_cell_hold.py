"""A half cell at a held potential until its current has fallen, as after a half cycle with a constant current."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.half_cell import Outside, passed_for
from halfcell.twin.roots import falling_root

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.electrode import Electrode, State

    Floats = NDArray[np.float64]

FIRST_HOURS = 1e-4  # first step of a hold: shorter than any diffusion that matters
GROWTH = 1.08  # of each step over the one before; chosen, until LONGEST limits it
LONGEST = 0.04  # of a step, in what the current would need to fill the electrode
NEAR_VOLT = 2e-6  # V by which the held potential may be missed; far below what instruments resolve
SEARCHES = 12  # bisections of the last step


@dataclass(frozen=True, eq=False)
class Held:
    """Hours since the start, current (mA, above 0 while lithium goes in), charge (mAh, above 0), states at the end.

    Each current but the first is the mean of the step that ends there.
    """

    hours: Floats
    current: Floats
    charge: Floats
    end: State
    outside: Outside


def hold_potential(
    electrode: Electrode, start: tuple[State, Outside], volt: float, stop: float, most_hours: float
) -> Held:
    """Hold a potential until the magnitude of the current has fallen to a value, or for a time.

    Parameters
    ----------
    electrode
        One electrode (one cell).
    start
        Its state, and what stands outside with its salt.
    volt
        Potential, V vs. Li+/Li.
    stop
        mA at which it ends.
    most_hours
        Time after which it ends in any case.

    Raises
    ------
    InputError
        If the time is not above 0.
    """
    if most_hours <= 0:
        raise InputError("the time of a hold must be above 0")
    state, outside = start
    last = float((electrode.share * state.rate).sum()) * float(electrode.capacity[0])
    hours, current, step = [0.0], [last], FIRST_HOURS
    while hours[-1] < most_hours and abs(current[-1]) > stop:
        step = min(step, most_hours - hours[-1])
        now, after = _at(electrode, (state, outside), volt, step, current[-1])
        if abs(now) <= stop:
            step, now, after = _until(electrode, (state, outside), (volt, stop), (step, now, after))
        state, outside = after
        hours, current = [*hours, hours[-1] + step], [*current, now]
        step = min(step * GROWTH, LONGEST * float(electrode.capacity[0]) / max(abs(now), stop))
    time, flow = np.array(hours), np.array(current)
    charge = np.concatenate([[0.0], np.cumsum(np.diff(time) * np.abs(flow[1:]))])
    return Held(time, flow, charge, state, outside)


def _at(
    electrode: Electrode, start: tuple[State, Outside], volt: float, hours: float, last: float
) -> tuple[float, tuple[State, Outside]]:
    """The current of a step at the potential, and the states after it."""

    def over(current: float) -> float:
        return passed_for(electrode, *start, current, hours)[2] - volt

    found = falling_root(over, last, 0.1 * abs(last) + 1e-6 * float(electrode.capacity[0]), NEAR_VOLT)
    state, outside, _ = passed_for(electrode, *start, found, hours)
    return found, (state, outside)


def _until(
    electrode: Electrode,
    start: tuple[State, Outside],
    ends: tuple[float, float],
    reached: tuple[float, float, tuple[State, Outside]],
) -> tuple[float, float, tuple[State, Outside]]:
    """The shortest step after which the current has fallen, by bisection; ends: potential and current."""
    low, (high, now, after) = 0.0, reached
    for _ in range(SEARCHES):
        middle = (low + high) / 2
        found, states = _at(electrode, start, ends[0], middle, now)
        low, high, now, after = (low, middle, found, states) if abs(found) <= ends[1] else (middle, high, now, after)
    return high, now, after

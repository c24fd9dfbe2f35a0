"""A cell through time: constant current to a voltage, a held voltage, rest, a load; each piece with its records.

One variant of a cell. Currents are in mA per gram of cathode material, above 0 in discharge; times in hours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.cell import CellState, advanced, most_charge
from halfcell.twin.roots import falling_root

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.twin.cell import Cell

    Floats = NDArray[np.float64]

What = Literal["discharge", "charge", "hold", "rest", "load"]
STEPS = 80  # of a half cycle; see cell.STEPS
EARLY = (0.02, 0.2, 0.5, 1.0)  # ends of the first records, in steps
FIRST_HOURS = 1e-4  # first step of a hold or a rest; each is longer by GROWTH
GROWTH = 1.12
MOST_STEPS = 400
NEAR_VOLT = 2e-6
NEAR_END = 5e-6  # V between the last record and the limit
OVER = 1.05  # of the charge that an electrode could still take: it has met its limit before


@dataclass(frozen=True, eq=False)
class Piece:
    """Records of one piece of a course: hours since its start, current, voltage, and the state at its end.

    The first record is that just after the start, at the current of the piece where that is given.
    """

    what: What
    hours: Floats
    current: Floats
    volt: Floats
    end: CellState

    @property
    def charge(self) -> float:
        """mAh/g that passed, above 0."""
        return float(np.abs(_between(self.hours, self.current)).sum())

    @property
    def energy(self) -> float:
        """mWh/g that passed, above 0."""
        charges = np.abs(_between(self.hours, self.current))
        return float(charges @ (self.volt[1:] + self.volt[:-1]) / 2)


def _between(hours: Floats, current: Floats) -> Floats:
    """Charge between the records: the current of a step is the one at its end."""
    charges: Floats = np.diff(hours) * current[1:]
    return charges


def passed(cell: Cell, state: CellState, current: float, hours: float) -> CellState:
    """The state after a time with a current."""
    return advanced(cell, state, np.array([current]), np.array([hours]))


def constant_current(cell: Cell, state: CellState, current: float, limit: float) -> Piece:
    """Pass a current until a voltage is reached.

    Raises
    ------
    InputError
        If the current is zero, or if the voltage is beyond the limit as soon as the current flows.
    """
    if current == 0:
        raise InputError("a half cycle needs a current")
    side = 1.0 if current > 0 else -1.0
    step = _most(cell, state, side) / STEPS / abs(current)
    hours, volt = [0.0], [float(passed(cell, state, current, step * 1e-6).volt[0])]
    if side * (volt[0] - limit) <= 0:
        what = f"at {abs(current):g} mA/g the cell is at {volt[0]:.3f} V at once, beyond the limit of {limit:g} V"
        raise InputError(what, hint="a smaller current, or a cell with less resistance")
    ends = [*EARLY, *range(2, round(STEPS * OVER) + 1)]
    for start, end in zip([0.0, *ends], ends, strict=False):
        after = passed(cell, state, current, (end - start) * step)
        now = float(after.volt[0])
        if side * (now - limit) <= 0:
            last = _time_to(cell, state, current, (end - start) * step, limit)
            after = passed(cell, state, current, last)
            hours, volt, state = [*hours, hours[-1] + last], [*volt, float(after.volt[0])], after
            break
        hours, volt, state = [*hours, end * step], [*volt, now], after
    what2: What = "discharge" if current > 0 else "charge"
    return Piece(what2, np.array(hours), np.full(len(hours), current), np.array(volt), state)


def _most(cell: Cell, state: CellState, side: float) -> float:
    """Charge (mAh/g) that the cell could still give (side 1) or take."""
    if side > 0:
        return float(most_charge(cell, state)[0])
    anode, cathode = cell.contents(state.anode, state.cathode)
    return float(np.minimum((1 - anode) * cell.anode.capacity, cathode * cell.cathode_capacity)[0])


def _time_to(cell: Cell, state: CellState, current: float, longest: float, limit: float) -> float:
    """Hours after which a voltage is reached."""
    side = 1.0 if current > 0 else -1.0

    def above(hours: float) -> float:
        return side * (float(passed(cell, state, current, max(hours, longest * 1e-9)).volt[0]) - limit)

    return max(falling_root(above, longest, longest, NEAR_END), longest * 1e-9)


def hold(cell: Cell, state: CellState, volt: float, stop: float, most_hours: float) -> Piece:
    """Hold a voltage until the magnitude of the current has fallen to `stop` (mA/g), or for a time."""

    def found(before: CellState, hours: float) -> CellState:
        def over(current: float) -> float:
            return float(passed(cell, before, current, hours).volt[0]) - volt

        last = float(before.current[0])
        return passed(cell, before, falling_root(over, last, 0.1 * abs(last) + 1e-3, NEAR_VOLT), hours)

    return _through_time("hold", state, found, most_hours, lambda one: abs(float(one.current[0])) <= stop)


def rest(cell: Cell, state: CellState, hours: float) -> Piece:
    """Leave the cell at open circuit for a time."""
    return _through_time("rest", state, lambda before, step: passed(cell, before, 0.0, step), hours, lambda _: False)


def under_load(
    cell: Cell,
    state: CellState,
    volt_of: Callable[[float], float],
    done: Callable[[CellState], bool],
    most_hours: float,
) -> Piece:
    """Discharge into a load with a voltage that rises with its current (mA/g) until `done`, or for a time."""

    def found(before: CellState, hours: float) -> CellState:
        def over(current: float) -> float:
            return float(passed(cell, before, current, hours).volt[0]) - volt_of(current)

        last = max(float(before.current[0]), 1e-6)
        if over(0.0) <= 0:
            return passed(cell, before, 0.0, hours)
        return passed(cell, before, falling_root(over, last, 0.1 * last + 1e-3, NEAR_VOLT), hours)

    return _through_time("load", state, found, most_hours, done)


def _through_time(
    what: What,
    state: CellState,
    found: Callable[[CellState, float], CellState],
    most_hours: float,
    done: Callable[[CellState], bool],
) -> Piece:
    """Steps that grow, until something is reached or the time is over."""
    if most_hours <= 0:
        raise InputError(f"the time of a {what} must be above 0")
    hours, step = [0.0], min(FIRST_HOURS, most_hours)
    first = found(state, step * 1e-3)
    current, volt = [float(first.current[0])], [float(first.volt[0])]
    growth = max(GROWTH, (most_hours / step) ** (1 / MOST_STEPS))
    while hours[-1] < most_hours and not done(state if len(hours) > 1 else first):
        step = min(step, most_hours - hours[-1])
        state = found(state, step)
        hours, current, volt = (
            [*hours, hours[-1] + step],
            [*current, float(state.current[0])],
            [*volt, float(state.volt[0])],
        )
        step *= growth
    return Piece(what, np.array(hours), np.array(current), np.array(volt), state)


def resting(state: CellState) -> CellState:
    """The same state with no current having flown: where a rest begins its search."""
    return replace(state, current=np.zeros(len(state.current)))

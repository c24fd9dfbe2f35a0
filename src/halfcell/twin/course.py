"""A cell through time: constant current to a voltage, a held voltage, rest, a load; each piece with its records.

One variant of a cell. Currents are in mA per gram of cathode material, above 0 in discharge; times in hours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.areas import area_below
from halfcell.twin.cell import CellState, advanced, most_charge
from halfcell.twin.roots import falling_root

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.cell import Cell

    Floats = NDArray[np.float64]

Ahead = Callable[[float], float]  # the current at the end of a step from its mean
Done = Callable[[float, float], bool]  # whether a current and a voltage end a piece
Found = Callable[[CellState, float, Ahead], CellState]  # the state after some hours
What = Literal["discharge", "charge", "hold", "rest", "load"]
STEPS = 80  # of a half cycle; see cell.STEPS
FEWEST = 50  # records below which a half cycle is done again with shorter steps
EARLY = (0.02, 0.2, 0.5, 1.0)  # ends of the first records, in steps
FIRST_HOURS = 1e-4  # first step of a hold or a rest; each is longer by GROWTH
GROWTH = 1.06  # of each step over the one before; chosen: 110 steps cover the first hour
MOST_STEPS = 800  # of a hold or a rest, chosen: longer ones grow faster, so that months end
ENDS = 8  # bisections of the last step of a hold or a load
NEAR_VOLT = 2e-6  # V by which a held voltage may be missed; far below what instruments resolve
NEAR_END = 5e-6  # V between the last record and the limit
OVER = 1.05  # of the charge that an electrode could still take: it has met its limit before
_KNOWN = 2  # records: the last step is then one of the same kind


@dataclass(frozen=True, eq=False)
class Piece:
    """Records of one piece of a course: hours since its start, current, voltage, and the state at its end.

    The first record is that just after the start; each other current is the mean of the step that ends there.
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
        return area_below(np.concatenate([[0.0], np.cumsum(charges)]), self.volt)


def _between(hours: Floats, current: Floats) -> Floats:
    """Charge between the records."""
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
    piece = _constant(cell, state, (current, limit), _most(cell, state, side) / STEPS / abs(current))
    if len(piece.hours) < FEWEST:
        piece = _constant(cell, state, (current, limit), max(float(piece.hours[-1]), 1e-9) / STEPS)
    return piece


def _constant(cell: Cell, state: CellState, asked: tuple[float, float], step: float) -> Piece:
    """The same in steps of some hours; asked: current and voltage."""
    current, limit = asked
    side = 1.0 if current > 0 else -1.0
    hours, volt = [0.0], [float(passed(cell, state, current, step * 1e-6).volt[0])]
    if side * (volt[0] - limit) <= 0:
        what = f"at {abs(current):g} mA/g the cell is at {volt[0]:.3f} V at once, beyond the limit of {limit:g} V"
        raise InputError(what, hint="a smaller current, or a cell with less resistance")
    ends = [*EARLY, *range(2, round(STEPS * OVER) + 1)]
    for start, end in zip([0.0, *ends], ends, strict=False):
        after = passed(cell, state, current, (end - start) * step)
        now = float(after.volt[0])
        if side * (now - limit) <= 0:
            last = time_to(cell, state, current, (end - start) * step, limit)
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


def time_to(cell: Cell, state: CellState, current: float, longest: float, limit: float) -> float:
    """Hours after which a voltage is reached."""
    side = 1.0 if current > 0 else -1.0

    def above(hours: float) -> float:
        return side * (float(passed(cell, state, current, max(hours, longest * 1e-9)).volt[0]) - limit)

    return max(falling_root(above, longest, longest, NEAR_END), longest * 1e-9)


def hold(cell: Cell, state: CellState, volt: float, stop: float, most_hours: float) -> Piece:
    """Hold a voltage until the magnitude of the current has fallen to `stop` (mA/g), or for a time."""

    def found(before: CellState, hours: float, _: Ahead) -> CellState:
        def over(current: float) -> float:
            return float(passed(cell, before, current, hours).volt[0]) - volt

        last = float(before.current[0])
        return passed(cell, before, falling_root(over, last, 0.1 * abs(last) + 1e-3, NEAR_VOLT), hours)

    return _through_time("hold", state, found, most_hours, lambda current, _: abs(current) <= stop)


def rest(cell: Cell, state: CellState, hours: float) -> Piece:
    """Leave the cell at open circuit for a time."""
    return _through_time(
        "rest", state, lambda before, step, _: passed(cell, before, 0.0, step), hours, lambda *_: False
    )


def under_load(
    cell: Cell,
    state: CellState,
    volt_of: Callable[[float], float],
    done: Done,
    most_hours: float,
) -> Piece:
    """Discharge into a load with a voltage that rises with its current (mA/g) until `done`, or for a time."""

    def found(before: CellState, hours: float, ahead: Ahead) -> CellState:
        def over(current: float) -> float:
            return float(passed(cell, before, current, hours).volt[0]) - volt_of(max(ahead(current), 0.0))

        last = max(float(before.current[0]), 1e-6)
        if over(0.0) <= 0:
            return passed(cell, before, 0.0, hours)
        return passed(cell, before, falling_root(over, last, 0.1 * last + 1e-3, NEAR_VOLT), hours)

    return _through_time("load", state, found, most_hours, done)


def _through_time(what: What, state: CellState, found: Found, most_hours: float, done: Done) -> Piece:
    """Steps that grow, until something is reached or the time is over."""
    if most_hours <= 0:
        raise InputError(f"the time of a {what} must be above 0")
    hours, step = [0.0], min(FIRST_HOURS, most_hours)
    first = found(state, step * 1e-3, _same)
    current, volt = [float(first.current[0])], [float(first.volt[0])]
    growth = max(GROWTH, (most_hours / step) ** (1 / MOST_STEPS))
    ended = done(current[0], volt[0])
    while hours[-1] < most_hours and not ended:
        step, before = min(step, most_hours - hours[-1]), state
        last = (current[-1], hours[-1] - hours[-2] if len(hours) > _KNOWN else 0.0)
        state = found(before, step, _ahead(last, step))
        ended = _is_done(state, done, last, step)
        if ended:
            step, state = _until(before, found, done, (step, state, last))
        hours, current, volt = (
            [*row, value]
            for row, value in (
                (hours, hours[-1] + step),
                (current, float(state.current[0])),
                (volt, float(state.volt[0])),
            )
        )
        step *= growth
    return Piece(what, np.array(hours), np.array(current), np.array(volt), state)


def _same(current: float) -> float:
    return current


def _ahead(last: tuple[float, float], step: float) -> Ahead:
    """The current at the end of a step from its mean, on a line through the last mean; `last`: mean and length."""
    share = step / (step + last[1]) if last[1] else 0.0
    return lambda current: current + (current - last[0]) * share


def _is_done(state: CellState, done: Done, last: tuple[float, float], step: float) -> bool:
    return done(_ahead(last, step)(float(state.current[0])), float(state.volt[0]))


def _until(
    before: CellState, found: Found, done: Done, reached: tuple[float, CellState, tuple[float, float]]
) -> tuple[float, CellState]:
    """The shortest step after which something is reached, and the state then, by bisection."""
    low, (high, state, last) = 0.0, reached
    for _ in range(ENDS):
        middle = (low + high) / 2
        trial = found(before, middle, _ahead(last, middle))
        low, high, state = (low, middle, trial) if _is_done(trial, done, last, middle) else (middle, high, state)
    return high, state

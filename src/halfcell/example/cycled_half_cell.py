"""A test of an anode against lithium, computed by the twin: its electrode, its losses, and how it is cycled.

The electrode is that whose first delithiation is the stated one; what its first lithiation takes less than stated
forms the SEI. It fades by active material that is lost; what the remaining one gives at the same current, and at which
potentials, follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from halfcell.core.sample import CellKind
from halfcell.example.hosts import USUAL, Mix, Pace, electrode_of, is_crystalline
from halfcell.example.records import Step, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.twin.electrode import Electrode, State

    Floats = NDArray[np.float64]

GRID = np.linspace(0.0, 1.0, 241)  # parts of the charge of a half cycle at which cycles between computed ones are taken
REST_HOURS = np.array([0.02, 0.1, 0.3, 0.6, 1.0]) / 6  # after each half cycle, ten minutes
EMPTY = 1e-3  # content before the first lithiation
OPEN_VOLT = 2.6  # of a cell as made
LAYER = 0.28  # mAh/g per V: a double layer of 1 F/g, which the first lithiation charges from the potential as made
NODES = 3  # computed cycles of a block
NEAR = 2e-3  # relative deviation within which the rest of a fit is made by scaling charge and time
MOST = 6  # attempts


class Block(NamedTuple):
    """A stretch of cycles at one current (mA/g)."""

    cycles: int
    current_ma_g: float


@dataclass(frozen=True, kw_only=True)
class HalfCellTest:
    """An anode against lithium and how it is cycled.

    Parameters
    ----------
    mix, pace
        The hosts and their shares of the capacity; how fast they are.
    active_mass_mg
        Mass (mg) to which currents and capacities refer.
    first_discharge_mah_g, first_charge_mah_g
        Capacities of cycle 1, which the electrode and its SEI are made for.
    blocks
        Stretches of cycles, each at its current.
    retention_percent, fade_shape
        What is left in the last cycle: of the first capacity where `fits_retention`, of the active material otherwise.
        The loss up to cycle n goes with the power ``((n - 1) / (N - 1)) ** fade_shape``.
    efficiency_percent, efficiency_second_percent
        Coulombic efficiency that later cycles approach, and that of cycle 2: what they lose repairs the SEI.
    lower_volt, upper_volt, ohm
        Limits of the potential; series resistance.
    unfinished
        Part of the last half cycle that is recorded.
    """

    kind: CellKind = CellKind.HALF
    mix: Mix = (("Si", 1.0),)
    pace: Pace = USUAL
    active_mass_mg: float = 1.2
    first_discharge_mah_g: float = 3384.3
    first_charge_mah_g: float = 3129.2
    blocks: tuple[Block, ...] = (Block(1, 100.0),)
    retention_percent: float = 100.0
    fits_retention: bool = False
    fade_shape: float = 0.7
    efficiency_percent: float = 99.5
    efficiency_second_percent: float = 97.0
    lower_volt: float = 0.01
    upper_volt: float = 2.0
    ohm: float = 20.0
    unfinished: float = 1.0

    @property
    def gram(self) -> float:
        """The active mass in g, so that mAh/g times it are mAh."""
        return self.active_mass_mg / 1e3

    @property
    def cycles(self) -> int:
        """Number of cycles."""
        return sum(block.cycles for block in self.blocks)

    def milliampere(self, number: int) -> float:
        """The current of a cycle."""
        return next(block.current_ma_g for block, first in self.starts() if number < first + block.cycles) * self.gram

    def starts(self) -> Iterator[tuple[Block, int]]:
        """The blocks with the number of their first cycle."""
        first = 1
        for block in self.blocks:
            yield block, first
            first += block.cycles

    def progress(self, number: int) -> float:
        """How far the fade has come in a cycle, from 0 to 1."""
        return float(((number - 1) / max(self.cycles - 1, 1)) ** self.fade_shape)

    def lost(self, number: int, back: float) -> float:
        """Charge (mAh) that a later cycle loses, of one that gives `back`."""
        gap = (self.efficiency_percent - self.efficiency_second_percent) * 0.75 ** (number - 2)
        return back * (100.0 / (self.efficiency_percent - gap) - 1.0)

    def measurement(self) -> Measurement:
        """What a cycler without errors would record."""
        return joined(_steps(self))


class _Course(NamedTuple):
    """One cycle of the electrode: potentials at `GRID` and charges (mAh) of both half cycles, potentials at rest."""

    volts: tuple[Floats, Floats]
    charges: tuple[float, float]
    rests: tuple[Floats, Floats]

    def between(self, other: _Course, part: float) -> _Course:
        """A cycle between two others: charges on the same exponential as the active material, potentials on a line."""

        def mixed(name: str, half: int) -> Any:
            return (1 - part) * getattr(self, name)[half] + part * getattr(other, name)[half]

        charges = (self.charges[k] ** (1 - part) * other.charges[k] ** part for k in range(2))
        volts, rests = ((mixed(name, 0), mixed(name, 1)) for name in ("volts", "rests"))
        return _Course(volts, (next(charges), next(charges)), rests)

    @property
    def balanced(self) -> _Course:
        """The same with as much lithium in as out: between cycles far apart the electrode has not settled."""
        return self._replace(charges=(self.charges[1], self.charges[1]))

    def scaled(self, factor: float) -> _Course:
        """The same with other charges."""
        return self._replace(charges=(self.charges[0] * factor, self.charges[1] * factor))


def _cycle(
    test: HalfCellTest, electrodes: tuple[Electrode, Electrode], state: State, milliampere: float
) -> tuple[_Course, State]:
    """One cycle of an electrode, which may lithiate on another branch (the first of the two)."""
    from halfcell.twin.half_cell import Outside, half_cycle, passed_for

    volts, charges, rests = [], [], []
    limits = (test.lower_volt, test.upper_volt)
    for electrode, sign, limit in zip(electrodes, (1.0, -1.0), limits, strict=True):
        half = half_cycle(electrode, state, sign * milliampere, limit, test.ohm)
        state, outside, seen = half.end, Outside(test.ohm), []
        for hours in np.diff(REST_HOURS, prepend=0.0):
            state, outside, volt = passed_for(electrode, state, outside, 0.0, float(hours))
            seen.append(volt)
        charges.append(float(half.charge[-1]))
        volts.append(np.interp(GRID, half.charge / half.charge[-1], half.volt))
        rests.append(np.array(seen))
    return _Course((volts[0], volts[1]), (charges[0], charges[1]), (rests[0], rests[1])), state


def _first(test: HalfCellTest) -> tuple[_Course, State, float]:
    """The first cycle with the charge that is stated, the state after it, and the capacity of the electrode."""
    from halfcell.twin.electrode import with_content

    wanted = test.first_charge_mah_g * test.gram
    capacity = wanted
    for _ in range(MOST):
        hosts = electrode_of(test.mix, test.pace, capacity)
        later = hosts.electrode()
        fresh = hosts.electrode(first=True) if is_crystalline(test.mix) else later
        start = with_content(fresh, np.array([EMPTY]), 0)
        course, state = _cycle(test, (fresh, later), start, test.milliampere(1))
        factor = wanted / course.charges[1]
        if abs(factor - 1) < NEAR:
            break
        capacity *= factor
    return course.scaled(factor), state, capacity * factor


def _later(test: HalfCellTest, capacity: float, state: State) -> dict[int, _Course]:
    """Computed later cycles by their number; the others lie between them."""
    if test.cycles == 1:
        return {}
    left, last = _left(test, capacity, state)
    found = {}
    for block, first in test.starts():
        for number in _nodes(test, max(first, 2), first + block.cycles - 1):
            if number < test.cycles:
                electrode = _faded(test, capacity, left ** test.progress(number))
                found[number], state = _cycle(test, (electrode, electrode), state, test.milliampere(number))
    found[test.cycles] = last
    return {n: course.balanced for n, course in found.items()}


def _left(test: HalfCellTest, capacity: float, state: State) -> tuple[float, _Course]:
    """What is left of the active material in the last cycle, and that cycle."""
    left = test.retention_percent / 100
    wanted = left * test.first_charge_mah_g * test.gram
    for _ in range(MOST):
        electrode = _faded(test, capacity, left)
        course, _ = _cycle(test, (electrode, electrode), state, test.milliampere(test.cycles))
        factor = wanted / course.charges[1]
        if not test.fits_retention:
            return left, course
        left *= factor
        if abs(factor - 1) < NEAR:
            break
    return left, course.scaled(factor)


def _faded(test: HalfCellTest, capacity: float, left: float) -> Electrode:
    return replace(electrode_of(test.mix, test.pace, capacity).electrode(), capacity=np.array([capacity * left]))


def _nodes(test: HalfCellTest, first: int, last: int) -> list[int]:
    """Cycles of a block that are computed: about evenly spaced in the progress of the fade."""
    if last < first:
        return []
    numbers = np.arange(first, last + 1)
    progress = np.array([test.progress(int(number)) for number in numbers])
    wanted = np.linspace(progress[0], progress[-1], NODES)
    return sorted({int(numbers[np.abs(progress - one).argmin()]) for one in wanted})


def _all(test: HalfCellTest) -> Iterator[tuple[int, _Course]]:
    """All cycles by number."""
    first, state, capacity = _first(test)
    yield 1, first
    found = _later(test, capacity, state)
    for block, start in test.starts():
        known = [n for n in sorted(found) if start <= n < start + block.cycles]
        for number in range(max(start, 2), start + block.cycles):
            above = next(n for n in known if n >= number)
            below = max((n for n in known if n <= number), default=above)
            span = test.progress(above) - test.progress(below)
            part = (test.progress(number) - test.progress(below)) / span if span else 0.0
            yield number, found[below].between(found[above], part)


def _steps(test: HalfCellTest) -> Iterator[Step]:
    """Rest, lithiation, rest, delithiation, rest, ... with the charge that is lost to the SEI."""
    hours = REST_HOURS
    yield Step("rest", 1, hours, np.full(len(hours), OPEN_VOLT), 0.0)
    for number, course in _all(test):
        current = test.milliampere(number)
        part, volt = GRID * course.charges[0], course.volts[0]
        if number == 1:
            lost = test.first_discharge_mah_g * test.gram - course.charges[0]
            begin = LAYER * test.gram * (OPEN_VOLT - float(volt[0]))
            part, lost = part + begin, lost - begin
        else:
            lost = test.lost(number, course.charges[1])
        part = part + lost * _formed(volt)
        if number == 1:
            part, volt = np.append(0.0, part), np.append(OPEN_VOLT, volt)
        yield Step("discharge", number, part / current, volt, -current)
        yield Step("rest", number, hours, course.rests[0], 0.0)
        share = test.unfinished if number == test.cycles else 1.0
        kept = share + 1e-9 >= GRID
        yield Step("charge", number, GRID[kept] * course.charges[1] / current, course.volts[1][kept], current)
        if share == 1.0:
            yield Step("rest", number, hours, course.rests[1], 0.0)


def _formed(volt: Floats) -> Floats:
    """Share of the SEI that has formed along a lithiation, from 0 to 1."""
    from halfcell.twin.protocols.sei import sei_formed

    share = np.maximum.accumulate(sei_formed(volt))
    found: Floats = (share - share[0]) / (share[-1] - share[0])
    return found

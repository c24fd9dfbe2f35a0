"""Half cycles of one electrode against lithium: constant current to a limit of potential, in either direction.

The counter electrode is taken to stay at 0 V; what it and the electrolyte add is the series resistance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.materials.open_circuit import OpenCircuit, sets_of
from halfcell.twin.electrode import Electrode, with_content
from halfcell.twin.potentials import tables
from halfcell.twin.sizes import NODES, log_normal
from halfcell.twin.steps import advance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.materials.open_circuit import Step
    from halfcell.twin.diffusion import Shape
    from halfcell.twin.electrode import State

    Floats = NDArray[np.float64]

STEPS = 160
FEWEST = 100  # records below which a half cycle is done again with shorter steps
FIRST = 1 / 64  # of a step: the first one, each next one twice as long
SEARCHES = 30  # bisections of the last step
THERMAL_VOLT = 0.025693  # RT/F at 25 degC
MOST = (
    1.5  # of the capacity in one half cycle: it has met its limit before, as nothing is below or beyond empty or full
)


@dataclass(frozen=True, kw_only=True)
class Hosts:
    """The active phases of a half cell and how fast they are.

    Parameters
    ----------
    sets, shares
        Open-circuit potentials of each phase, and its share of the capacity.
    capacity
        mAh between content 0 and 1.
    diffusion_hours, exchange_per_hour, size_spread, branch_content, shape
        As in a card.
    """

    sets: tuple[OpenCircuit, ...]
    shares: tuple[float, ...]
    capacity: float
    diffusion_hours: float = 0.1
    exchange_per_hour: float = 10.0
    size_spread: float = 0.0
    branch_content: float = 0.0
    shape: Shape = "sphere"

    def electrode(self, *, first: bool = False) -> Electrode:
        """The electrode; `first` lithiates as a crystalline host does for the first time."""
        sizes = log_normal(self.size_spread, NODES)
        count = len(sizes.share)
        radius = np.tile(sizes.radius, len(self.sets))
        pairs = [(lithiated(one, first=first), one.steps("delithiation")) for one in self.sets]
        share = np.concatenate([part * sizes.share for part in self.shares])
        return Electrode(
            share=share[None],
            tau=self.diffusion_hours * radius[None] ** 2,
            exchange=self.exchange_per_hour / radius[None],
            tables=tables(pairs, np.repeat(np.arange(len(self.sets)), count)),
            decay=np.full(len(share), 1 / max(self.branch_content, 1e-9)),
            capacity=np.array([self.capacity]),
            thermal_volt=np.full((1, 1), THERMAL_VOLT),
            shape=self.shape,
        )


def lithiated(one: OpenCircuit, *, first: bool) -> tuple[Step, ...]:
    """Steps of lithiation; of the first one those of the set of this host that has them."""
    crystalline = [other.first for other in (one, *sets_of(one.material)) if other.first]
    return crystalline[0] if first and crystalline else one.steps("lithiation")


@dataclass(frozen=True, eq=False)
class HalfCycle:
    """Charge that passed (mAh, above 0), potential (V vs. Li+/Li), and the state at the end."""

    charge: Floats
    volt: Floats
    end: State


def half_cycle(electrode: Electrode, state: State, current: float, limit_volt: float, ohm: float = 0.0) -> HalfCycle:
    """Pass a constant current until a potential is reached.

    Parameters
    ----------
    electrode, state
        One electrode (one cell) and its state at the start.
    current
        mA, above 0 while lithium goes in.
    limit_volt
        Potential at which the half cycle ends.
    ohm
        Series resistance.

    Raises
    ------
    InputError
        If the current is zero, or if the potential at the start is beyond the limit already.
    """
    if current == 0:
        raise InputError("a half cycle needs a current")
    found = _in_steps(electrode, state, current, (limit_volt, ohm), float(electrode.capacity[0]) / STEPS)
    if len(found.charge) < FEWEST and found.charge[-1] > 0:
        found = _in_steps(electrode, state, current, (limit_volt, ohm), float(found.charge[-1]) / STEPS)
    return found


def _in_steps(electrode: Electrode, state: State, current: float, limit: tuple[float, float], step: float) -> HalfCycle:
    """The same in steps of some charge, the first ones shorter."""
    limit_volt, ohm = limit
    sign, part = np.sign(current), step * FIRST
    charge, volt = [0.0], [float(state.volt[0]) - current * ohm * 1e-3]
    if sign * (volt[0] - limit_volt) <= 0:
        raise InputError(f"the electrode is at {volt[0]:.3f} V, beyond the limit of {limit_volt:g} V")
    while charge[-1] < MOST * electrode.capacity[0]:
        after, now = _passed(electrode, state, current, part, ohm)
        if sign * (now - limit_volt) <= 0:
            last, after = _last(electrode, state, current, part, limit)
            charge, volt = [*charge, charge[-1] + last], [*volt, limit_volt]
            state = after
            break
        state, charge, volt = after, [*charge, charge[-1] + part], [*volt, now]
        part = min(step, part * 2)
    return HalfCycle(np.array(charge), np.array(volt), state)


def _passed(electrode: Electrode, state: State, current: float, charge: float, ohm: float) -> tuple[State, float]:
    after = advance(electrode, state, np.array([current]), np.array([charge / abs(current)]))
    return after, float(after.volt[0]) - current * ohm * 1e-3


def _last(
    electrode: Electrode, state: State, current: float, step: float, limit: tuple[float, float]
) -> tuple[float, State]:
    """Charge of the last, shortened step and the state after it, by bisection."""
    low, high, after = 0.0, step, state
    for _ in range(SEARCHES):
        middle = (low + high) / 2
        after, now = _passed(electrode, state, current, middle, limit[1])
        low, high = (middle, high) if np.sign(current) * (now - limit[0]) > 0 else (low, middle)
    return (low + high) / 2, after


def first_cycle(hosts: Hosts, current: float, window: Sequence[float], ohm: float = 0.0) -> tuple[HalfCycle, HalfCycle]:
    """First lithiation of an empty, crystalline host and the delithiation after it.

    Parameters
    ----------
    hosts
        The active phases.
    current
        Magnitude of the current, mA.
    window
        Lower and upper limit of potential, V.
    ohm
        Series resistance.
    """
    fresh = hosts.electrode(first=True)
    start = with_content(fresh, np.array([1e-3]), 0)
    first = half_cycle(fresh, start, current, window[0], ohm)
    return first, half_cycle(fresh, first.end, -current, window[1], ohm)

"""Half cycles of one electrode against lithium: constant current to a limit of potential, in either direction.

Without a `Counter` the counter electrode stays at 0 V, and what it and the electrolyte add is the series resistance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    from halfcell.twin.counter import Counter
    from halfcell.twin.diffusion import Shape
    from halfcell.twin.electrode import State

    Floats = NDArray[np.float64]

STEPS = 160  # of a half cycle; chosen: twice those of a cell
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
    """Charge that passed (mAh, above 0), potential (V vs. Li+/Li), and the states at the end: electrode and salt."""

    charge: Floats
    volt: Floats
    end: State
    salt: Floats | None = None


@dataclass(frozen=True, eq=False)
class Outside:
    """What stands between the electrode and the potentiostat: a series resistance, and lithium with its electrolyte.

    Parameters
    ----------
    ohm
        Series resistance.
    counter
        The counter electrode and the electrolyte; none where the resistance stands for both.
    salt
        Concentrations at the start; at rest where None.
    """

    ohm: float = 0.0
    counter: Counter | None = None
    salt: Floats | None = None

    @property
    def rested(self) -> Outside:
        """The same with a salt at rest, if there is one and nothing else is said."""
        if self.counter is None or self.salt is not None:
            return self
        return replace(self, salt=self.counter.electrolyte.rested)


def half_cycle(
    electrode: Electrode, state: State, current: float, limit_volt: float, outside: float | Outside = 0.0
) -> HalfCycle:
    """Pass a constant current until a potential is reached.

    Parameters
    ----------
    electrode, state
        One electrode (one cell) and its state at the start.
    current
        mA, above 0 while lithium goes in.
    limit_volt
        Potential at which the half cycle ends.
    outside
        Series resistance (ohm), or that with a counter electrode and its electrolyte.

    Raises
    ------
    InputError
        If the current is zero, or if the potential at the start is beyond the limit already.
    """
    if current == 0:
        raise InputError("a half cycle needs a current")
    around = (outside if isinstance(outside, Outside) else Outside(outside)).rested
    found = _in_steps(electrode, state, current, (limit_volt, around), float(electrode.capacity[0]) / STEPS)
    if len(found.charge) < FEWEST and found.charge[-1] > 0:
        found = _in_steps(electrode, state, current, (limit_volt, around), float(found.charge[-1]) / STEPS)
    return found


def _in_steps(
    electrode: Electrode, state: State, current: float, limit: tuple[float, Outside], step: float
) -> HalfCycle:
    """The same in steps of some charge, the first ones shorter."""
    limit_volt, outside = limit
    sign, part = np.sign(current), step * FIRST
    charge, volt = [0.0], [float(state.volt[0]) + _added(outside, current)]
    if sign * (volt[0] - limit_volt) <= 0:
        raise InputError(f"the electrode is at {volt[0]:.3f} V, beyond the limit of {limit_volt:g} V")
    while charge[-1] < MOST * electrode.capacity[0]:
        after, beyond, now = _passed(electrode, state, current, part, outside)
        if sign * (now - limit_volt) <= 0:
            last, state, outside = _last(electrode, state, current, part, (limit_volt, outside))
            charge, volt = [*charge, charge[-1] + last], [*volt, limit_volt]
            break
        state, outside, charge, volt = after, beyond, [*charge, charge[-1] + part], [*volt, now]
        part = min(step, part * 2)
    return HalfCycle(np.array(charge), np.array(volt), state, outside.salt)


def _added(outside: Outside, current: float) -> float:
    """What stands outside adds to the potential (V)."""
    ohmic = -current * outside.ohm * 1e-3
    if outside.counter is None or outside.salt is None:
        return ohmic
    return ohmic + outside.counter.volt(outside.salt, current)


def _passed(
    electrode: Electrode, state: State, current: float, charge: float, outside: Outside
) -> tuple[State, Outside, float]:
    """Electrode, salt and measured potential after a charge."""
    return passed_for(electrode, state, outside, current, charge / abs(current))


def passed_for(
    electrode: Electrode, state: State, outside: Outside, current: float, hours: float
) -> tuple[State, Outside, float]:
    """The electrode, what stands outside, and the measured potential (V) after a time (h) with a current (mA)."""
    if outside.counter is not None and outside.salt is not None:
        salt = outside.counter.after(outside.salt, current, hours)
        electrode = replace(electrode, exchange=electrode.exchange * outside.counter.exchange(salt))
        outside = replace(outside, salt=salt)
    after = advance(electrode, state, np.array([current]), np.array([hours]))
    return after, outside, float(after.volt[0]) + _added(outside, current)


def _last(
    electrode: Electrode, state: State, current: float, step: float, limit: tuple[float, Outside]
) -> tuple[float, State, Outside]:
    """Charge of the last, shortened step and the states after it, by bisection."""
    low, high, after, outside = 0.0, step, state, limit[1]
    for _ in range(SEARCHES):
        middle = (low + high) / 2
        after, outside, now = _passed(electrode, state, current, middle, limit[1])
        low, high = (middle, high) if np.sign(current) * (now - limit[0]) > 0 else (low, middle)
    return (low + high) / 2, after, outside


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

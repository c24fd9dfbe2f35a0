"""An electrode of many particles at one potential: phases and sizes that share the current as they find it.

For each particle, with the rate i (1/h, positive while lithium goes in), the exchange rate k (1/h) and R relative to
the median,

``U(surface) - u = 2 V_T asinh(i / (2 k / R sqrt(x (1 - x))))``,   ``sum of share * i = current / capacity``

solved for all particles and the potential u together by Newton's method: the matrix is diagonal but for one row and
column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.twin.diffusion import MODES, Modes, Step, modes, step
from halfcell.twin.potentials import EDGE, Tables, contents, look_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.diffusion import Shape

    Floats = NDArray[np.float64]

ITERATIONS = 25
TOLERANCE = 3e-6  # V of the worst particle plus 1/h of the current that is left over
FARTHEST = 0.1  # largest change of a surface content in one iteration
NEARER = 0.9  # largest part of the way to an empty or full surface in one iteration
THROUGH = 1e-4  # of the content: what may be passed there, since a step may ask for more than there is
WIDEST_VOLT = 100.0
BISECTIONS = 42  # of 200 V to below 1e-10 V
CALMER = 0.6  # factor on the change where an iteration raised the error: a kink can be jumped over for ever


@dataclass(frozen=True, eq=False)
class Electrode:
    """The particles of one electrode in several cells at once: (cells, bins) unless said otherwise.

    Parameters
    ----------
    share
        Share of each particle in the electrode's capacity; sums to 1.
    tau
        R^2/D in hours.
    exchange
        Exchange rate over the relative radius, k / R, 1/h.
    tables
        Open-circuit potentials in the order of the bins.
    decay
        How fast a particle changes its branch, per content.
    capacity
        Capacity of the electrode, (cells,), in the unit of the current times hours.
    thermal_volt
        RT/F, (cells, 1).
    shape
        Shape of the particles.
    """

    share: Floats
    tau: Floats
    exchange: Floats
    tables: Tables
    decay: Floats
    capacity: Floats
    thermal_volt: Floats
    shape: Shape = "sphere"
    mode_count: int = MODES

    @property
    def modes(self) -> Modes:
        """The modes of diffusion."""
        return modes(self.shape, self.mode_count)

    def only(self, cells: NDArray[np.bool_]) -> Electrode:
        """The electrode in some of the cells."""
        chosen = {name: getattr(self, name)[cells] for name in ("share", "tau", "exchange", "capacity", "thermal_volt")}
        return replace(self, **chosen)


@dataclass(frozen=True, eq=False)
class State:
    """Average contents, modes and branches of all particles, their last rates (1/h), and the potential (V)."""

    average: Floats
    amplitudes: Floats
    memory: Floats
    rate: Floats
    volt: Floats

    def only(self, cells: NDArray[np.bool_]) -> State:
        """The state of some of the cells."""
        return State(*(getattr(self, name)[cells] for name in self.__dataclass_fields__))


def at_volt(electrode: Electrode, volt: Floats, branch: Literal[0, 1]) -> State:
    """An electrode at rest at a potential (cells,) on a branch (1: delithiation)."""
    phase = electrode.tables.phase
    average = contents(electrode.tables, branch, volt)[:, phase]
    zero = np.zeros(average.shape)
    return State(average, np.zeros((*average.shape, electrode.mode_count)), zero + branch, zero, volt)


def with_content(electrode: Electrode, content: Floats, branch: Literal[0, 1]) -> State:
    """An electrode at rest with an average content (cells,) on a branch (1: delithiation)."""
    grid = np.unique(electrode.tables.volt[:, branch])
    phase = electrode.tables.phase
    held = electrode.share @ contents(electrode.tables, branch, grid)[:, phase].T
    volt = np.array([np.interp(-one, -row, grid) for one, row in zip(content, held, strict=True)])
    return at_volt(electrode, volt, branch)


def advance(electrode: Electrode, state: State, current: Floats, hours: Floats) -> State:
    """The state after a step of constant current (cells,), positive while lithium goes in."""
    prepared = step(electrode.modes, state.average, state.amplitudes, electrode.tau, hours[:, None])
    rate, volt = _share_out(electrode, state, prepared, current / electrode.capacity)
    average = state.average + rate * hours[:, None]
    towards = (rate < 0).astype(float)
    memory = towards + (state.memory - towards) * np.exp(-electrode.decay * np.abs(average - state.average))
    return State(average, prepared.kept + prepared.gained * rate[..., None], memory, rate, volt)


def _share_out(electrode: Electrode, state: State, prepared: Step, total: Floats) -> tuple[Floats, Floats]:
    """Rates of all particles and the potential: by Newton's method, and where that fails by bisection."""
    easy = 1 / prepared.slope
    lacking = total - (electrode.share * state.rate).sum(axis=1)
    rate, volt = state.rate + easy * (lacking / (electrode.share * easy).sum(axis=1))[:, None], state.volt
    damping, before = np.ones(len(total)), np.full(len(total), np.inf)
    for _ in range(ITERATIONS):
        miss, slope = _residual(electrode, state, prepared, rate, volt)
        lacking = total - (electrode.share * rate).sum(axis=1)
        error = np.abs(miss).max(axis=1) + np.abs(lacking)
        if error.max() < TOLERANCE:
            return rate, volt
        damping = np.where(error > before, damping * CALMER, np.minimum(1.0, damping * 1.3))
        weight = electrode.share / slope
        change = (lacking + (weight * miss).sum(axis=1)) / weight.sum(axis=1)
        moved = _kept_inside((change[:, None] - miss) / slope * damping[:, None], prepared, rate)
        rate, volt, before = rate + moved, volt + damping * change, error
    left = error >= TOLERANCE
    part = Step(prepared.base[left], prepared.slope[left], prepared.kept[left], prepared.gained[left])
    rate[left], volt[left] = _bisected(electrode.only(left), state.only(left), part, total[left])
    return rate, volt


def _kept_inside(moved: Floats, prepared: Step, rate: Floats) -> Floats:
    """Changes of the rates, shortened so that no surface passes an end in one go, nor moves too far."""
    surface = prepared.base + prepared.slope * rate
    most = np.minimum(FARTHEST, np.maximum(NEARER * np.abs(1 - surface), THROUGH)) / prepared.slope
    least = np.minimum(FARTHEST, np.maximum(NEARER * np.abs(surface), THROUGH)) / prepared.slope
    kept: Floats = np.minimum(np.maximum(moved, -least), most)
    return kept


def _bisected(electrode: Electrode, state: State, prepared: Step, total: Floats) -> tuple[Floats, Floats]:
    """The same by bisection of the potential, which always ends: the sum of the rates falls as it rises.

    A step that asks for more lithium than there is ends at a potential far outside the usual ones.
    """
    low, high = np.full(len(total), -WIDEST_VOLT), np.full(len(total), WIDEST_VOLT)
    for _ in range(BISECTIONS):
        volt = (low + high) / 2
        rate = _rates_at(electrode, state, prepared, volt)
        above = (electrode.share * rate).sum(axis=1) > total
        low, high = np.where(above, volt, low), np.where(above, high, volt)
    return rate, volt


def _rates_at(electrode: Electrode, state: State, prepared: Step, volt: Floats) -> Floats:
    """The rates of all particles at a potential, each by bisection of its surface content."""
    low, high = np.full(prepared.base.shape, -1.0), np.full(prepared.base.shape, 2.0)
    for _ in range(BISECTIONS):
        surface = (low + high) / 2
        rate = (surface - prepared.base) / prepared.slope
        short = _residual(electrode, state, prepared, rate, volt)[0] > 0
        low, high = np.where(short, surface, low), np.where(short, high, surface)
    found: Floats = rate
    return found


def _residual(electrode: Electrode, state: State, prepared: Step, rate: Floats, volt: Floats) -> tuple[Floats, Floats]:
    """By how much each particle misses its rate equation (V), and the slope of that with its rate."""
    surface = prepared.base + prepared.slope * rate
    equilibrium, rise = look_up(electrode.tables, state.memory, surface)
    product = surface * (1 - surface)
    held = np.sqrt(np.maximum(product, EDGE))
    bend = np.where(product > EDGE, (1 - 2 * surface) / (2 * held) * prepared.slope, 0.0)
    ratio = rate / (2 * electrode.exchange * held)
    gain = (1 - rate * bend / held) / (2 * electrode.exchange * held)
    over = 2 * electrode.thermal_volt
    miss = equilibrium - volt[:, None] - over * np.arcsinh(ratio)
    return miss, rise * prepared.slope - over * np.maximum(gain, 0.0) / np.sqrt(1 + ratio**2)

"""An electrode through one step of time: with a constant current, or at a constant potential."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.twin.electrode import Electrode, State
from halfcell.twin.particles import Particles, particles
from halfcell.twin.sharing import constant_rate, constant_volt, shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.sharing import Demand

    Floats = NDArray[np.float64]


def advance(electrode: Electrode, state: State, current: Floats, hours: Floats) -> State:
    """The state after a step of constant current (cells,), positive while lithium goes in."""
    return _after(electrode, state, hours, constant_rate(current / electrode.capacity))


def hold(electrode: Electrode, state: State, volt: Floats, hours: Floats, resistance: Floats) -> State:
    """The state after a step at a constant potential, measured behind a resistance.

    Parameters
    ----------
    electrode, state
        The electrode (one per cell) and its state before.
    volt
        Measured potential: that of the electrode less resistance times current, (cells,).
    hours
        Length of the step, (cells,).
    resistance
        V per unit of the current, (cells,).
    """
    return _after(electrode, state, hours, constant_volt(volt, resistance * electrode.capacity))


def current_of(electrode: Electrode, state: State) -> Floats:
    """The current of the last step (cells,), positive while lithium goes in."""
    total: Floats = (electrode.share * state.rate).sum(axis=1) * electrode.capacity
    return total


def _after(electrode: Electrode, state: State, hours: Floats, demand: Demand) -> State:
    at_start = particles(electrode, state, hours)
    rate, volt = shared(at_start, demand, state.rate + state.trend * hours[:, None], state.volt)
    return moved_on(state, at_start, hours, (rate, volt))


def moved_on(state: State, of: Particles, hours: Floats, found: tuple[Floats, Floats]) -> State:
    """The state after a step whose rates and potentials have been found."""
    rate, volt = found
    passed = rate * hours[:, None]
    stays = of.memory.ndim == 0 and not of.turns(rate)  # all are on one branch already
    memory = state.memory if stays else replace(of, memory=state.memory).memory_at(rate)[0]
    amplitudes = of.diffusion.kept + of.diffusion.gained * rate[..., None]
    trend = (rate - state.rate) / hours[:, None] if state.rate.any() else np.zeros(rate.shape)
    return State(state.average + passed, amplitudes, memory, rate, volt, trend)

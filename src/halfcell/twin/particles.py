"""The equation that each particle of an electrode obeys, and its rate at a given potential.

For each particle, with the rate i (1/h, positive while lithium goes in), the exchange rate k (1/h) and R relative to
the median,

``U(surface) - u = 2 V_T asinh(i / (2 k / R sqrt(x (1 - x))))``

at the surface content x, which is linear in the rate of a time step. U lies between the branches of delithiation and
lithiation as the particle's memory m says, ``m U_d + (1 - m) U_l``, which changes within the step:
``m = m' + (m0 - m') exp(-|i| t / w)`` goes to m' = 0 while lithium goes in and to 1 while it goes out, over the content
w. So U falls with the rate and has no jump where a particle turns round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.twin.diffusion import step
from halfcell.twin.potentials import EDGE, look_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.diffusion import Step
    from halfcell.twin.electrode import Electrode, State
    from halfcell.twin.potentials import Tables

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

FARTHEST = 0.1  # largest change of a surface content in one iteration
NEARER = 0.9  # largest part of the way to an empty or full surface in one iteration
THROUGH = 1e-4  # of the content: what may be passed there, since a step may ask for more than there is
SEARCHES = 80  # of a surface content: Newton's method inside a bracket, which halves at least every other time
FOUND = 1e-9  # V, chosen: far below what any instrument reads


@dataclass(frozen=True, eq=False)
class Particles:
    """All particles at the start of a time step, (rows, bins): what the equation needs.

    `memory` at the start is one number where all particles are on one branch and none is thought to turn round.
    `decay` is the content of a step at a rate of 1/h over the one after which the branch has changed.
    """

    diffusion: Step
    tables: Tables
    memory: Floats
    decay: Floats
    share: Floats
    twice_exchange: Floats
    twice_volt: Floats

    def only(self, rows: Truths) -> Particles:
        """Some of the rows."""
        memory = self.memory if self.memory.ndim == 0 else self.memory[rows]
        chosen = self.decay[rows], self.share[rows], self.twice_exchange[rows], self.twice_volt[rows]
        return Particles(self.diffusion.only(rows), self.tables, memory, *chosen)

    def memory_at(self, rate: Floats) -> tuple[Floats, Floats]:
        """The memories at the end of the step, and their slope with the rates (below 0)."""
        if self.memory.ndim == 0:
            return self.memory, self.memory
        towards = (rate < 0).astype(float)
        left = (self.memory - towards) * np.exp(-self.decay * np.abs(rate))
        return towards + left, -np.abs(left) * self.decay

    def turns(self, rate: Floats) -> bool:
        """Whether a particle was thought to stay on the one branch of all, and turned round."""
        return self.memory.ndim == 0 and bool(((rate < 0) if self.memory == 0 else (rate > 0)).any())

    def residual(self, rate: Floats, volt: Floats) -> tuple[Floats, Floats]:
        """By how much each particle misses its equation (V), and the slope of that with its rate (below 0)."""
        slope = self.diffusion.slope
        surface = self.diffusion.base + slope * rate
        product = surface * (1 - surface)
        held = np.sqrt(np.maximum(product, EDGE))
        memory, forgets = self.memory_at(rate)
        miss, rise, apart = look_up(self.tables, memory, surface, held)
        scale = self.twice_exchange * held
        ratio = rate / scale
        bend = rate * (0.5 - surface) * slope / (held * held)
        bend[product <= EDGE] = 0.0
        miss -= volt[:, None]
        miss -= self.twice_volt * np.arcsinh(ratio)
        gain = np.maximum(1 - bend, 0.0) / (scale * np.sqrt(1 + ratio * ratio))
        rise *= slope
        rise -= self.twice_volt * gain
        if memory.ndim:
            rise += np.maximum(apart, 0.0) * forgets
        return miss, rise

    def kept_inside(self, moved: Floats, rate: Floats) -> Floats:
        """Changes of the rates, shortened so that no surface passes an end in one go, nor moves too far."""
        slope = self.diffusion.slope
        surface = self.diffusion.base + slope * rate
        most = np.minimum(FARTHEST, np.maximum(NEARER * np.abs(1 - surface), THROUGH)) / slope
        least = np.minimum(FARTHEST, np.maximum(NEARER * np.abs(surface), THROUGH)) / slope
        kept: Floats = np.minimum(np.maximum(moved, -least), most)
        return kept

    def rates_at(self, volt: Floats) -> tuple[Floats, Floats]:
        """The rates of all particles at the potentials (rows,), and the slope of each equation there."""
        slope, base = self.diffusion.slope, self.diffusion.base
        low, high = np.full(base.shape, -1.0), np.full(base.shape, 2.0)
        surface = np.minimum(np.maximum(base, 0.0), 1.0)
        for k in range(SEARCHES):
            miss, rise = self.residual((surface - base) / slope, volt)
            low, high = np.where(miss > 0, surface, low), np.where(miss > 0, high, surface)
            if np.abs(miss).max() < FOUND or (high - low).max() < FOUND**2:
                break
            nearer = surface - miss * slope / rise
            outside = (nearer <= low) | (nearer >= high)
            surface = (low + high) / 2 if k % 2 else np.where(outside, (low + high) / 2, nearer)
        return (surface - base) / slope, rise


def particles(electrode: Electrode, state: State, hours: Floats) -> Particles:
    """The particles of an electrode at the start of a step of some hours (rows,)."""
    memory, long = state.memory, hours[:, None]
    first = memory.flat[0]
    same = first in {0.0, 1.0} and bool((memory == first).all())
    return Particles(
        diffusion=step(electrode.modes, state.average, state.amplitudes, electrode.tau, long),
        tables=electrode.tables,
        memory=np.asarray(first) if same else memory,
        decay=electrode.decay * long,
        share=electrode.share,
        twice_exchange=2 * electrode.exchange,
        twice_volt=2 * electrode.thermal_volt,
    )

"""An electrode of many particles at one potential: phases and sizes that share the current as they find it.

Each particle has an average content, modes of diffusion and a branch of its open-circuit potential; `steps` takes the
electrode through time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.twin.diffusion import MODES, Modes, modes
from halfcell.twin.potentials import Tables, contents

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.diffusion import Shape

    Floats = NDArray[np.float64]


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

    def at_depths(self, depths: int) -> Electrode:
        """The electrode divided into layers at several depths: one row per cell and depth."""
        share, tau, exchange, volt, capacity = (
            np.repeat(one, depths, axis=0)
            for one in (self.share, self.tau, self.exchange, self.thermal_volt, self.capacity / depths)
        )
        return replace(self, share=share, tau=tau, exchange=exchange, thermal_volt=volt, capacity=capacity)


@dataclass(frozen=True, eq=False)
class State:
    """Average contents, modes and branches of all particles, their last rates (1/h), and the potential (V).

    `trend` is how the rates changed per hour, from which the next step starts its search.
    """

    average: Floats
    amplitudes: Floats
    memory: Floats
    rate: Floats
    volt: Floats
    trend: Floats

    def only(self, cells: NDArray[np.bool_]) -> State:
        """The state of some of the cells."""
        return State(*(getattr(self, name)[cells] for name in self.__dataclass_fields__))


def at_volt(electrode: Electrode, volt: Floats, branch: Literal[0, 1]) -> State:
    """An electrode at rest at a potential (cells,) on a branch (1: delithiation)."""
    phase = electrode.tables.phase
    average = contents(electrode.tables, branch, volt)[:, phase]
    zero = np.zeros(average.shape)
    return State(average, np.zeros((*average.shape, electrode.mode_count)), zero + branch, zero, volt, zero)


def with_content(electrode: Electrode, content: Floats, branch: Literal[0, 1]) -> State:
    """An electrode at rest with an average content (cells,) on a branch (1: delithiation)."""
    grid = np.unique(electrode.tables.volt[:, branch])
    phase = electrode.tables.phase
    held = electrode.share @ contents(electrode.tables, branch, grid)[:, phase].T
    volt = np.array([np.interp(-one, -row, grid) for one, row in zip(content, held, strict=True)])
    return at_volt(electrode, volt, branch)

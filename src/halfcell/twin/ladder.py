"""A composite cathode with a solid electrolyte: a ladder of depths between an ionic and an electronic path.

In an electrolyte whose anions do not move (t+ = 1) no concentration changes, and the current in it is
``I = -k dphi/dx`` alone. At every depth the particles of the electrode are at the local potential u, the difference
between both paths; between two depths that differ by one step of the ladder

``I_l = (r_s I - (u_1 - u_2)) / (r_l + r_s)``

flows in the electrolyte, with resistances r of one step of each path, and what leaves it there goes into the
particles. All particles and potentials are solved together; the matrix of the potentials is tridiagonal. J. Newman and
W. Tiedemann, AIChE J. 21 (1975) 25, sec. on porous electrodes without concentration gradients.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.twin.particles import particles
from halfcell.twin.sharing import shared
from halfcell.twin.steps import moved_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.electrode import Electrode, State

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

DEPTHS = 12  # twice as many change no capacity of the tests by 0.3 %


@dataclass(frozen=True, eq=False)
class Ladder:
    """The two paths through the cathode of several variants, V per (mA/g) over the whole thickness, (variants,).

    Parameters
    ----------
    ionic, electronic
        Resistance of the electrolyte and of the electron-conducting solid.
    depths
        Into how many depths the cathode is divided.
    """

    ionic: Floats
    electronic: Floats
    depths: int = DEPTHS

    def only(self, cells: Truths) -> Ladder:
        """Some of the variants."""
        return replace(self, ionic=self.ionic[cells], electronic=self.electronic[cells])

    def advance(self, electrode: Electrode, state: State, current: Floats, hours: Floats) -> tuple[State, Floats]:
        """One step of time.

        Parameters
        ----------
        electrode, state
            One row per variant and depth, from the separator to the collector.
        current, hours
            Current of the whole cathode, above 0 while lithium goes in, and length of the step, (variants,).

        Returns
        -------
        State, array
            The state after it, and the potential of the collector against the electrolyte at the separator (variants,).
        """
        time = np.repeat(hours, self.depths)
        at_start = particles(electrode, state, time)
        asked = _Depths(current, self.ionic / self.depths, self.electronic / self.depths, electrode.capacity)
        rate, volt = shared(at_start, asked, state.rate + state.trend * time[:, None], state.volt)
        return moved_on(state, at_start, time, (rate, volt)), asked.collector(volt)


@dataclass(frozen=True, eq=False)
class _Depths:
    """Charge is kept at every depth: current in the electrolyte from the last depth less that to the next one."""

    current: Floats
    ionic: Floats
    electronic: Floats
    capacity: Floats

    def lacking(self, total: Floats, volt: Floats) -> Floats:
        """Current that arrives at each depth and is not taken up there, in 1/h."""
        flow = self._flow(volt.reshape(len(self.current), -1))
        left: Floats = (-np.diff(flow, axis=1)).ravel() / self.capacity - total
        return left

    def _flow(self, volt: Floats) -> Floats:
        """Current in the electrolyte before the first, between all, and after the last depth."""
        first, ohm = self.current[:, None], (self.ionic + self.electronic)[:, None]
        between = (self.electronic[:, None] * first + np.diff(volt, axis=1)) / np.maximum(ohm, 1e-12)
        return np.concatenate([first, between, np.zeros(first.shape)], axis=1)

    def change(self, lacking: Floats, weight: Floats, missed: Floats) -> Floats:
        """Change of the potentials from the tridiagonal system of each variant."""
        count = len(self.current)
        shape = (count, len(lacking) // count)
        links = 1 / np.maximum(self.ionic + self.electronic, 1e-12)[:, None] / self.capacity.reshape(shape)
        matrix = np.zeros((*shape, shape[1]))
        at = np.arange(shape[1])
        matrix[:, at, at] = weight.reshape(shape)
        matrix[:, at[:-1], at[:-1]] -= links[:, :-1]
        matrix[:, at[1:], at[1:]] -= links[:, 1:]
        matrix[:, at[:-1], at[1:]] += links[:, :-1]
        matrix[:, at[1:], at[:-1]] += links[:, 1:]
        right = (lacking + missed).reshape(shape)
        found: Floats = np.linalg.solve(matrix, right[..., None]).astype(np.float64).reshape(-1)
        return found

    def together(self, error: Floats) -> Floats:
        """The largest error of all depths of a variant."""
        shape = (len(self.current), -1)
        by_variant = error.reshape(shape)
        worst: Floats = np.broadcast_to(by_variant.max(axis=1, keepdims=True), by_variant.shape).ravel()
        return worst

    def only(self, rows: Truths) -> _Depths:
        """Some of the variants: a variant goes with all its depths."""
        cells = rows.reshape(len(self.current), -1)[:, 0]
        return _Depths(self.current[cells], self.ionic[cells], self.electronic[cells], self.capacity[rows])

    def collector(self, volt: Floats) -> Floats:
        """Potential of the collector against the electrolyte at the separator."""
        local = volt.reshape(len(self.current), -1)
        flow = self._flow(local)
        outside = self.current[:, None] - flow[:, 1:-1]
        ends = (self.ionic + self.electronic) / 2 * self.current
        found: Floats = local[:, 0] - ends - self.electronic * outside.sum(axis=1)
        return found

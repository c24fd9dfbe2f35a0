"""Impedance of a cell in closed form: particles with their transfer and diffusion, electrolyte, porous cathode.

For a small current of the form ``exp(s t)`` (s = j omega) around a state of rest, each particle of content x answers

``Z = -U'(x) H(s) + (RT/F) / (k/R sqrt(x (1 - x)))``

with the ratio of surface content to rate in a sphere ``H = tau/3 tanh q / (q - tanh q)`` and in a slab
``H = tau coth q / q``, q^2 = s tau. All particles and their double layers stand in parallel. A particle keeps the
branch of its open-circuit potential: a small alternating current does not change it, while a steady one does. The salt
of a liquid electrolyte answers as its own equations do at s. Along the depth of a cathode with a solid electrolyte, the
two-path formula of a porous electrode holds (J. Newman and C. W. Tobias, J. Electrochem. Soc. 109 (1962) 1183; R. de
Levie, Electrochim. Acta 9 (1964) 1231), with the impedance of the particles in the place of the transfer resistance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.twin.potentials import EDGE, look_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.cell import Cell, CellState
    from halfcell.twin.electrode import Electrode, State
    from halfcell.twin.ladder import Ladder

    Floats = NDArray[np.float64]
    Complexes = NDArray[np.complex128]

SECONDS = 3600.0  # s in an hour
SMALL = 1e-4  # |q| below which the series of the functions is exact to rounding
LARGE = 300.0  # |q| beyond which tanh is 1 to rounding


@dataclass(frozen=True, eq=False)
class Impedances:
    """Parts of the impedance of a cell at each s, V per unit of current; `whole` is their sum."""

    series: Complexes
    anode: Complexes
    cathode: Complexes

    @property
    def whole(self) -> Complexes:
        """That of the cell."""
        return self.series + self.anode + self.cathode


def surface_per_rate(s: Complexes, tau: Floats, shape: str) -> Complexes:
    """Surface content per rate of a particle, hours: see the module.

    Parameters
    ----------
    s
        1/h, (frequencies, 1).
    tau
        R^2/D in hours, (bins,).
    shape
        ``sphere`` or ``slab``.
    """
    square = s * tau
    q = np.sqrt(square)
    tanh = np.tanh(np.where(np.abs(q) > LARGE, LARGE, q))
    small = np.abs(q) < SMALL
    safe = np.where(small, 1.0, q)
    if shape == "slab":
        exact = tau / (np.where(small, 1.0, tanh) * safe)
        series = 1 / s + tau / 3
    else:
        exact = tau / 3 * tanh / np.where(small, 1.0, safe - tanh)
        series = 1 / s + tau / 15
    found: Complexes = np.where(small, series, exact)
    return found


def electrode_impedance(electrode: Electrode, state: State, s: Complexes, double_layer: float = 0.0) -> Complexes:
    """Impedance of the particles of one electrode (one cell) at rest, V per unit of current.

    Parameters
    ----------
    electrode, state
        The electrode and its state.
    s
        1/h, (frequencies,).
    double_layer
        Charge per volt of the double layer of the median size, over the capacity of the electrode (1/V).
    """
    surface, share = state.average[0], electrode.share[0]
    root = np.sqrt(np.maximum(surface * (1 - surface), EDGE))
    slope = look_up(electrode.tables, state.memory[:1], surface[None], root[None])[1][0]
    over = s[:, None]
    each = -slope * surface_per_rate(over, electrode.tau[0], electrode.shape)
    each = each + electrode.thermal_volt[0, 0] / (electrode.exchange[0] * root)
    finer = electrode.exchange[0] / (share @ electrode.exchange[0])  # smaller particles have more surface
    admittance = (share * (1 / each + over * double_layer * finer)).sum(axis=1) * electrode.capacity[0]
    found: Complexes = 1 / admittance
    return found


def porous(ladder: Ladder, local: Complexes) -> Complexes:
    """Impedance of a porous electrode from that of its particles: the two-path formula of the module."""
    ionic, electronic = max(float(ladder.ionic[0]), 1e-15), max(float(ladder.electronic[0]), 1e-15)
    v = np.sqrt((ionic + electronic) / local)
    e = np.exp(-2 * v)
    coth, over_sinh = (1 + e) / (1 - e), 2 * np.exp(-v) / (1 - e)
    ratio = ionic / electronic + electronic / ionic
    found: Complexes = ionic * electronic / (ionic + electronic) * (1 + (2 * over_sinh + ratio * coth) / v)
    return found


def cell_impedance(cell: Cell, state: CellState, hertz: Floats, double_layers: tuple[float, float]) -> Impedances:
    """Impedance of a cell (one variant) at rest.

    Parameters
    ----------
    cell, state
        The cell; its ladder must have one depth, as all depths are alike at rest.
    hertz
        Frequencies.
    double_layers
        Of anode and cathode, F per gram of cathode material.

    Returns
    -------
    Impedances
        V per (mA/g).
    """
    s = (2j * np.pi * hertz * SECONDS).astype(np.complex128)
    return at_laplace(cell, state, s, double_layers)


def at_laplace(cell: Cell, state: CellState, s: Complexes, double_layers: tuple[float, float]) -> Impedances:
    """The same at any s (1/h): the Laplace transform of the answer to a pulse of charge."""
    layers = [f * 1e3 / SECONDS / float(c) for f, c in zip(double_layers, _capacities(cell), strict=True)]
    anode = electrode_impedance(cell.anode, state.anode, s, layers[0])
    cathode = electrode_impedance(cell.cathode, state.cathode, s, layers[1])
    if cell.ladder:
        cathode = porous(cell.ladder, cathode)
    series = np.full(len(s), complex(cell.resistance[0]))
    if cell.electrolyte:
        series = series + cell.electrolyte.impedance(s)
    return Impedances(series, anode, cathode)


def _capacities(cell: Cell) -> tuple[float, float]:
    return float(cell.anode.capacity[0]), float(cell.cathode_capacity[0])

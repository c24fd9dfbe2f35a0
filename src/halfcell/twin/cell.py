"""A cell of two electrodes in series with a resistance, in several variants at once, and its discharge at a rate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.electrode import Electrode, State, advance, at_volt, with_content

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

STEPS = 160  # of a discharge; halving them changes no capacity of the tests by 0.3 %
EARLY = np.array([0.02, 0.2, 0.5])  # parts of the first even step: the first drop of the voltage


@dataclass(frozen=True, eq=False)
class Cell:
    """Variants of a cell, (variants,) unless said otherwise; charge per gram of cathode material (mAh/g).

    Parameters
    ----------
    anode, cathode
        The electrodes.
    resistance
        V per (mA/g).
    full_anode
        Lithium content of the anode at the end of charge.
    upper_volt, lower_volt
        Cell voltage at the end of charge and of discharge.
    """

    anode: Electrode
    cathode: Electrode
    resistance: Floats
    full_anode: Floats
    upper_volt: Floats
    lower_volt: Floats

    def only(self, cells: Truths) -> Cell:
        """Some of the variants."""
        chosen = {n: getattr(self, n)[cells] for n in ("resistance", "full_anode", "upper_volt", "lower_volt")}
        return replace(self, anode=self.anode.only(cells), cathode=self.cathode.only(cells), **chosen)


@dataclass(frozen=True, eq=False)
class Discharge:
    """Discharges of all variants: capacity (mAh/g), mean voltage (V), and the curves, NaN after their end."""

    capacity: Floats
    mean_volt: Floats
    charge: Floats
    volt: Floats


def charged(cell: Cell) -> tuple[State, State]:
    """Anode and cathode at rest at the end of charge: the cell at its upper voltage."""
    anode = with_content(cell.anode, cell.full_anode, 1)
    return anode, at_volt(cell.cathode, cell.upper_volt + anode.volt, 0)


def discharge(cell: Cell, current: Floats, steps: int = STEPS) -> Discharge:
    """Discharge each variant from the end of charge with a constant current to the lower voltage.

    Parameters
    ----------
    cell
        The variants.
    current
        mA per gram of cathode material, (variants,), above 0.
    steps
        Even steps of the capacity that the emptier electrode could take or give.

    Raises
    ------
    InputError
        If a current is not above 0.
    """
    if (current <= 0).any():
        raise InputError("a discharge needs a current above 0")
    anode, cathode = charged(cell)
    held = [(one.share * state.average).sum(axis=1) for one, state in ((cell.anode, anode), (cell.cathode, cathode))]
    most = np.minimum(held[0] * cell.anode.capacity, (1 - held[1]) * cell.cathode.capacity)
    grid = np.concatenate([[0.0], EARLY / steps, np.linspace(0, 1, steps + 1)[1:]])
    charge = most[:, None] * grid
    volt = np.full(charge.shape, np.nan)
    volt[:, 0] = cathode.volt - anode.volt
    running = np.ones(len(current), bool)
    part, flow = cell, current
    for k in range(1, len(grid)):
        hours = (charge[running, k] - charge[running, k - 1]) / flow
        anode, cathode = advance(part.anode, anode, -flow, hours), advance(part.cathode, cathode, flow, hours)
        now = cathode.volt - anode.volt - flow * part.resistance
        volt[running, k] = now
        going = now > part.lower_volt
        if not going.all():
            running[running] = going
            if not running.any():
                break
            part, flow, anode, cathode = part.only(going), flow[going], anode.only(going), cathode.only(going)
    return _ended(charge, volt, cell.lower_volt)


def _ended(charge: Floats, volt: Floats, lower: Floats) -> Discharge:
    """Cut the curves at the lower voltage by linear interpolation, and average them over the charge."""
    capacity, mean = np.empty(len(lower)), np.empty(len(lower))
    for k, floor in enumerate(lower):
        last = int(np.flatnonzero(np.isfinite(volt[k]))[-1])
        if volt[k, last] < floor:
            drop = (volt[k, last - 1] - floor) / (volt[k, last - 1] - volt[k, last])
            charge[k, last] = charge[k, last - 1] + drop * (charge[k, last] - charge[k, last - 1])
            volt[k, last] = floor
        charge[k, last + 1 :] = np.nan
        capacity[k] = charge[k, last]
        energy = np.diff(charge[k, : last + 1]) @ (volt[k, 1 : last + 1] + volt[k, :last]) / 2
        mean[k] = energy / capacity[k] if capacity[k] > 0 else np.nan
    return Discharge(capacity, mean, charge, volt)
